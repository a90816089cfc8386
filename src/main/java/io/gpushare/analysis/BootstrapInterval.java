package io.gpushare.analysis;

/**
 * @param reaches whether so few values can reach the 95 %: with fewer than six the interval is their range at most, and holds the
 *     mean less often
 */
public record BootstrapInterval(double lower, double upper, boolean reaches) {}
