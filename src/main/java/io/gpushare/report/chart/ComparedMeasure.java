package io.gpushare.report.chart;

import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What the bars of a column show.
 *
 * @param reference the value of nobody being slowed, or of taking turns; marked by a line
 */
record ComparedMeasure(String id, String heading, OptionalDouble reference) {

    private static final List<ComparedMeasure> LOSSES = List.of(
            againstOne(Metrics.WORST_P99_SLOWDOWN, "Worst p99 slowdown, ×"),
            againstOne(Metrics.WORST_P90_SLOWDOWN, "Worst p90 slowdown, ×"),
            againstOne(Metrics.WORST_SLOWDOWN, "Worst slowdown, ×"));

    /** The work that is done, what the slowest tenant loses, how alike all fare. */
    enum Column {
        WORK,
        LOSS,
        FAIRNESS
    }

    /**
     * The same for all mixes, so that their bars may be compared and their columns mean one thing: what is known of
     * most of their ways of sharing. Only for the work of a mix without any STP its throughput stands in.
     */
    static Optional<ComparedMeasure> of(MixStudy mix, List<MixStudy> all, Column column) {
        return switch (column) {
            case WORK -> work(mix, all);
            case LOSS -> mostKnown(all, LOSSES);
            case FAIRNESS -> mostKnown(all, List.of(againstOne(Metrics.FAIRNESS, "Fairness")));
        };
    }

    /** Those that at least one of the mixes can fill. */
    static List<Column> columns(List<MixStudy> mixes) {
        return Stream.of(Column.values())
                .filter(column ->
                        mixes.stream().anyMatch(mix -> of(mix, mixes, column).isPresent()))
                .toList();
    }

    private static Optional<ComparedMeasure> work(MixStudy mix, List<MixStudy> all) {
        ComparedMeasure throughput = new ComparedMeasure(
                Metrics.THROUGHPUT.id(), "Throughput, " + unit(mix, Metrics.THROUGHPUT), OptionalDouble.empty());
        Optional<ComparedMeasure> ofAll = mostKnown(all, List.of(againstOne(Metrics.STP, "STP"), throughput));
        return ofAll.filter(measure -> known(mix, measure) > 0).or(() -> mostKnown(List.of(mix), List.of(throughput)));
    }

    /** The first of those that most of the ways of sharing have; a far tail is often not known of a starved tenant. */
    private static Optional<ComparedMeasure> mostKnown(List<MixStudy> mixes, List<ComparedMeasure> wanted) {
        return wanted.stream()
                .max(Comparator.comparingLong((ComparedMeasure measure) -> mixes.stream()
                                .mapToLong(mix -> known(mix, measure))
                                .sum())
                        .thenComparingInt(measure -> -wanted.indexOf(measure)))
                .filter(measure -> mixes.stream().anyMatch(mix -> known(mix, measure) > 0));
    }

    private static long known(MixStudy mix, ComparedMeasure measure) {
        return mix.arms().stream()
                .filter(arm -> DrawnMixes.known(arm, measure.id()))
                .count();
    }

    private static ComparedMeasure againstOne(Metric metric, String heading) {
        return new ComparedMeasure(metric.id(), heading, OptionalDouble.of(1));
    }

    private static String unit(MixStudy mix, Metric metric) {
        return mix.arms().stream()
                .flatMap(arm -> arm.estimate(metric).stream())
                .map(estimate -> estimate.metric().unit())
                .findFirst()
                .orElse(metric.unit());
    }
}
