package io.gpushare.report.chart;

import io.gpushare.study.Section;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which mixes to draw where not all find room: first those in which the ways of sharing differ most. */
final class DrawnMixes {
    private static final int MOST_LINES = 11;

    private DrawnMixes() {}

    static List<MixStudy> mixes(Section section) {
        return section.mixes().toList();
    }

    /** Those with two or more ways of sharing, the most telling first. */
    static List<MixStudy> compared(Section section) {
        return mixes(section).stream()
                .filter(mix -> mix.arms().size() > 1)
                .sorted(Comparator.comparingDouble(DrawnMixes::weight).reversed())
                .toList();
    }

    /**
     * Modes weigh more than settings of one of them, a starved tenant and a mix of workloads more than most
     * differences.
     */
    static double weight(MixStudy mix) {
        long modes = mix.arms().stream().map(arm -> arm.key().mode()).distinct().count();
        return 10 * modes
                + (mix.starvations().isEmpty() ? 0 : 5)
                + contrast(mix, Metrics.STP)
                + contrast(mix, Metrics.THROUGHPUT)
                + (mix.counts().size() > 1 ? 2 : 0)
                + Math.max(contrast(mix, Metrics.WORST_P99_SLOWDOWN), contrast(mix, Metrics.WORST_SLOWDOWN))
                + contrast(mix, Metrics.FAIRNESS);
    }

    /** Logarithm of the largest / the least. */
    private static double contrast(MixStudy mix, Metric metric) {
        double[] logarithms = mix.arms().stream()
                .map(arm -> arm.mean(metric))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .filter(value -> value > 0 && Double.isFinite(value))
                .map(Math::log)
                .sorted()
                .toArray();
        return logarithms.length < 2 ? 0 : Math.min(3, logarithms[logarithms.length - 1] - logarithms[0]);
    }

    /** As many ways of sharing as lines in a plot can be told apart, in their usual order. */
    static Set<ArmKey> few(Stream<ArmKey> arms) {
        return arms.distinct().sorted().limit(MOST_LINES).collect(Collectors.toSet());
    }

    /** Those with the most to show, as they were ordered. */
    static <T> List<T> most(List<T> all, int limit, ToLongFunction<T> shown) {
        List<T> most = all.stream()
                .sorted(Comparator.comparingLong(shown).reversed())
                .limit(limit)
                .toList();
        return all.stream().filter(most::contains).toList();
    }

    static boolean known(Arm arm, String measure) {
        return arm.estimate(measure)
                .filter(estimate -> Double.isFinite(estimate.mean()))
                .isPresent();
    }
}
