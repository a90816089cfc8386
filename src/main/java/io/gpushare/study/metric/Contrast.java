package io.gpushare.study.metric;

import io.gpushare.analysis.BootstrapInterval;
import io.gpushare.analysis.Difference;
import io.gpushare.analysis.MannWhitney;

/**
 * Two estimates of one metric.
 *
 * @param ratio of the contender's mean to the reference's; infinite where that is 0
 * @param separated whether every run of the one is beyond every run of the other
 */
public record Contrast(double ratio, Confidence confidence, boolean separated) {
    /** Less does not matter, and a few runs of one thing differ by as much. */
    private static final double STEADY = 0.10;

    public static Contrast of(Estimate reference, Estimate contender, long seed) {
        Difference difference = Difference.of(reference.values(), contender.values(), seed);
        // Against nothing there is no ratio; the other way round there is, and tells as much.
        Difference telling = Double.isFinite(difference.ratio())
                ? difference
                : Difference.of(contender.values(), reference.values(), seed);
        return new Contrast(difference.ratio(), confidence(telling), difference.separated());
    }

    public Contrast open() {
        return new Contrast(ratio, Confidence.OPEN, separated);
    }

    private static Confidence confidence(Difference difference) {
        if (!Double.isFinite(difference.ratio())) {
            return Confidence.OPEN;
        }
        boolean apart = difference.interval().isPresent()
                && !difference.interval().get().contains(1);
        boolean enough =
                difference.interval().filter(BootstrapInterval::reaches).isPresent()
                        || difference.test().filter(MannWhitney::isSignificant).isPresent();
        if (apart && enough) {
            return Confidence.SHOWN;
        }
        boolean far = Math.abs(difference.ratio() - 1) > STEADY;
        return difference.separated() && far ? Confidence.INDICATED : Confidence.OPEN;
    }

    /** How sure it is on which side of 1 a mean lies: the STP of one tenant after another, which is exact. */
    public static Confidence againstOne(Estimate estimate) {
        boolean shown = estimate.interval()
                .filter(interval -> interval.reaches() && !interval.contains(1))
                .isPresent();
        if (shown) {
            return Confidence.SHOWN;
        }
        boolean apart = estimate.min() > 1 || estimate.max() < 1;
        return apart && Math.abs(estimate.mean() - 1) > STEADY ? Confidence.INDICATED : Confidence.OPEN;
    }
}
