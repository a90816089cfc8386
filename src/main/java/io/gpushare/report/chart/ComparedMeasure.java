package io.gpushare.report.chart;

import io.gpushare.study.Metric;
import io.gpushare.study.Metrics;
import io.gpushare.study.MixStudy;
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

    /** The work that is done, what the slowest tenant loses, how alike all fare. */
    enum Column {
        WORK,
        LOSS,
        FAIRNESS
    }

    static Optional<ComparedMeasure> of(MixStudy mix, Column column) {
        return switch (column) {
            case WORK -> work(mix);
            case LOSS -> loss(mix);
            case FAIRNESS -> someHave(mix, againstOne(Metrics.FAIRNESS, "Fairness"));
        };
    }

    /** Those that at least one of the mixes can fill. */
    static List<Column> columns(List<MixStudy> mixes) {
        return Stream.of(Column.values())
                .filter(column -> mixes.stream().anyMatch(mix -> of(mix, column).isPresent()))
                .toList();
    }

    private static Optional<ComparedMeasure> work(MixStudy mix) {
        ComparedMeasure stp = againstOne(Metrics.STP, "STP");
        ComparedMeasure throughput = new ComparedMeasure(
                Metrics.THROUGHPUT.id(), "Throughput, " + unit(mix, Metrics.THROUGHPUT), OptionalDouble.empty());
        return allHave(mix, stp).or(() -> someHave(mix, throughput)).or(() -> someHave(mix, stp));
    }

    /** Of the far tail, unless that is not known of all: a starved tenant has few latencies, and is the one to show. */
    private static Optional<ComparedMeasure> loss(MixStudy mix) {
        List<ComparedMeasure> wanted = List.of(
                againstOne(Metrics.WORST_P99_SLOWDOWN, "Worst p99 slowdown, ×"),
                againstOne(Metrics.WORST_P90_SLOWDOWN, "Worst p90 slowdown, ×"),
                againstOne(Metrics.WORST_SLOWDOWN, "Worst slowdown, ×"));
        return wanted.stream()
                .flatMap(measure -> allHave(mix, measure).stream())
                .findFirst()
                .or(() -> wanted.stream()
                        .flatMap(measure -> someHave(mix, measure).stream())
                        .findFirst());
    }

    private static ComparedMeasure againstOne(Metric metric, String heading) {
        return new ComparedMeasure(metric.id(), heading, OptionalDouble.of(1));
    }

    private static Optional<ComparedMeasure> allHave(MixStudy mix, ComparedMeasure measure) {
        return Optional.of(measure)
                .filter(wanted -> mix.arms().stream().allMatch(arm -> Telling.known(arm, wanted.id())));
    }

    private static Optional<ComparedMeasure> someHave(MixStudy mix, ComparedMeasure measure) {
        return Optional.of(measure)
                .filter(wanted -> mix.arms().stream().anyMatch(arm -> Telling.known(arm, wanted.id())));
    }

    private static String unit(MixStudy mix, Metric metric) {
        return mix.arms().stream()
                .flatMap(arm -> arm.estimate(metric.id()).stream())
                .map(estimate -> estimate.metric().unit())
                .findFirst()
                .orElse(metric.unit());
    }
}
