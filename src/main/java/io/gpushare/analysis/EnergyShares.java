package io.gpushare.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A model of what each tenant's work cost in energy. A GPU counts its energy as a whole: no tenant's part of it can be
 * measured, and none of these numbers was.
 *
 * <p>The energy that the idle GPU would have taken in the same time is divided equally: it is due for one tenant as for
 * all. The rest is divided in proportion to what the same work costs alone, above idle. (So each pays by the Shapley
 * value of these costs, scaled to what was measured. Shapley, "A Value for n-Person Games", 1953.) What tenants cost
 * each other by interference falls on all in that proportion, whoever causes it.
 */
public final class EnergyShares {
    private EnergyShares() {}

    /**
     * @param joules of the GPU in the window
     * @param idleWatts of the GPU in this mode without work. Whoever does not know them has no shares to give: a guess
     *     would decide who pays
     * @param dynamicAloneJoules for each tenant: energy above idle a unit of its work when alone, times its units in
     *     the window. Below 0 it counts as 0: work too light to tell from idle
     * @return for each tenant; in any order they add up to {@code joules} exactly. Equal parts when the GPU took no
     *     more than idle (it idles lower than when that was measured), and equal parts of the rest when no work costs
     *     anything alone
     */
    public static List<Double> of(double joules, double idleWatts, double windowS, List<Double> dynamicAloneJoules) {
        requireAtLeastZero(joules, "energy");
        requireAtLeastZero(idleWatts, "idle power");
        requireAtLeastZero(windowS, "time");
        double[] alone = FiniteValues.of(dynamicAloneJoules);
        double idle = Math.min(joules, idleWatts * windowS);
        double sum = 0;
        for (double cost : alone) {
            sum += Math.max(0, cost);
        }
        List<Double> shares = new ArrayList<>();
        for (double cost : alone) {
            double part = sum == 0 ? 1.0 / alone.length : Math.max(0, cost) / sum;
            shares.add(idle / alone.length + (joules - idle) * part);
        }
        return Collections.unmodifiableList(addingUp(shares, joules));
    }

    /**
     * Multiples of the last digit of the sum add up without rounding; what is missing then goes to the largest share.
     */
    private static List<Double> addingUp(List<Double> shares, double joules) {
        double digit = Math.ulp(joules);
        shares.replaceAll(share -> digit * Math.rint(share / digit));
        double missing = joules;
        for (double share : shares) {
            missing -= share;
        }
        int largest = shares.indexOf(Collections.max(shares));
        shares.set(largest, shares.get(largest) + missing);
        return shares;
    }

    private static void requireAtLeastZero(double value, String quantity) {
        if (!(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(quantity + " is 0 or above, got " + value);
        }
    }
}
