package io.gpushare.sampling.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.sampling.summary.GpuEnergy;
import io.gpushare.sampling.summary.MetricSummary;
import java.nio.file.Path;
import java.util.List;

/**
 * A sampling run whose result file is written.
 *
 * @param document what the file says, without the columns of its tables
 */
public record MonitorResult(
        Path file,
        boolean interrupted,
        List<MetricSummary> summary,
        List<GpuEnergy> energy,
        List<String> warnings,
        ObjectNode document) {
    public MonitorResult {
        summary = List.copyOf(summary);
        energy = List.copyOf(energy);
        warnings = List.copyOf(warnings);
    }
}
