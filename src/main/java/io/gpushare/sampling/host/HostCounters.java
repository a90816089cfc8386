package io.gpushare.sampling.host;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;

/**
 * What a family of processes took of the host since it began.
 *
 * @param cpuS seconds of one core, with those of members that have ended and were waited for
 * @param endedCpuS the part of these alone
 * @param switches away from its threads; those of threads that have ended are forgotten
 */
public record HostCounters(double cpuS, double endedCpuS, Reading<Switches> switches) {
    static final HostCounters NONE = new HostCounters(0, 0, Reading.of(new Switches(0, 0)));

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
                switches);
    }

    HostCounters with(Reading<Switches> counted) {
        return new HostCounters(cpuS, endedCpuS, counted);
    }

    /** What was taken between two looks at the same family. */
    public HostCounters minus(HostCounters earlier) {
        return new HostCounters(cpuS - earlier.cpuS, endedCpuS - earlier.endedCpuS, switchesSince(earlier));
    }

    private Reading<Switches> switchesSince(HostCounters earlier) {
        if (endedCpuS > earlier.endedCpuS) {
            return forgotten("programs that it started");
        }
        return switch (switches) {
            case Reading.Absent<Switches> absent -> absent;
            case Reading.Value<Switches>(Switches now) ->
                switch (earlier.switches) {
                    case Reading.Absent<Switches> absent -> absent;
                    case Reading.Value<Switches>(Switches before) -> difference(before, now);
                };
        };
    }

    private static Reading<Switches> difference(Switches before, Switches now) {
        Switches used = new Switches(now.voluntary - before.voluntary, now.involuntary - before.involuntary);
        return used.voluntary < 0 || used.involuntary < 0 ? forgotten("some of its threads") : Reading.of(used);
    }

    private static Reading<Switches> forgotten(String who) {
        return Reading.absent(
                new Absence(Absence.Kind.NO_DATA, who + " ended in the measured time, and took their counts along"));
    }
}
