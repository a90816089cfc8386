package io.gpushare.cli.bench;

import io.gpushare.cli.option.DurationText;
import io.gpushare.cli.option.OptionSection;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.PlanDraft;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the run is measured. */
final class BenchMeasureOptions implements OptionSection {
    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "How long each measurement is, 4s at least. Default: 30s.")
    private @Nullable Duration duration;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "End the run after this. Default: what its workloads may need.")
    private @Nullable Duration timeout;

    @Option(
            names = "--baseline",
            paramLabel = "none|run|FILE",
            description = "Speed of each workload alone: run measures it. Default: run.")
    private @Nullable String baseline;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "Measure the shared run N times, for intervals. Default: 1.")
    private @Nullable Integer repeat;

    @Option(
            names = "--gpu-cost-per-hour",
            paramLabel = "PRICE",
            description = "Price of an hour, to get the cost of a million units.")
    private @Nullable Double gpuCostPerHour;

    @Mixin
    private BenchPrecisionOptions precision = new BenchPrecisionOptions();

    @Override
    public String heading() {
        return "Measuring";
    }

    void applyTo(PlanDraft draft) {
        if (duration != null) {
            draft.duration(duration);
        }
        precision.applyTo(draft);
        if (timeout != null) {
            draft.timeout(timeout);
        }
        if (baseline != null) {
            draft.baseline(
                    switch (baseline) {
                        case "none" -> new BaselineChoice.None();
                        case "run" -> new BaselineChoice.Run();
                        default ->
                            new BaselineChoice.FromFile(
                                    Path.of(baseline).toAbsolutePath().normalize());
                    });
        }
        if (repeat != null) {
            draft.repeat(repeat);
        }
        if (gpuCostPerHour != null) {
            draft.gpuCostPerHour(gpuCostPerHour);
        }
    }
}
