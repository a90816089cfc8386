package io.gpushare.sampling.host;

import io.gpushare.platform.KernelFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which thread of a program keeps a processor busy, and which processor that is. To look at all threads takes some
 * 0.1 ms each; to ask where the busiest one is, whose file stays open, takes a tenth of that. For one thread.
 */
public final class BusiestThread implements AutoCloseable {
    /** Of a core. A program that hardly uses one is not slowed by it. */
    private static final double LEAST_SHARE = 0.3;

    private static final int LONGEST_LINE = 4096;

    private final Path procRoot;
    private final Set<Integer> processes;
    private final byte[] line = new byte[LONGEST_LINE];
    private Map<Path, Double> cpuSeconds = Map.of();
    private long lookedNanos;
    private @Nullable Path busiest;
    private @Nullable RandomAccessFile open;

    /** @param processes of the program */
    public BusiestThread(Path procRoot, Set<Integer> processes) {
        this.procRoot = procRoot;
        this.processes = Set.copyOf(processes);
    }

    /** What counts is what threads did since the look before. */
    public void look(long nanos) {
        Map<Path, Double> now = new HashMap<>();
        for (int process : processes) {
            Path tasks = procRoot.resolve(Integer.toString(process)).resolve("task");
            String[] threads = tasks.toFile().list();
            for (String thread : threads == null ? new String[0] : threads) {
                Path stat = tasks.resolve(thread).resolve("stat");
                KernelFile.read(stat, ProcessStat::parse)
                        .asOptional()
                        .ifPresent(known -> now.put(stat, known.cpuSeconds()));
            }
        }
        double least = LEAST_SHARE * (nanos - lookedNanos) / 1e9;
        Map<Path, Double> before = cpuSeconds;
        follow(now.entrySet().stream()
                .map(thread -> Map.entry(
                        thread.getKey(), thread.getValue() - before.getOrDefault(thread.getKey(), thread.getValue())))
                .filter(used -> used.getValue() >= least && used.getValue() > 0)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey));
        cpuSeconds = now;
        lookedNanos = nanos;
    }

    private void follow(Optional<Path> thread) {
        if (thread.isEmpty() || !thread.get().equals(busiest)) {
            close();
            try {
                open = thread.isEmpty()
                        ? null
                        : new RandomAccessFile(thread.get().toFile(), "r");
                busiest = thread.orElse(null);
            } catch (IOException ended) {
                busiest = null;
            }
        }
    }

    /** Where it is now; empty where none was busy. */
    public OptionalInt cpu() {
        if (open == null) {
            return OptionalInt.empty();
        }
        try {
            open.seek(0);
            int length = open.read(line);
            return OptionalInt.of(
                    ProcessStat.processor(new String(line, 0, Math.max(0, length), StandardCharsets.UTF_8)));
        } catch (IOException | RuntimeException ended) {
            return OptionalInt.empty();
        }
    }

    @Override
    public void close() {
        busiest = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException _) {
                // It was only read.
            }
            open = null;
        }
    }
}
