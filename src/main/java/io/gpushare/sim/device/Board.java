package io.gpushare.sim.device;

import io.gpushare.gpu.RecordedKind;
import io.gpushare.gpu.RecordedSample;
import io.gpushare.sim.event.Use;
import io.gpushare.sim.model.GpuProfile;
import java.util.ArrayDeque;
import java.util.List;

/** What the driver records of itself: power each 20 ms, utilisation each 200 ms, energy each 100 ms, temperature. */
final class Board {
    static final long PERIOD_NANOS = 20_000_000;
    private static final int PERIODS_OF_ENERGY = 5;
    private static final int PERIODS_OF_UTILIZATION = 10;
    private static final int PERIODS_OF_AVERAGE_POWER = 50;
    private static final int POWER_RING = 119;
    private static final int UTILIZATION_RING = 71;

    /** A large heat sink warms in half a minute. */
    private static final double HEATING_SECONDS = 25;

    private static final double PERIOD_SECONDS = PERIOD_NANOS / 1e9;

    private final GpuProfile gpu;
    private final Ring power = new Ring(POWER_RING);
    private final Ring busy = new Ring(UTILIZATION_RING);
    private final Ring memory = new Ring(UTILIZATION_RING);
    private long periods;
    private Use lastPeriod;
    private Use lastUtilization;
    private double joules;
    private double shownJoules;
    private double temperatureC;
    private double wantedW;

    Board(GpuProfile gpu, Use begin) {
        this.gpu = gpu;
        this.lastPeriod = begin;
        this.lastUtilization = begin;
        this.temperatureC = gpu.idleC();
        this.wantedW = gpu.idleW();
    }

    /** The next instant at which something is recorded, in the simulation's time. */
    long nextNanos() {
        return (periods + 1) * PERIOD_NANOS;
    }

    void record(Use use, long unixMicros) {
        periods++;
        wantedW = gpu.idleW() + (use.dynamicJoules() - lastPeriod.dynamicJoules()) / PERIOD_SECONDS;
        lastPeriod = use;
        double watts = Math.min(gpu.limitW(), wantedW);
        power.add(unixMicros, watts);
        joules += watts * PERIOD_SECONDS;
        double target = gpu.idleC() + (gpu.hotC() - gpu.idleC()) * (watts - gpu.idleW()) / (gpu.limitW() - gpu.idleW());
        temperatureC += (target - temperatureC) * (1 - Math.exp(-PERIOD_SECONDS / HEATING_SECONDS));
        if (periods % PERIODS_OF_ENERGY == 0) {
            shownJoules = joules;
        }
        if (periods % PERIODS_OF_UTILIZATION == 0) {
            double nanos = PERIODS_OF_UTILIZATION * (double) PERIOD_NANOS;
            busy.add(unixMicros, Math.rint(100.0 * (use.busyNanos() - lastUtilization.busyNanos()) / nanos));
            memory.add(unixMicros, Math.rint((use.dramPercentNanos() - lastUtilization.dramPercentNanos()) / nanos));
            lastUtilization = use;
        }
    }

    List<RecordedSample> recorded(RecordedKind kind, long sinceMicros) {
        return switch (kind) {
            case POWER -> power.newerThan(sinceMicros);
            case GPU_UTILIZATION -> busy.newerThan(sinceMicros);
            case MEMORY_UTILIZATION -> memory.newerThan(sinceMicros);
        };
    }

    double averageW() {
        return power.mean(PERIODS_OF_AVERAGE_POWER, gpu.idleW());
    }

    int busyPercent() {
        return (int) busy.newest(0);
    }

    int memoryPercent() {
        return (int) memory.newest(0);
    }

    long millijoules() {
        return Math.round(shownJoules * 1000);
    }

    int temperatureC() {
        return (int) Math.round(temperatureC);
    }

    boolean capped() {
        return wantedW > gpu.limitW();
    }

    /** Power grows with about the cube of the clock. */
    double clockShare() {
        return capped() ? Math.cbrt((gpu.limitW() - gpu.idleW()) / (wantedW - gpu.idleW())) : 1;
    }

    /** The newest samples, as a driver keeps them. */
    private static final class Ring {
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
}
