package io.gpushare.cli.bench;

import io.gpushare.cli.option.ExporterText;
import io.gpushare.cli.option.OptionText;
import io.gpushare.cli.option.PercentText;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.PlanDraft;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How sure figures have to be, and what else of a measurement is the same in one run and in many. */
public final class BenchPrecisionOptions {
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
            description = "The most for --until-precise and slowed cores. Default: 5m, or 2 × --duration.")
    private @Nullable Duration atMost;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Tenants' and repetitions' random numbers follow it. Default: 1.")
    private @Nullable Long seed;

    @Option(
            names = "--interval",
            paramLabel = "TIME",
            description = "Time between two samples of the GPU, 1ms to 1s. Default: 100ms.")
    private @Nullable Duration interval;

    @Option(
            names = "--dcgm",
            paramLabel = "URL",
            converter = ExporterText.class,
            description = "Sample a dcgm-exporter's series, too: HOST:9400.")
    private @Nullable URI dcgm;

    public void applyTo(PlanDraft draft) {
        if (precision != null && untilPrecise != null) {
            throw GpushareException.usage(
                    "--precision says how sure a figure has to be, and so does --until-precise",
                    "Leave out one of them.");
        }
        OptionText.given(precision, draft::precision);
        OptionText.given(untilPrecise, draft::untilPrecise);
        OptionText.given(atMost, draft::atMost);
        OptionText.given(seed, draft::seed);
        OptionText.given(interval, draft::samplingInterval);
        OptionText.given(dcgm, draft::dcgm);
    }
}
