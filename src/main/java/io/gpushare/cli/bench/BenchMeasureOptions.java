package io.gpushare.cli.bench;

import io.gpushare.cli.option.DurationText;
import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.PercentText;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.PlanDraft;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the run is measured. */
final class BenchMeasureOptions implements OptionSection {
    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "How long each measurement is; 4s at least to be judged. Default: 30s.")
    private @Nullable Duration duration;

    @Option(
            names = "--precision",
            paramLabel = "PERCENT",
            converter = PercentText.class,
            description = "How sure throughputs must be: ± so much, by 95 %%. Default: 10%%.")
    private @Nullable Double precision;

    @Option(
            names = "--until-precise",
            paramLabel = "PERCENT",
            converter = PercentText.class,
            description = "Go on after --duration until they are that sure.")
    private @Nullable Double untilPrecise;

    @Option(
            names = "--at-most",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Go on no longer than this: for --until-precise, or where cores were slowed. Default:"
                    + " 5m, or twice --duration.")
    private @Nullable Duration atMost;

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
            names = "--seed",
            paramLabel = "N",
            description = "Tenants' and repetitions' random numbers follow it. Default: 1.")
    private @Nullable Long seed;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            converter = DurationText.class,
            description = "Time between two samples of the GPU, 1ms to 1s. Default: 100ms.")
    private @Nullable Duration interval;

    @Option(
            names = "--gpu-cost-per-hour",
            paramLabel = "PRICE",
            description = "Price of an hour, to get the cost of a million units.")
    private @Nullable Double gpuCostPerHour;

    @Override
    public String heading() {
        return "Measuring";
    }

    void applyTo(PlanDraft draft) {
        if (duration != null) {
            draft.duration(duration);
        }
        if (precision != null && untilPrecise != null) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    "--precision says how sure a figure has to be, and so does --until-precise",
                    "Leave out one of them.");
        }
        if (precision != null) {
            draft.precision(precision);
        }
        if (untilPrecise != null) {
            draft.untilPrecise(untilPrecise);
        }
        if (atMost != null) {
            draft.atMost(atMost);
        }
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
        if (seed != null) {
            draft.seed(seed);
        }
        if (interval != null) {
            draft.samplingInterval(interval);
        }
        if (gpuCostPerHour != null) {
            draft.gpuCostPerHour(gpuCostPerHour);
        }
    }
}
