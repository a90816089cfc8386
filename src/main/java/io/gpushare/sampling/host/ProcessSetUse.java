package io.gpushare.sampling.host;

import io.gpushare.gpu.Absence;
import io.gpushare.gpu.Reading;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * Counters of several processes together. Two looks are subtracted, so that a thread that ended in between takes its
 * switches along; processor time stays with its process.
 */
public final class ProcessSetUse {
    private static final String VOLUNTARY = "\nvoluntary_ctxt_switches:";
    private static final String INVOLUNTARY = "\nnonvoluntary_ctxt_switches:";

    private ProcessSetUse() {}

    /** Absent when one of them cannot be read, or has ended: the sum would be too small. */
    public static Reading<HostCounters> read(Path procRoot, Set<Integer> pids) {
        if (pids.isEmpty()) {
            return Reading.absent(new Absence(Absence.Kind.NO_DATA, "there are no processes"));
        }
        HostCounters sum = HostCounters.NONE;
        for (int pid : pids) {
            switch (process(procRoot.resolve(Integer.toString(pid)))) {
                case Reading.Value<HostCounters>(HostCounters counters) -> sum = sum.plus(counters);
                case Reading.Absent<HostCounters> absent -> {
                    return absent;
                }
            }
        }
        return Reading.of(sum);
    }

    private static Reading<HostCounters> process(Path folder) {
        return switch (KernelFile.read(folder.resolve("stat"), ProcessStat::parse)) {
            case Reading.Absent<ProcessStat>(Absence absence) -> Reading.absent(absence);
            case Reading.Value<ProcessStat>(ProcessStat stat) -> threads(folder, stat.cpuSeconds());
        };
    }

    private static Reading<HostCounters> threads(Path folder, double cpuS) {
        Path tasks = folder.resolve("task");
        String[] threads = tasks.toFile().list();
        if (threads == null) {
            return Reading.absent(new Absence(Absence.Kind.NO_DATA, "no " + tasks));
        }
        HostCounters sum = new HostCounters(cpuS, 0, 0);
        for (String thread : threads) {
            Path file = tasks.resolve(thread).resolve("status");
            switch (KernelFile.read(file, ProcessSetUse::switches)) {
                case Reading.Value<HostCounters>(HostCounters switches) -> sum = sum.plus(switches);
                case Reading.Absent<HostCounters> absent -> {
                    if (Files.exists(file)) {
                        return absent;
                    }
                }
            }
        }
        return Reading.of(sum);
    }

    private static HostCounters switches(String status) {
        return new HostCounters(0, number(status, VOLUNTARY), number(status, INVOLUNTARY));
    }

    private static long number(String status, String label) {
        int start = status.indexOf(label);
        if (start < 0) {
            throw new IllegalArgumentException("no " + label.strip());
        }
        int end = status.indexOf('\n', start + 1);
        return Long.parseLong(status.substring(start + label.length(), end < 0 ? status.length() : end)
                .strip());
    }
}
