package io.gpushare.sim.device;

import io.gpushare.gpu.RecordedSample;
import java.util.ArrayDeque;
import java.util.List;

/** The newest samples, as a driver keeps them. */
final class Ring {
    private final int capacity;
    private final ArrayDeque<RecordedSample> samples = new ArrayDeque<>();

    Ring(int capacity) {
        this.capacity = capacity;
    }

    void add(long timestampMicros, double value) {
        if (samples.size() == capacity) {
            samples.removeFirst();
        }
        samples.addLast(new RecordedSample(timestampMicros, value));
    }

    List<RecordedSample> newerThan(long micros) {
        return samples.stream()
                .filter(sample -> sample.timestampMicros() > micros)
                .toList();
    }

    double newest(double otherwise) {
        return samples.isEmpty() ? otherwise : samples.getLast().value();
    }

    /** Of the newest so many. */
    double mean(int count, double otherwise) {
        return samples.stream()
                .skip(Math.max(0, samples.size() - count))
                .mapToDouble(RecordedSample::value)
                .average()
                .orElse(otherwise);
    }
}
