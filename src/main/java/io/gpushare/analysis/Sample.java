package io.gpushare.analysis;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Values to draw from with replacement.
 *
 * @param least of the values
 * @param excess of each over the least, ascending. Sums of these are what resamples are made of: equal values then have
 *     a mean without a rounding error
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, never handed out.
record Sample(double least, double[] excess) {

    static Sample of(List<Double> values) {
        double[] sorted = FiniteValues.sorted(values);
        double least = sorted[0];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] -= least;
        }
        return new Sample(least, sorted);
    }

    int size() {
        return excess.length;
    }

    /** How many different draws there are, order included: n^n. */
    double resamples() {
        return Math.pow(size(), size());
    }

    /** Of every resample there is. */
    double[] allMeans() {
        double[] means = new double[(int) resamples()];
        for (int resample = 0; resample < means.length; resample++) {
            double sum = 0;
            int places = resample;
            for (int draw = 0; draw < excess.length; draw++) {
                sum += excess[places % excess.length];
                places /= excess.length;
            }
            means[resample] = least + sum / excess.length;
        }
        return means;
    }

    double[] means(int resamples, SplittableRandom random) {
        double[] means = new double[resamples];
        for (int resample = 0; resample < resamples; resample++) {
            double sum = 0;
            for (int draw = 0; draw < excess.length; draw++) {
                sum += excess[random.nextInt(excess.length)];
            }
            means[resample] = least + sum / excess.length;
        }
        return means;
    }
}
