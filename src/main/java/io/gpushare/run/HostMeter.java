package io.gpushare.run;

import io.gpushare.gpu.Absence;
import io.gpushare.gpu.Reading;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import io.gpushare.sampling.host.HostCounters;
import io.gpushare.sampling.host.ProcessSetUse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What each tenant took of the host in the measured time. The kernel counts switches thread by thread, and forgets those of
 * threads that have ended: so both readings are taken while all work. A program with a hundred threads costs milliseconds:
 * tenants are read side by side.
 */
final class HostMeter {
    private static final Path PROC = Path.of("/proc");

    private final List<StageTenant> tenants;
    private final List<Set<Integer>> processes;
    private List<Reading<HostCounters>> first = List.of();
    private long costNanos;

    HostMeter(List<StageTenant> tenants) {
        this.tenants = List.copyOf(tenants);
        this.processes =
                tenants.stream().map(tenant -> Set.copyOf(tenant.processes)).toList();
    }

    void start() throws InterruptedException {
        long begin = System.nanoTime();
        first = readAll();
        costNanos = System.nanoTime() - begin;
    }

    /** How long a reading takes. */
    long costNanos() {
        return costNanos;
    }

    void stop() throws InterruptedException {
        List<Reading<HostCounters>> last = readAll();
        for (int place = 0; place < tenants.size(); place++) {
            tenants.get(place).hostUse = used(first.get(place), last.get(place));
        }
    }

    private static Reading<HostUse> used(Reading<HostCounters> first, Reading<HostCounters> last) {
        if (first.asOptional().isEmpty()) {
            return first.map(never -> new HostUse(0, 0, 0));
        }
        return switch (last) {
            case Reading.Absent<HostCounters>(Absence absence) -> Reading.absent(absence);
            case Reading.Value<HostCounters>(HostCounters counters) ->
                between(first.asOptional().orElseThrow(), counters);
        };
    }

    private static Reading<HostUse> between(HostCounters first, HostCounters last) {
        HostCounters used = last.minus(first);
        if (used.cpuS() < 0 || used.voluntarySwitches() < 0 || used.involuntarySwitches() < 0) {
            return Reading.absent(new Absence(
                    Absence.Kind.NO_DATA,
                    "some of its threads ended in the measured time, and took their counts along"));
        }
        return Reading.of(new HostUse(used.cpuS(), used.voluntarySwitches(), used.involuntarySwitches()));
    }

    private List<Reading<HostCounters>> readAll() throws InterruptedException {
        List<Reading<HostCounters>> readings = new ArrayList<>();
        List<Thread> readers = new ArrayList<>();
        for (int place = 0; place < tenants.size(); place++) {
            int own = place;
            readings.add(Reading.notMeasured("it has no processes on this host"));
            if (!processes.get(place).isEmpty()) {
                readers.add(Thread.ofVirtual()
                        .start(() -> readings.set(own, ProcessSetUse.read(PROC, processes.get(own)))));
            }
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return readings;
    }
}
