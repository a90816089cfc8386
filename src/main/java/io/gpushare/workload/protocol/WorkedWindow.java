package io.gpushare.workload.protocol;

import java.util.Map;

/**
 * A part of the measured time and what was done in it, as somebody tells it who speaks for a program.
 *
 * @param fromNanos and {@code untilNanos}: since the common start
 * @param latency counts of steps by bucket
 */
public record WorkedWindow(
        int index, long fromNanos, long untilNanos, double units, long steps, Map<Integer, Long> latency) {
    public WorkedWindow {
        latency = Map.copyOf(latency);
    }
}
