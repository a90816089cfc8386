package io.gpushare.sampling.summary;

import io.gpushare.gpu.ClockEvent;
import io.gpushare.sampling.samples.Subject;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** @param percentOfSamples in which the event was under way; without the events that never were */
public record GpuClockEvents(Subject gpu, long samples, Map<ClockEvent, Double> percentOfSamples) {
    public GpuClockEvents {
        Map<ClockEvent, Double> copy = new EnumMap<>(ClockEvent.class);
        copy.putAll(percentOfSamples);
        percentOfSamples = Collections.unmodifiableMap(copy);
    }

    public GpuClockEvents without(ClockEvent event) {
        Map<ClockEvent, Double> others = new EnumMap<>(ClockEvent.class);
        others.putAll(percentOfSamples);
        others.remove(event);
        return new GpuClockEvents(gpu, samples, others);
    }

    /** The events that held the GPU back, as in "software power cap (96.7 % of the samples)"; empty if none did. */
    public String throttling() {
        return percentOfSamples.entrySet().stream()
                .filter(event -> event.getKey().throttling())
                .map(event -> String.format(
                        Locale.ROOT,
                        "%s (%.1f %% of the samples)",
                        event.getKey().words(),
                        event.getValue()))
                .collect(Collectors.joining(", "));
    }
}
