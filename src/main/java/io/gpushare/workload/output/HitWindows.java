package io.gpushare.workload.output;

import io.gpushare.analysis.LatencyCounts;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Makes windows of the hits of the rules that tell one work, in nanoseconds since the common start. A window ends with
 * the first hit a second or more after its begin, so that its work is that between two hits and its length that
 * between two moments of our own clock.
 */
public final class HitWindows {
    private static final long SECOND_NANOS = 1_000_000_000;

    private final Map<Integer, Long> latency = new TreeMap<>();
    private int index;
    private long from;
    private long last;
    private double units;
    private long steps;
    private double totalUnits;
    private long totalSteps;
    /** What was counted by the last hit; a program counts from nothing. */
    private double counted;

    /** @param latency counts by bucket, of steps that the program timed itself */
    public record Window(
            int index, long fromNanos, long untilNanos, double units, long steps, Map<Integer, Long> latency) {
        public Window {
            latency = Map.copyOf(latency);
        }
    }

    /** What happened before the start does not count, but what was counted then is where the count goes on. */
    public void before(MeasureRule.Kind kind, double number) {
        if (kind == MeasureRule.Kind.COUNT) {
            counted = number;
        }
    }

    /** It was started again, and counts from nothing. */
    public void again() {
        counted = 0;
    }

    /** @return the window that ends with it */
    public Optional<Window> hit(MeasureRule.Kind kind, double number, long atNanos) {
        OptionalDouble work = work(kind, number, atNanos - last);
        if (work.isEmpty()) {
            return Optional.empty();
        }
        units += work.getAsDouble();
        steps++;
        last = atNanos;
        return last - from >= SECOND_NANOS ? Optional.of(close()) : Optional.empty();
    }

    private OptionalDouble work(MeasureRule.Kind kind, double number, long sinceNanos) {
        double seconds = sinceNanos / 1e9;
        return switch (kind) {
            case RATE -> OptionalDouble.of(number * seconds);
            // A bar of progress that does not know it yet says 0.
            case TIME_EACH -> number > 0 ? OptionalDouble.of(seconds / number) : OptionalDouble.empty();
            case DURATION -> {
                latency.merge(LatencyCounts.bucketOf(Math.round(number * 1e9)), 1L, Long::sum);
                yield OptionalDouble.of(1);
            }
            case COUNT -> {
                // One that begins anew, as for each epoch, has counted from nothing again.
                double more = number >= counted ? number - counted : number;
                counted = number;
                yield OptionalDouble.of(more);
            }
            case VALUE -> OptionalDouble.empty();
        };
    }

    /** What came after the last full window, up to the last hit. */
    public Optional<Window> rest() {
        return steps == 0 ? Optional.empty() : Optional.of(close());
    }

    public double totalUnits() {
        return totalUnits;
    }

    public long totalSteps() {
        return totalSteps;
    }

    private Window close() {
        Window window = new Window(index++, from, last, units, steps, latency);
        totalUnits += units;
        totalSteps += steps;
        from = last;
        units = 0;
        steps = 0;
        latency.clear();
        return window;
    }
}
