package io.gpushare.analysis;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
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

    @SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
    private record SharedRanks(int[] doubled, int first, long sum) {

        static SharedRanks of(double[] first, double[] second) {
            double[] values = DoubleStream.concat(DoubleStream.of(first), DoubleStream.of(second))
                    // Zero has two signs, which sorting tells apart and measuring does not.
                    .map(value -> value + 0.0)
                    .toArray();
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int[] doubled = new int[values.length];
            long sum = 0;
            for (int i = 0; i < values.length; i++) {
                doubled[i] = doubledRank(sorted, values[i]);
                sum += i < first.length ? doubled[i] : 0;
            }
            return new SharedRanks(doubled, first.length, sum);
        }

        private static int doubledRank(double[] sorted, double value) {
            int from = Arrays.binarySearch(sorted, value);
            int until = from;
            while (from > 0 && sorted[from - 1] == value) {
                from--;
            }
            while (until < sorted.length - 1 && sorted[until + 1] == value) {
                until++;
            }
            return from + until + 2;
        }

        double u() {
            return (sum - (double) first * (first + 1)) / 2;
        }

        boolean allEqual() {
            return Arrays.stream(doubled).distinct().count() == 1;
        }

        /** Counts the ways to deal the ranks: how many give the first side so small a sum, how many so large a one. */
        double p() {
            if (allEqual()) {
                return 1;
            }
            double[] ways = waysBySum();
            double atMost = 0;
            double atLeast = 0;
            double all = 0;
            for (int total = 0; total < ways.length; total++) {
                all += ways[total];
                atMost += total <= sum ? ways[total] : 0;
                atLeast += total >= sum ? ways[total] : 0;
            }
            return Math.min(1, 2 * Math.min(atMost, atLeast) / all);
        }

        /** Whole numbers, exact below 2^53: of 50 values there are at most 1.3 · 10^14 ways. */
        private double[] waysBySum() {
            int largest = Arrays.stream(doubled).sum();
            double[][] ways = new double[first + 1][largest + 1];
            ways[0][0] = 1;
            for (int rank : doubled) {
                for (int taken = first; taken > 0; taken--) {
                    for (int total = largest; total >= rank; total--) {
                        ways[taken][total] += ways[taken - 1][total - rank];
                    }
                }
            }
            return ways[first];
        }
    }
}
