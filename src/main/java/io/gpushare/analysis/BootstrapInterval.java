package io.gpushare.analysis;

/**
 * A 95 % confidence interval by {@link Bootstrap}.
 *
 * @param reaches whether there are values enough to reach the 95 %. With fewer than {@value Bootstrap#LEAST} the
 *     interval is the range of the values at most, and holds what it is of less often: see the table of {@link
 *     Bootstrap}
 */
public record BootstrapInterval(double lower, double upper, boolean reaches) {
    public BootstrapInterval {
        if (!(lower <= upper)) {
            throw new IllegalArgumentException("an interval ends above its begin, got " + lower + " to " + upper);
        }
    }

    /** Its ends belong to it. */
    public boolean contains(double value) {
        return value >= lower && value <= upper;
    }
}
