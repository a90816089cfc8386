package io.gpushare.sampling.host;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * What one process takes of the host. Its number may be given to another process after its end: the start time tells them
 * apart. For one thread.
 */
public final class WatchedProcess {
    private final Path folder;
    private final LongSupplier nanos;
    private final Rate cpu = new Rate();
    private final Rate waiting = new Rate();
    private final Rate voluntary = new Rate();
    private final Rate involuntary = new Rate();
    private long startTicks = -1;

    public WatchedProcess(Path procRoot, int pid, LongSupplier nanos) {
        this.folder = procRoot.resolve(Integer.toString(pid));
        this.nanos = nanos;
    }

    /**
     * @param cpuPercent of one core, over all threads
     * @param runQueuePercent of the time that its first thread was ready to run and did not
     */
    public record Use(
            Reading<Double> cpuPercent,
            Reading<Double> runQueuePercent,
            Reading<Double> residentBytes,
            Reading<Double> threads,
            Reading<Double> voluntarySwitchesPerS,
            Reading<Double> involuntarySwitchesPerS) {}

    public Reading<Use> next() {
        if (!Files.exists(folder)) {
            return gone("it has ended");
        }
        return switch (KernelFile.read(folder.resolve("stat"), ProcessStat::parse)) {
            case Reading.Absent<ProcessStat>(Absence absence) -> Reading.absent(absence);
            case Reading.Value<ProcessStat>(ProcessStat stat) -> isAnother(stat) ? gone("it has ended") : use(stat);
        };
    }

    private boolean isAnother(ProcessStat stat) {
        if (startTicks < 0) {
            startTicks = stat.startTicks();
        }
        return stat.startTicks() != startTicks;
    }

    private Reading<Use> use(ProcessStat stat) {
        long now = nanos.getAsLong();
        Reading<ProcessStatus> status = KernelFile.read(folder.resolve("status"), ProcessStatus::parse);
        Reading<Double> waited =
                KernelFile.read(folder.resolve("schedstat"), text -> Double.parseDouble(text.split(" ", -1)[1]));
        return Reading.of(new Use(
                cpu.perSecond(Reading.of(stat.cpuSeconds()), now).map(share -> 100 * share),
                waiting.perSecond(waited, now).map(waitNanos -> waitNanos / 1e7),
                status.map(known -> (double) known.residentBytes()),
                status.map(known -> (double) known.threads()),
                voluntary.perSecond(status.map(known -> (double) known.voluntarySwitches()), now),
                involuntary.perSecond(status.map(known -> (double) known.involuntarySwitches()), now)));
    }

    private static Reading<Use> gone(String why) {
        return Reading.absent(new Absence(Absence.Kind.NO_DATA, why));
    }
}
