package io.gpushare.analysis;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Ranks of two sides' values in one order, equal ones at the mean of theirs; doubled, so that they are whole.
 *
 * @param doubled of every value, {@code first} of which belong to the first side; {@code sum}: of that side's
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
record SharedRanks(int[] doubled, int first, long sum) {

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
