package io.gpushare.analysis;

import java.util.List;
import java.util.Optional;

/**
 * The time in which every tenant was active: from the latest begin of a first window to the earliest end of a last one,
 * not before the trimmed seconds and not beyond the planned duration. Only what was done in it counts, because before
 * and after it somebody had the GPU more to himself than the mix says (as Eyerman and Eeckhout 2008 demand of
 * multiprogram measurements).
 *
 * <p>Windows end with a step, so those of different tenants do not align, and the last one ends a little late. A
 * window counts when it begins inside and ends inside, or ends later by no more than its own mean step and a twentieth
 * of its own length. Throughput is what was done in the windows that count, by their own length: exact, though tenants'
 * windows cover slightly different time.
 *
 * @param fromS and {@code untilS}: since the common start instant
 */
public record CommonWindow(double fromS, double untilS) {
    private static final double OVERHANG = 0.05;

    public CommonWindow {
        if (!(fromS < untilS)) {
            throw new IllegalArgumentException("a window ends after its begin, got " + fromS + " to " + untilS);
        }
    }

    /** What a tenant did between two instants since the common start. */
    public record Window(double fromS, double untilS, double units, long steps) {
        public Window {
            if (!(fromS <= untilS)) {
                throw new IllegalArgumentException("a window ends after its begin, got " + fromS + " to " + untilS);
            }
        }

        double lengthS() {
            return untilS - fromS;
        }

        private double overhangS() {
            return steps < 1 ? 0 : Math.min(lengthS() / steps, OVERHANG * lengthS());
        }
    }

    /**
     * @param tenants each one's windows in order
     * @param trimS to leave out after the start, for caches and clocks to settle
     * @return empty when there was no such time: a tenant without windows, or one that ended before another began
     */
    public static Optional<CommonWindow> of(List<List<Window>> tenants, double plannedS, double trimS) {
        if (tenants.isEmpty() || tenants.stream().anyMatch(List::isEmpty)) {
            return Optional.empty();
        }
        double from = trimS;
        double until = plannedS;
        for (List<Window> windows : tenants) {
            from = Math.max(from, windows.getFirst().fromS());
            until = Math.min(until, windows.getLast().untilS());
        }
        return from < until ? Optional.of(new CommonWindow(from, until)) : Optional.empty();
    }

    public double lengthS() {
        return untilS - fromS;
    }

    public boolean counts(Window window) {
        return window.fromS() >= fromS && window.fromS() < untilS && window.untilS() <= untilS + window.overhangS();
    }
}
