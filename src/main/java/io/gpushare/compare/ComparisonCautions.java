package io.gpushare.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What to know before believing a comparison of two groups, beside their environments. */
final class ComparisonCautions {
    private ComparisonCautions() {}

    static List<String> of(Group baseline, Group contender) {
        List<String> cautions = new ArrayList<>();
        if (baseline.simulated() != contender.simulated()) {
            cautions.add("One side is simulated and one is measured: the difference is the model's error.");
        }
        if (baseline.simulated() && contender.simulated()) {
            cautions.add("A model made these numbers: its repetitions differ far less than those of a GPU, so that any"
                    + " difference is soon shown.");
        }
        Stream.of(baseline, contender)
                .filter(Group::foreign)
                .map(group -> "Nothing proves how %s measured %s: which GPU, how long, what else ran."
                        .formatted(group.source(), group.title()))
                .distinct()
                .forEach(cautions::add);
        Stream.of(baseline, contender)
                .filter(group -> group.failedRuns() > 0)
                .map(group -> "%d of the %d runs of %s ended with an error, and their times count."
                        .formatted(group.failedRuns(), group.runs(), group.title()))
                .forEach(cautions::add);
        if (!baseline.foreign() && !contender.foreign() && !baseline.mix().equals(contender.mix())) {
            cautions.add("The mixes differ: %s against %s.".formatted(baseline.mix(), contender.mix()));
        }
        return cautions;
    }
}
