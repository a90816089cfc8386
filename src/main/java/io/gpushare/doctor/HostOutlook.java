package io.gpushare.doctor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the speed of cores does to a bench of so many tenants, each on a core.
 *
 * @param anyCores the share of the time in which all of them are at full speed, on cores that nobody chose
 * @param steadiestCores likewise, on the steadiest
 * @param errorPercent half of the 95 % interval of their total over {@link #BENCH_S}, on cores that nobody chose, as
 *     far as it comes from the cores
 */
public record HostOutlook(int tenants, double anyCores, double steadiestCores, double errorPercent) {
    /** A measurement of the usual length. */
    public static final double BENCH_S = 30;

    private static final double Z_95 = 1.96;

    /**
     * For one tenant, two, four and so on.
     *
     * @param slowedSpeed in relation to full speed
     * @param watchedS for how long the cores were watched
     */
    static List<HostOutlook> of(List<CoreSteadiness> cores, double slowedSpeed, double watchedS) {
        List<Double> shares = cores.stream()
                .map(CoreSteadiness::fullSpeedShare)
                .sorted(Comparator.reverseOrder())
                .toList();
        double mean = shares.stream().mapToDouble(Double::doubleValue).average().orElse(1);
        double all = shares.stream().reduce(1.0, (one, other) -> one * other);
        double variance = cores.stream()
                .mapToDouble(core -> varianceOfMean(core, slowedSpeed, watchedS))
                .average()
                .orElse(0);
        double speed = mean + (1 - mean) * slowedSpeed;
        List<HostOutlook> outlooks = new ArrayList<>();
        for (int tenants = 1; tenants <= shares.size(); tenants *= 2) {
            outlooks.add(new HostOutlook(
                    tenants,
                    Math.pow(all, (double) tenants / shares.size()),
                    shares.stream().limit(tenants).reduce(1.0, (one, other) -> one * other),
                    100 * Z_95 * Math.sqrt(variance / tenants) / speed));
        }
        return outlooks;
    }

    /**
     * Of a core's mean speed over a bench. A core that flips at random between two speeds forgets which one it had
     * after a time t = 2 s (1 - s) / f, where s is its slowed share and f how often it flips in a second: the mean over
     * T has the variance of one look times 2 t / T, when T is much longer.
     */
    private static double varianceOfMean(CoreSteadiness core, double slowedSpeed, double watchedS) {
        double slowed = core.slowedShare().orElse(0);
        double ofOneLook = slowed * (1 - slowed) * (1 - slowedSpeed) * (1 - slowedSpeed);
        if (ofOneLook == 0) {
            return 0;
        }
        // Who saw no flip knows only that they are rare.
        double flipsPerS = Math.max(1, core.flips()) / watchedS;
        double memory = 2 * slowed * (1 - slowed) / flipsPerS / BENCH_S;
        return ofOneLook * 2 * memory * (1 - memory * (1 - Math.exp(-1 / memory)));
    }
}
