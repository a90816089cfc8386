package io.gpushare.gpu;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A driver's ring: keeps so many samples and forgets the oldest. */
public final class FakeRing {
    private final int capacity;
    private final Deque<RecordedSample> samples = new ArrayDeque<>();
    private int overlapping;

    FakeRing(int capacity) {
        this.capacity = capacity;
    }

    public synchronized void record(long timestampMicros, double value) {
        samples.add(new RecordedSample(timestampMicros, value));
        if (samples.size() > capacity) {
            samples.removeFirst();
        }
    }

    /** From now on, answers hold this many samples that the caller has already. */
    public synchronized void overlapBy(int count) {
        overlapping = count;
    }

    synchronized Reading<List<RecordedSample>> newerThan(long sinceMicros) {
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
