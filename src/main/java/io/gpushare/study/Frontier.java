package io.gpushare.study;

import io.gpushare.mode.ModeKind;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.StudyOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What more work costs in latency, over all ways of sharing and all numbers of tenants of a family: where all tenants
 * do the same, throughput against the 99th percentile, else STP against the worst slowdown of that percentile.
 *
 * @param points those that have both figures
 * @param bound on the 99th percentile, in milliseconds, if one was asked for
 * @param knee of the points that no other beats in both: the one with the most work within the bound; without a bound
 *     the one with the most work for its latency, their quotient (Kleinrock's power)
 */
public record Frontier(List<Point> points, OptionalDouble bound, Optional<Point> knee) {
    private static final double P99 = 0.99;

    public Frontier {
        points = List.copyOf(points);
    }

    /** @param beaten by another point that has no less work and no longer latency */
    public record Point(int tenants, ArmKey arm, String armName, Estimate work, Estimate latency, boolean beaten) {
        private boolean beats(Point other) {
            double moreWork = work.mean() - other.work.mean();
            double longer = latency.mean() - other.latency.mean();
            return moreWork >= 0 && longer <= 0 && (moreWork > 0 || longer < 0);
        }
    }

    public static Frontier of(Family family, StudyOptions options) {
        List<Point> found = new ArrayList<>();
        for (MixStudy mix : family.mixes()) {
            for (Arm arm : mix.arms()) {
                // Tenants that take turns do what one alone does.
                if (arm.key().mode() != ModeKind.EXCLUSIVE || mix.tenants() == 1) {
                    point(mix, arm).ifPresent(found::add);
                }
            }
        }
        List<Point> points = found.stream()
                .map(point -> new Point(
                        point.tenants,
                        point.arm,
                        point.armName,
                        point.work,
                        point.latency,
                        found.stream().anyMatch(other -> other.beats(point))))
                .toList();
        OptionalDouble bound = bound(family, options);
        return new Frontier(points, bound, knee(points, bound));
    }

    private static Optional<Point> point(MixStudy mix, Arm arm) {
        boolean alike = mix.counts().size() == 1;
        Metric work = alike ? Metrics.THROUGHPUT : Metrics.STP;
        Metric latency = alike ? Metrics.P99.of(mix.counts().getFirst().variant()) : Metrics.WORST_P99_SLOWDOWN;
        return known(arm, work)
                .flatMap(much -> known(arm, latency)
                        .map(tail -> new Point(mix.tenants(), arm.key(), arm.name(), much, tail, false)));
    }

    private static Optional<Estimate> known(Arm arm, Metric metric) {
        return arm.estimate(metric).filter(estimate -> Double.isFinite(estimate.mean()) && estimate.mean() > 0);
    }

    /** The tightest, where several were asked for; different workloads have no latency in common to bind. */
    private static OptionalDouble bound(Family family, StudyOptions options) {
        Set<String> variants = family.mixes().stream()
                .flatMap(mix -> mix.counts().stream())
                .map(MixStudy.VariantCount::variant)
                .collect(Collectors.toSet());
        return options.slos().stream()
                .filter(slo -> slo.percentile() == P99)
                .filter(slo -> variants.size() == 1 && variants.stream().allMatch(slo::isAbout))
                .mapToDouble(Slo::boundMs)
                .min();
    }

    private static Optional<Point> knee(List<Point> points, OptionalDouble bound) {
        Comparator<Point> better = bound.isPresent()
                ? Comparator.comparingDouble(point -> point.work.mean())
                : Comparator.comparingDouble(point -> point.work.mean() / point.latency.mean());
        return points.stream()
                .filter(point -> !point.beaten)
                .filter(point -> bound.isEmpty() || point.latency.mean() <= bound.getAsDouble())
                .max(better);
    }
}
