package io.gpushare.workload.output;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.workload.protocol.WorkedWindow;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
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

    private OptionalLong lastBefore = OptionalLong.empty();
    private long startNanos;

    /**
     * What happened before the start does not count, but what was counted then is where the count goes on.
     *
     * @param nanos by the clock that {@link #starts} is told
     */
    public void before(MeasureRule.Kind kind, double number, long nanos) {
        if (kind == MeasureRule.Kind.COUNT) {
            counted = number;
        }
        lastBefore = OptionalLong.of(nanos);
    }

    /** @param nanos the common start, of which the moments of hits are told from here on */
    public void starts(long nanos) {
        startNanos = nanos;
    }

    /** It was started again, and counts from nothing. */
    public void again() {
        counted = 0;
        lastBefore = OptionalLong.empty();
    }

    /** @return the window that ends with it */
    public Optional<WorkedWindow> hit(MeasureRule.Kind kind, double number, long atNanos) {
        OptionalDouble work = work(kind, number, atNanos);
        if (work.isEmpty()) {
            return Optional.empty();
        }
        units += work.getAsDouble();
        steps++;
        last = atNanos;
        return last - from >= SECOND_NANOS ? Optional.of(close()) : Optional.empty();
    }

    private OptionalDouble work(MeasureRule.Kind kind, double number, long atNanos) {
        double seconds = (atNanos - last) / 1e9;
        return switch (kind) {
            case RATE -> OptionalDouble.of(number * seconds);
            // A bar of progress that does not know it yet says 0.
            case TIME_EACH -> number > 0 ? OptionalDouble.of(seconds / number) : OptionalDouble.empty();
            case DURATION -> {
                latency.merge(LatencyCounts.bucketOf(Math.round(number * 1e9)), 1L, Long::sum);
                // Only the first can have begun before the start. Others may overlap: a program may have workers.
                boolean beganBefore = last == 0 && number > seconds;
                yield OptionalDouble.of(beganBefore ? seconds / number : 1);
            }
            case COUNT -> {
                // One that begins anew, as for each epoch, has counted from nothing again.
                double more = number >= counted ? number - counted : number;
                counted = number;
                yield OptionalDouble.of(more * afterTheStart(atNanos));
            }
            case VALUE -> OptionalDouble.empty();
        };
    }

    /** Of what was done since the hit before: that may lie before the start. */
    private double afterTheStart(long atNanos) {
        if (last > 0 || lastBefore.isEmpty()) {
            return 1;
        }
        long since = atNanos + startNanos - lastBefore.getAsLong();
        return since > atNanos ? (double) atNanos / since : 1;
    }

    /** What came after the last full window, up to the last hit. */
    public Optional<WorkedWindow> rest() {
        return steps == 0 ? Optional.empty() : Optional.of(close());
    }

    public double totalUnits() {
        return totalUnits;
    }

    public long totalSteps() {
        return totalSteps;
    }

    private WorkedWindow close() {
        WorkedWindow window = new WorkedWindow(index++, from, last, units, steps, latency);
        totalUnits += units;
        totalSteps += steps;
        from = last;
        units = 0;
        steps = 0;
        latency.clear();
        return window;
    }
}
