package io.gpushare.analysis;

import java.util.List;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/**
 * The rank sum test of Mann and Whitney: whether values of one side tend to be above those of the other, whatever their
 * distribution. (Mann and Whitney, "On a Test of Whether one of Two Random Variables is Stochastically Larger than the
 * Other", Annals of Mathematical Statistics 18(1), 1947.)
 *
 * @param u of all pairs of a value of the first side and one of the second, those in which the first is larger; equal
 *     ones count half
 * @param p two-sided: the chance of ranks at least as far apart, 2 · min(P(U ≤ u), P(U ≥ u)) and 1 at most, if both
 *     sides were the same
 * @param exact whether p was counted over every way to deal the values to the sides, as for up to {@value
 *     #EXACT_VALUES} values together. Equal values then share their mean rank. For more, U is taken as normal,
 *     corrected for ties and continuity
 * @param superiority u over the number of pairs: the chance that a value of the first side is above one of the second
 *     (A of Vargha and Delaney, 2000). 0.5 when neither tends to be above
 */
public record MannWhitney(double u, double p, boolean exact, double superiority) {
    /** The p from which on a difference is not called shown. */
    public static final double SIGNIFICANT = 0.05;

    static final int EXACT_VALUES = 50;

    public static MannWhitney of(List<Double> a, List<Double> b) {
        double[] first = FiniteValues.of(a);
        double[] second = FiniteValues.of(b);
        SharedRanks ranks = SharedRanks.of(first, second);
        double u = ranks.u();
        // Equal values have ranks without a spread: the normal distribution knows no p for these.
        boolean exact = first.length + second.length <= EXACT_VALUES || ranks.allEqual();
        double p = exact ? ranks.p() : normalP(first, second);
        return new MannWhitney(u, p, exact, u / ((double) first.length * second.length));
    }

    /** Whether p is at most {@value #SIGNIFICANT}. */
    public boolean isSignificant() {
        return p <= SIGNIFICANT;
    }

    /**
     * The smallest p that n values on the one side and m on the other can have, when all of the one are above all of
     * the other: two of all ways to deal them.
     */
    public static double leastP(int n, int m) {
        if (n < 1 || m < 1) {
            throw new IllegalArgumentException("a side has one or more values, got " + n + " and " + m);
        }
        double ways = 1;
        for (int taken = 1; taken <= n; taken++) {
            ways *= (double) (m + taken) / taken;
        }
        return Math.min(1, 2 / ways);
    }

    /**
     * Of values on each of two equal sides, below which no difference however large can be significant: 4, whose least
     * p is 0.029. Unequal sides may do with less on one: see {@link #leastP}.
     */
    public static int leastRuns() {
        int runs = 1;
        while (leastP(runs, runs) > SIGNIFICANT) {
            runs++;
        }
        return runs;
    }

    private static double normalP(double[] first, double[] second) {
        return MannWhitneyUTest.withDefaults()
                .with(PValueMethod.ASYMPTOTIC)
                .test(first, second)
                .getPValue();
    }
}
