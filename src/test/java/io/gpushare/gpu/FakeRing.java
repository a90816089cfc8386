package io.gpushare.gpu;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** A driver's ring: keeps so many samples and forgets the oldest. */
public final class FakeRing {
    private final int capacity;
    private final Deque<RecordedSample> samples = new ArrayDeque<>();
    private int overlapping;
    private Runnable fill = () -> {};

    FakeRing(int capacity) {
        this.capacity = capacity;
    }

    public synchronized void record(long timestampMicros, double value) {
        samples.add(new RecordedSample(timestampMicros, value));
        if (samples.size() > capacity) {
            samples.removeFirst();
        }
    }

    /** From now on the ring fills itself as time goes on, as a driver's does. */
    public synchronized void followsTheClock(Clock clock, long periodMicros, LongToDoubleFunction valueAtMicros) {
        fill = () -> {
            long now = Math.floorDiv(
                    Duration.between(Instant.EPOCH, clock.instant()).toNanos(), 1000);
            long next = samples.isEmpty()
                    ? now / periodMicros * periodMicros
                    : samples.getLast().timestampMicros() + periodMicros;
            for (long at = next; at <= now; at += periodMicros) {
                record(at, valueAtMicros.applyAsDouble(at));
            }
        };
        fill.run();
    }

    /** From now on, answers hold this many samples that the caller has already. */
    public synchronized void overlapBy(int count) {
        overlapping = count;
    }

    synchronized Reading<List<RecordedSample>> newerThan(long sinceMicros) {
        fill.run();
        List<RecordedSample> all = new ArrayList<>(samples);
        int first = 0;
        while (first < all.size() && all.get(first).timestampMicros() <= sinceMicros) {
            first++;
        }
        if (first == all.size()) {
            return Reading.absent(Absence.Kind.NO_DATA);
        }
        return Reading.of(List.copyOf(all.subList(Math.max(0, first - overlapping), all.size())));
    }
}
