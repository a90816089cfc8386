package io.gpushare.experiment.isolate;

import io.gpushare.analysis.CoreLoops;
import io.gpushare.results.benchmark.WindowResult;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The victim's windows around a misbehaviour that began at one second of the measured time and ended at another.
 *
 * @param untilS the same as {@code fromS} where it was a moment
 */
record Episode(List<WindowResult> windows, double fromS, double untilS) {
    /** Windows last a second, and one alone may be that of a slow core: a moment is looked at for so long. */
    private static final double MOMENT_S = 2;

    /** So much of a window has to lie before or after it to tell of that time. */
    private static final double NEARLY_ALL = 0.95;

    private static final double HALF = 0.5;

    /** A few slow steps in a hundred are the 99th percentile. */
    private static final double MOST_SLOWED = 0.02;

    /** What is left at the end may be too short to tell a rate. */
    private static final double SHORTEST_S = 0.5;

    Stretch before() {
        return stretch(
                windows.stream().filter(window -> liesIn(window, 0, fromS)).toList());
    }

    /**
     * A window in which the victim stood still ends with the step that did, and may have begun long before: what lies
     * outside is taken to have gone as in the quiet time.
     */
    Stretch during(Stretch quiet) {
        double end = Math.max(untilS, fromS + MOMENT_S);
        double needed = HALF * (end - fromS);
        List<WindowResult> all = windows.stream()
                .filter(window -> overlap(window, fromS, end) >= Math.min(HALF * Stretch.seconds(window), needed))
                .toList();
        List<WindowResult> steady = steady(all);
        List<WindowResult> about = steady.isEmpty() ? all : steady;
        double inside = about.stream()
                .mapToDouble(window -> overlap(window, fromS, end))
                .sum();
        double outside = about.stream().mapToDouble(Stretch::seconds).sum() - inside;
        double units = about.stream().mapToDouble(WindowResult::units).sum() - outside * quiet.unitsPerSec();
        return stretch(about).at(inside > 0 ? Math.max(0, units / inside) : 0);
    }

    Optional<Stretch> after() {
        double begin = Math.max(untilS, fromS + MOMENT_S);
        List<WindowResult> later = windows.stream()
                .filter(window -> liesIn(window, begin, Double.POSITIVE_INFINITY))
                .toList();
        return later.isEmpty() ? Optional.empty() : Optional.of(stretch(later));
    }

    /** Of the steady windows, where there are any. */
    private Stretch stretch(List<WindowResult> some) {
        List<WindowResult> steady = steady(some);
        boolean slowed = steady.isEmpty() && !some.isEmpty();
        return Stretch.of(slowed ? some : steady, slowed);
    }

    /** Those in which nobody on the host slowed its core: that would be no neighbour on the GPU. */
    private List<WindowResult> steady(List<WindowResult> some) {
        OptionalDouble fullSpeedNanos = CoreLoops.fullSpeedNanos(
                windows.stream().flatMap(window -> window.core().stream()).toList(), OptionalDouble.empty());
        return some.stream()
                .filter(window -> fullSpeedNanos.isEmpty() || !slowed(window, fullSpeedNanos.getAsDouble()))
                .toList();
    }

    private static boolean slowed(WindowResult window, double fullSpeedNanos) {
        return window.core()
                .filter(core -> core.slowedShare(fullSpeedNanos).orElse(0) > MOST_SLOWED)
                .isPresent();
    }

    /** By how many seconds after its end the victim was as fast again as that; empty if never. */
    Optional<Double> backAfterS(double unitsPerSec) {
        return windows.stream()
                .filter(window -> window.untilS() > untilS && Stretch.seconds(window) >= SHORTEST_S)
                .filter(window -> Stretch.rate(window) >= unitsPerSec)
                .findFirst()
                .map(window -> Math.max(0, window.fromS() - untilS));
    }

    double lastS() {
        return windows.isEmpty() ? 0 : windows.getLast().untilS();
    }

    private static boolean liesIn(WindowResult window, double from, double until) {
        double length = Stretch.seconds(window);
        return length >= SHORTEST_S && overlap(window, from, until) >= NEARLY_ALL * length;
    }

    private static double overlap(WindowResult window, double from, double until) {
        return Math.min(window.untilS(), until) - Math.max(window.fromS(), from);
    }
}
