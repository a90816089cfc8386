package io.gpushare.analysis;

import java.util.List;

/**
 * What sharing a machine did to the programs on it. With T a program's throughput:
 *
 * <ul>
 *   <li>slowdown S = T alone / T shared; normalised progress NP = 1 / S
 *   <li>system throughput STP = Σ NP; n at best, and 1 is as good as one after another
 *   <li>average normalised turnaround time ANTT = the arithmetic mean of S; 1 at best
 *   <li>fairness = min NP / max NP; 1 when all are slowed alike
 *   <li>Jain's index = (Σ NP)² / (n · Σ NP²); 1 when all are slowed alike, 1/n when one has it all
 * </ul>
 *
 * <p>Eyerman and Eeckhout, "System-Level Performance Metrics for Multiprogram Workloads", IEEE Micro 28(3), 2008 (STP,
 * ANTT, and fairness after Gabor, Weiss and Mendelson, MICRO 2006); Jain, Chiu and Hawe, "A Quantitative Measure of
 * Fairness and Discrimination", DEC-TR-301, 1984.
 */
public final class SharingIndices {
    private SharingIndices() {}

    public static double slowdown(double aloneUnitsPerSec, double sharedUnitsPerSec) {
        return positive(aloneUnitsPerSec) / positive(sharedUnitsPerSec);
    }

    public static double normalisedProgress(double aloneUnitsPerSec, double sharedUnitsPerSec) {
        return positive(sharedUnitsPerSec) / positive(aloneUnitsPerSec);
    }

    public static double stp(List<Double> normalisedProgress) {
        return positive(normalisedProgress).stream()
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    public static double antt(List<Double> normalisedProgress) {
        return positive(normalisedProgress).stream()
                .mapToDouble(progress -> 1 / progress)
                .average()
                .orElseThrow();
    }

    public static double fairness(List<Double> normalisedProgress) {
        var summary = positive(normalisedProgress).stream()
                .mapToDouble(Double::doubleValue)
                .summaryStatistics();
        return summary.getMin() / summary.getMax();
    }

    public static double jain(List<Double> normalisedProgress) {
        double sum = stp(normalisedProgress);
        double squares = normalisedProgress.stream()
                .mapToDouble(progress -> progress * progress)
                .sum();
        return sum * sum / (normalisedProgress.size() * squares);
    }

    private static List<Double> positive(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("nothing can be said of no tenants");
        }
        values.forEach(SharingIndices::positive);
        return values;
    }

    private static double positive(double value) {
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException("throughput and progress are above 0, got " + value);
        }
        return value;
    }
}
