package io.gpushare.sampling.host;

import io.gpushare.reading.Reading;

/**
 * What a family of processes took of the host since it began.
 *
 * @param cpuS seconds of one core, with those of members that have ended and were waited for
 * @param endedCpuS the part of these alone
 * @param switches away from its threads; those of threads that have ended are forgotten
 * @param waitedNanos its threads, for a core, though they could have run; likewise
 */
public record HostCounters(double cpuS, double endedCpuS, Reading<Switches> switches, Reading<Long> waitedNanos) {
    static final HostCounters NONE = new HostCounters(0, 0, Reading.of(new Switches(0, 0)), Reading.of(0L));

    private static final String PROGRAMS = "programs that it started";
    private static final String THREADS = "some of its threads";

    /**
     * @param voluntary away from a thread that waited for something
     * @param involuntary away from a thread that could have gone on
     */
    public record Switches(long voluntary, long involuntary) {
        Switches plus(Switches other) {
            return new Switches(voluntary + other.voluntary, involuntary + other.involuntary);
        }
    }

    HostCounters plus(ProcessStat process) {
        return new HostCounters(
                cpuS + process.cpuSeconds() + process.endedChildrenSeconds(),
                endedCpuS + process.endedChildrenSeconds(),
                switches,
                waitedNanos);
    }

    HostCounters with(Reading<Switches> counted, Reading<Long> waited) {
        return new HostCounters(cpuS, endedCpuS, counted, waited);
    }

    /** What was taken between two looks at the same family. */
    public HostCounters minus(HostCounters earlier) {
        boolean someEnded = endedCpuS > earlier.endedCpuS;
        return new HostCounters(
                cpuS - earlier.cpuS,
                endedCpuS - earlier.endedCpuS,
                someEnded
                        ? forgotten(PROGRAMS)
                        : switches.flatMap(now -> earlier.switches.flatMap(before -> difference(before, now))),
                someEnded
                        ? forgotten(PROGRAMS)
                        : waitedNanos.flatMap(now -> earlier.waitedNanos.flatMap(before -> difference(before, now))));
    }

    private static Reading<Switches> difference(Switches before, Switches now) {
        Switches used = new Switches(now.voluntary - before.voluntary, now.involuntary - before.involuntary);
        return used.voluntary < 0 || used.involuntary < 0 ? forgotten(THREADS) : Reading.of(used);
    }

    private static Reading<Long> difference(long before, long now) {
        return now < before ? forgotten(THREADS) : Reading.of(now - before);
    }

    private static <T> Reading<T> forgotten(String who) {
        return Reading.noData(who + " ended in the measured time, and took their counts along");
    }
}
