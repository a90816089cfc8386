package io.gpushare.study;

import java.util.List;

/**
 * One way of sharing over the number of tenants.
 *
 * @param points ascending; where there is a baseline of a family of one workload, its first point is one tenant alone
 */
public record ScalingCurve(ArmKey arm, List<Point> points) {
    public ScalingCurve {
        points = List.copyOf(points);
    }

    /** @param throughput of all tenants in the family's unit, or STP for a family of several units */
    public record Point(int tenants, Estimate throughput) {}
}
