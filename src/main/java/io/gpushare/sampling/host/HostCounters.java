package io.gpushare.sampling.host;

/**
 * What processes took of the host since they began.
 *
 * @param cpuS seconds of one core
 * @param voluntarySwitches away from a thread that waited for something
 * @param involuntarySwitches away from a thread that could have gone on
 */
public record HostCounters(double cpuS, long voluntarySwitches, long involuntarySwitches) {
    static final HostCounters NONE = new HostCounters(0, 0, 0);

    public HostCounters minus(HostCounters earlier) {
        return new HostCounters(
                cpuS - earlier.cpuS,
                voluntarySwitches - earlier.voluntarySwitches,
                involuntarySwitches - earlier.involuntarySwitches);
    }

    HostCounters plus(HostCounters other) {
        return new HostCounters(
                cpuS + other.cpuS,
                voluntarySwitches + other.voluntarySwitches,
                involuntarySwitches + other.involuntarySwitches);
    }
}
