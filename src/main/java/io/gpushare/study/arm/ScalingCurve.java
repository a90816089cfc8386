package io.gpushare.study.arm;

import io.gpushare.study.metric.Estimate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One way of sharing over the number of tenants.
 *
 * @param arm that of the fewest tenants, where more of them have fewer cores each
 * @param points ascending; where there is a baseline of a family of one workload, its first point is one tenant alone.
 *     All are of the same cards, where that matters
 * @param cards on which they were measured
 * @param elsewhere numbers of tenants that were run on other cards only, ascending: their rates cannot be joined with
 *     these
 */
public record ScalingCurve(ArmKey arm, List<Point> points, Set<String> cards, List<Integer> elsewhere) {
    public ScalingCurve {
        points = List.copyOf(points);
        cards = Set.copyOf(cards);
        elsewhere = List.copyOf(elsewhere);
    }

    /** A sentence, where some of these curves cannot be compared with others, point by point. */
    public static Optional<String> caution(Collection<ScalingCurve> curves) {
        return curves.stream().map(ScalingCurve::cards).distinct().count() < 2
                ? Optional.empty()
                : Optional.of(
                        "Not all of these ran on the same cards: compare the numbers of tenants in one way of sharing,"
                                + " not one way of sharing with another.");
    }

    /** Whether the point is one of this curve's, or was left out of it for its cards. */
    public boolean holds(ArmKey key) {
        return key.equals(arm)
                || points.stream()
                        .anyMatch(point -> arm.withCores(point.coresEach()).equals(key));
    }

    /**
     * @param throughput of all tenants in the family's unit, or STP for a family of several units
     * @param coresEach that each tenant had to itself; 0 where the kernel placed them
     */
    public record Point(int tenants, Estimate throughput, int coresEach) {}
}
