package io.gpushare.experiment.passthrough;

import io.gpushare.reading.Reading;
import java.util.List;

/**
 * What was seen in a state, in its time behind the ramp.
 *
 * @param seconds of that time
 * @param sensors of the machine, by name
 * @param gpus in their order, as the driver tells it: what the machine's sensors do not know
 */
public record StateReading(State state, double seconds, List<SensorLevel> sensors, List<GpuLevel> gpus) {
    public StateReading {
        sensors = List.copyOf(sensors);
        gpus = List.copyOf(gpus);
    }

    /**
     * @param mean of its readings; absent where it had none
     * @param looks that gave a reading
     * @param longestGapS the longest time without one
     * @param absences why there was none at times
     */
    public record SensorLevel(
            String sensor, String unit, Reading<Double> mean, int looks, double longestGapS, List<String> absences) {
        public SensorLevel {
            absences = List.copyOf(absences);
        }

        public boolean hasGaps() {
            return !absences.isEmpty();
        }
    }

    /** Means; the share of the time in which the GPU was busy is absent where the driver does not tell it. */
    public record GpuLevel(int index, Reading<Double> powerW, Reading<Double> busyPercent) {}
}
