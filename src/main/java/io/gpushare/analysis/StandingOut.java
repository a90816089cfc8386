package io.gpushare.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * Which of several values are not of a kind with the others: the generalised test of extreme deviates (Rosner,
 * "Percentage Points for a Generalized ESD Many-Outlier Procedure", Technometrics 25(2), 1983). It looks for up to a
 * fifth of them, so that two that are alike do not hide each other. Of values that are all of one normal
 * distribution, it finds any in about 5 of 100 cases.
 */
public final class StandingOut {
    /** Of fewer values none can be called the odd one. */
    public static final int FEWEST = 5;

    private static final double MISTAKE = 0.05;
    private static final int ONE_OF = 5;

    private StandingOut() {}

    /**
     * @param values finite
     * @return their places, in no order; none of fewer than {@link #FEWEST}
     */
    public static Set<Integer> of(List<Double> values) {
        if (values.size() < FEWEST) {
            return Set.of();
        }
        List<Integer> left = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            left.add(i);
        }
        List<Integer> removed = new ArrayList<>();
        int found = 0;
        for (int most = values.size() / ONE_OF; removed.size() < most; ) {
            MeanInterval rest = MeanInterval.of(left.stream().map(values::get).toList());
            double deviation = rest.spread().orElseThrow().standardDeviation();
            if (!(deviation > 0)) {
                break;
            }
            int farthest = Collections.max(
                    left,
                    (one, other) -> Double.compare(
                            Math.abs(values.get(one) - rest.mean()), Math.abs(values.get(other) - rest.mean())));
            double distance = Math.abs(values.get(farthest) - rest.mean()) / deviation;
            boolean beyond = distance > critical(left.size());
            left.remove(Integer.valueOf(farthest));
            removed.add(farthest);
            if (beyond) {
                found = removed.size();
            }
        }
        return new HashSet<>(removed.subList(0, found));
    }

    /** Of the farthest of so many, in standard deviations. */
    private static double critical(int count) {
        double t = TDistribution.of(count - 2.0).inverseSurvivalProbability(MISTAKE / (2.0 * count));
        return (count - 1) * t / Math.sqrt((count - 2 + t * t) * count);
    }
}
