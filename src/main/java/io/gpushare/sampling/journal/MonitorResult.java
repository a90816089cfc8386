package io.gpushare.sampling.journal;

import io.gpushare.sampling.summary.GpuEnergy;
import io.gpushare.sampling.summary.MetricSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A sampling run whose result file is written. */
public record MonitorResult(
        Path file,
        boolean interrupted,
        Duration duration,
        List<MetricSummary> summary,
        List<GpuEnergy> energy,
        List<String> warnings) {
    public MonitorResult {
        summary = List.copyOf(summary);
        energy = List.copyOf(energy);
        warnings = List.copyOf(warnings);
    }
}
