package io.gpushare.cli.load;

import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.OptionText;
import io.gpushare.failure.GpushareException;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.load.scenario.ScenarioPlan;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Load and judgement as MLPerf Inference's LoadGen has them. */
final class LoadScenarioOptions implements OptionSection {
    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "single-stream, multi-stream, offline, or server with --rate and"
                    + " --latency-bound; judged by LoadGen's rules.")
    private @Nullable Scenario scenario;

    @Option(
            names = "--latency-bound",
            paramLabel = "TIME",
            description = "What 99 %% of the queries must keep in the scenario server.")
    private @Nullable Duration latencyBound;

    @Option(
            names = "--samples-per-request",
            paramLabel = "N",
            description = "Samples that a request holds. Default: 1; multi-stream 8.")
    private @Nullable Integer samples;

    @Option(names = "--official", description = "At least 600 s, and LoadGen's counts.")
    private boolean official;

    @Override
    public String heading() {
        return "MLPerf scenarios";
    }

    Optional<ScenarioPlan> plan() {
        if (scenario == null) {
            if (latencyBound != null || samples != null || official) {
                throw GpushareException.usage(
                        "--latency-bound, --samples-per-request and --official belong to a scenario",
                        "Add --scenario server, or another.");
            }
            return Optional.empty();
        }
        if ((scenario == Scenario.SERVER) != (latencyBound != null)) {
            throw GpushareException.usage(
                    "the scenario server has a --latency-bound, and the others have none",
                    latencyBound == null ? "Add one, as --latency-bound 15ms." : "Leave it out.");
        }
        int held = samples == null ? scenario.usualSamples() : samples;
        Scenario chosen = scenario;
        return Optional.of(OptionText.read(
                "load",
                "--samples-per-request",
                () -> new ScenarioPlan(chosen, official, held, Optional.ofNullable(latencyBound))));
    }

    /** How long it lasts where nothing else is said. */
    Duration usualDuration(Duration shortened) {
        return official ? Scenario.OFFICIAL_DURATION : shortened;
    }
}
