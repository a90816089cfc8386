package io.gpushare.cli.sweep;

import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.OptionText;
import io.gpushare.experiment.sweep.CoolDown;
import io.gpushare.experiment.sweep.SweepDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the matrix is gone through. */
final class SweepRoundOptions implements OptionSection {
    @Option(
            names = {"--rounds", "--repeat"},
            paramLabel = "N|auto",
            description = "Run every cell N times; auto: until the runs tell which way is best. Default: 3.")
    private @Nullable String rounds;

    @Option(
            names = "--at-most-rounds",
            paramLabel = "N",
            description = "auto: give up after so many rounds. Default: 10.")
    private @Nullable String atMostRounds;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            description = "Begin no run that would end later. Without --duration, runs are made so short that three"
                    + " rounds fit.")
    private @Nullable Duration within;

    @Option(
            names = "--order-seed",
            paramLabel = "N",
            description = "The order of runs, drawn anew each round, follows it. Default: 1.")
    private @Nullable Long orderSeed;

    @Option(
            names = "--cool-down",
            paramLabel = "TIME|TEMPERATURE",
            description = "Wait before each run: 30s, or until the GPU is at 50C (5 minutes at most).")
    private @Nullable String coolDown;

    @Option(names = "--prepare", paramLabel = "COMMAND", description = "Give this to the shell before each run.")
    private @Nullable String prepare;

    @Option(
            names = "--baseline",
            paramLabel = "none|run",
            description = "Whether each round measures each workload alone, too. Default: run.")
    private @Nullable String baseline;

    @Option(
            names = "--slo",
            paramLabel = "WORKLOAD.p99=10ms",
            description = "A bound on latency for the analysis, as analyze takes it. Repeatable.")
    private List<String> slos = new ArrayList<>();

    @Override
    public String heading() {
        return "Rounds";
    }

    void applyTo(SweepDraft draft) {
        given("--rounds", rounds, draft::rounds);
        given("--at-most-rounds", atMostRounds, draft::atMostRounds);
        OptionText.given(within, draft::within);
        OptionText.given(orderSeed, draft::orderSeed);
        given("--cool-down", coolDown, text -> draft.coolDown(CoolDown.parse(text)));
        given("--prepare", prepare, draft::prepare);
        given("--baseline", baseline, draft::baseline);
        if (!slos.isEmpty()) {
            OptionText.read("sweep", "--slo", () -> {
                draft.slos(slos);
                return true;
            });
        }
    }

    private interface Taken {
        void take(String text);
    }

    private static void given(String option, @Nullable String text, Taken taken) {
        if (text != null) {
            OptionText.read("sweep", option, () -> {
                taken.take(text);
                return true;
            });
        }
    }
}
