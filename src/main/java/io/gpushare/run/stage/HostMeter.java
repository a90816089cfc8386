package io.gpushare.run.stage;

import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import io.gpushare.sampling.host.ControlGroup;
import io.gpushare.sampling.host.HostCounters;
import io.gpushare.sampling.host.HostCounters.Switches;
import io.gpushare.sampling.host.ProcessFamilies;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What programs took of the host in the measured time, with all that they started. The kernel counts switches thread
 * by thread, and forgets those of threads that have ended: so both readings are taken while all work. A program with a
 * hundred threads costs milliseconds: programs are read side by side.
 */
final class HostMeter {
    private static final Path PROC = Path.of("/proc");
    private static final String NO_PROCESSES = "it has no processes on this host";

    /** The kernel shows processor time in ticks of 1/100 s: two looks at several processes may be off by a few. */
    private static final double ROUNDING_S = 0.05;

    private final List<Program> programs;
    private final Time time;
    private List<Look> first = List.of();
    private long costNanos;

    /** @param controlGroups that hold it and nothing else */
    record Program(Set<Integer> processes, List<Path> controlGroups) {
        Program {
            processes = Set.copyOf(processes);
            controlGroups = List.copyOf(controlGroups);
        }
    }

    /**
     * @param family its processes, and all that descend from them
     * @param groupCpuS of its container's control group, which misses nothing; absent without one
     */
    private record Look(Reading<HostCounters> family, Reading<Double> groupCpuS) {}

    HostMeter(List<Program> programs, Time time) {
        this.programs = List.copyOf(programs);
        this.time = time;
    }

    void start() throws InterruptedException {
        long begin = time.nanos();
        first = lookAtAll();
        costNanos = time.nanos() - begin;
    }

    /** How long a reading takes. */
    long costNanos() {
        return costNanos;
    }

    /** By program. */
    List<Reading<HostUse>> stop() throws InterruptedException {
        List<Look> last = lookAtAll();
        return IntStream.range(0, programs.size())
                .mapToObj(place -> used(first.get(place), last.get(place)))
                .toList();
    }

    private static Reading<HostUse> used(Look first, Look last) {
        Reading<HostCounters> family = first.family().join(last.family(), (from, until) -> until.minus(from));
        Reading<Double> group = first.groupCpuS().join(last.groupCpuS(), (from, until) -> until - from);
        Reading<Double> cpuS = group.asOptional().isPresent() ? group : family.map(HostCounters::cpuS);
        if (cpuS.asOptional().filter(seconds -> seconds < -ROUNDING_S).isPresent()) {
            return Reading.noData(
                    "some of its processes ended while nobody waited for them, and took their time along");
        }
        Reading<Switches> switches = family.flatMap(HostCounters::switches);
        return cpuS.map(seconds -> new HostUse(
                Math.max(0, seconds),
                switches.map(Switches::voluntary),
                switches.map(Switches::involuntary),
                family.flatMap(HostCounters::waitedNanos).map(nanos -> nanos / 1e9)));
    }

    private List<Look> lookAtAll() throws InterruptedException {
        if (!time.isReal()) {
            Reading<HostCounters> nothing = Reading.notMeasured(Time.NOT_THE_MACHINES);
            return Collections.nCopies(programs.size(), new Look(nothing, nothing.map(HostCounters::cpuS)));
        }
        ProcessFamilies families = ProcessFamilies.look(PROC);
        List<Look> looks = new ArrayList<>();
        List<Thread> readers = new ArrayList<>();
        for (int place = 0; place < programs.size(); place++) {
            int own = place;
            looks.add(new Look(Reading.notMeasured(NO_PROCESSES), Reading.notMeasured(NO_PROCESSES)));
            if (!programs.get(place).processes().isEmpty()) {
                readers.add(Thread.ofVirtual().start(() -> looks.set(own, look(families, programs.get(own)))));
            }
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return looks;
    }

    private static Look look(ProcessFamilies families, Program program) {
        return new Look(families.use(program.processes()), ControlGroup.cpuSeconds(program.controlGroups()));
    }
}
