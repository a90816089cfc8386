package io.gpushare.load.peak;

import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Which rate to try next, as LoadGen's FindPeakPerformance does: it doubles until a rate does not keep the bound, or
 * halves until one does, then halves what is between, until that is small enough. It takes for granted that what is too
 * much stays too much at higher rates.
 */
public final class PeakSearch {
    private static final double LOWEST = 0.01;

    private final double first;
    private final double highest;
    private final double precision;
    private final NavigableMap<Double, PeakStep> steps = new TreeMap<>();

    /**
     * @param first rate to try; {@code highest} to try at all
     * @param precision the interval at the end, as a share of its lower end
     */
    public PeakSearch(double first, double highest, double precision) {
        this.first = Math.min(first, highest);
        this.highest = highest;
        this.precision = precision;
    }

    public void add(PeakStep step) {
        steps.put(step.rate(), step);
    }

    /** By their rates. */
    public List<PeakStep> steps() {
        return List.copyOf(steps.values());
    }

    /** Empty where the peak is known. */
    public OptionalDouble next() {
        if (steps.isEmpty()) {
            return OptionalDouble.of(first);
        }
        Optional<PeakStep> tooMuch = tooMuch();
        if (tooMuch.isEmpty()) {
            double top = steps.lastKey();
            return top >= highest ? OptionalDouble.empty() : OptionalDouble.of(Math.min(2 * top, highest));
        }
        double above = tooMuch.get().rate();
        Optional<PeakStep> peak = peak();
        if (peak.isEmpty()) {
            return above / 2 < LOWEST ? OptionalDouble.empty() : OptionalDouble.of(above / 2);
        }
        double below = peak.get().rate();
        return above - below <= precision * below ? OptionalDouble.empty() : OptionalDouble.of((below + above) / 2);
    }

    /** The lowest that did not keep the bound. */
    public Optional<PeakStep> tooMuch() {
        return steps.values().stream().filter(step -> !step.kept()).findFirst();
    }

    /** The highest that kept the bound, with none below it that did not. */
    public Optional<PeakStep> peak() {
        return steps.values().stream().takeWhile(PeakStep::kept).reduce((_, last) -> last);
    }
}
