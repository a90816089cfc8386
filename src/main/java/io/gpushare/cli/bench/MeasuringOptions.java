package io.gpushare.cli.bench;

import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.OptionText;
import io.gpushare.plan.PlanDraft;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a run is measured, whatever its baselines are and however often it is repeated. */
public final class MeasuringOptions implements OptionSection {
    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long each measurement is, 4s at least. Default: 30s.")
    private @Nullable Duration duration;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "End the run after this. Default: what its workloads may need.")
    private @Nullable Duration timeout;

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

    public void applyTo(PlanDraft draft) {
        OptionText.given(duration, draft::duration);
        precision.applyTo(draft);
        OptionText.given(timeout, draft::timeout);
        OptionText.given(gpuCostPerHour, draft::gpuCostPerHour);
    }
}
