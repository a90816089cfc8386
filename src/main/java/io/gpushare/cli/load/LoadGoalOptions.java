package io.gpushare.cli.load;

import io.gpushare.cli.option.OptionSection;
import io.gpushare.cli.option.OptionText;
import io.gpushare.load.account.Goal;
import io.gpushare.load.arrival.Arrivals;
import io.gpushare.load.arrival.Gaps;
import io.gpushare.load.bound.Bound;
import io.gpushare.load.bound.BoundText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is to be kept, and what is searched for. */
final class LoadGoalOptions implements OptionSection {
    @Option(
            names = "--goodput",
            paramLabel = "BOUNDS",
            description = "Count the requests that keep these: latency<100ms, or ttft<200ms,tpot<30ms.")
    private @Nullable String goodput;

    @Option(
            names = "--find-peak",
            paramLabel = "BOUNDS",
            description =
                    "Find the highest rate that keeps these: p99<10ms, or goodput>95%%,error_rate<1%%. Begins with"
                            + " --rate, or 10.")
    private @Nullable String peak;

    @Option(names = "--max-rate", paramLabel = "N", description = "No more than this in the search. Default: 100000.")
    private double highest = 100_000;

    @Option(
            names = "--abort-if",
            paramLabel = "BOUND",
            description = "End early, with status 5, where this becomes true: error_rate>5%%. Repeatable.")
    private List<String> abortIf = new ArrayList<>();

    @Option(
            names = "--fail-if",
            paramLabel = "BOUND",
            description =
                    "Status 5 where this is true at the end: p99>10ms, throughput<900, ttft_p99>200ms. Repeatable.")
    private List<String> failIf = new ArrayList<>();

    @Override
    public String heading() {
        return "Bounds";
    }

    Goal goal() {
        String text = goodput;
        return text == null ? Goal.NONE : OptionText.read("load", "--goodput", () -> BoundText.parseGoal(text));
    }

    /** None where no peak is searched for. */
    List<Bound> peak() {
        String text = peak;
        return text == null ? List.of() : OptionText.read("load", "--find-peak", () -> BoundText.parseAll(text));
    }

    double highestRate() {
        return OptionText.read("load", "--max-rate", () -> new Arrivals.Steady(highest, Gaps.poisson()).rate());
    }

    List<Bound> abortIf() {
        return bounds("--abort-if", abortIf);
    }

    List<Bound> failIf() {
        return bounds("--fail-if", failIf);
    }

    private static List<Bound> bounds(String option, List<String> texts) {
        return texts.stream()
                .map(text -> OptionText.read("load", option, () -> BoundText.parse(text)))
                .toList();
    }
}
