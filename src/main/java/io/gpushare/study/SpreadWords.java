package io.gpushare.study;

import io.gpushare.analysis.Median;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.Spread;
import io.gpushare.study.metric.Spread.Size;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How much more repeats differ than the errors that their runs claimed would let them. */
final class SpreadWords {
    private static final int MOST_NAMED = 4;

    private SpreadWords() {}

    /** Repeats of a mix in one way of sharing. */
    private record Repeats(MixStudy mix, Arm arm, Estimate estimate, Spread spread) {
        String words() {
            return mix.mix() + " under " + arm.name() + " " + Figure.times(spread.ratio()) + " (they deviate by "
                    + Figure.percent(estimate.deviation().orElseThrow() / estimate.mean()) + ", n = " + estimate.n()
                    + ")";
        }
    }

    /** By the work done, which every run is about; empty without repeats that claimed errors. */
    static Optional<String> of(List<Family> families) {
        List<Repeats> all = families.stream()
                .flatMap(family -> family.mixes().stream())
                .flatMap(mix -> mix.arms().stream().flatMap(arm -> repeats(mix, arm).stream()))
                .sorted(Comparator.comparingDouble(
                                (Repeats repeats) -> repeats.spread().ratio())
                        .reversed())
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<Repeats> larger = all.stream()
                .filter(repeats -> repeats.spread().size() == Size.LARGER)
                .toList();
        double middle =
                Median.of(all.stream().map(repeats -> repeats.spread().ratio()).toList());
        String sentence = "Repeats of the same run spread " + Figure.times(middle)
                + " as much as the errors that the runs claimed"
                + (all.size() == 1 ? "" : ", in the middle of " + all.size() + " ways of sharing") + ": "
                + counted(all) + ".";
        return Optional.of(larger.isEmpty() ? sentence : sentence + " " + named(larger));
    }

    private static Optional<Repeats> repeats(MixStudy mix, Arm arm) {
        return Stream.of(Metrics.THROUGHPUT, Metrics.STP)
                .flatMap(metric -> arm.estimate(metric).stream())
                .flatMap(estimate -> estimate.spread().stream().map(spread -> new Repeats(mix, arm, estimate, spread)))
                .findFirst();
    }

    private static String counted(List<Repeats> all) {
        if (all.size() == 1) {
            return all.getFirst().spread().size().word();
        }
        List<String> counts = new ArrayList<>();
        for (Size size : List.of(Size.AS_CLAIMED, Size.LARGER, Size.SMALLER)) {
            long count = all.stream()
                    .filter(repeats -> repeats.spread().size() == size)
                    .count();
            if (count > 0) {
                counts.add(size.word() + " in " + count);
            }
        }
        return String.join(", ", counts);
    }

    private static String named(List<Repeats> larger) {
        String more = larger.size() > MOST_NAMED ? "; and " + Amount.of(larger.size() - MOST_NAMED, "other") : "";
        return "Larger: "
                + larger.stream().limit(MOST_NAMED).map(Repeats::words).collect(Collectors.joining("; ")) + more
                + ". Something differs there from run to run that no run sees in itself: only repeats tell, and"
                + " intervals come from them alone.";
    }
}
