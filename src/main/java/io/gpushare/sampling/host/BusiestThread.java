package io.gpushare.sampling.host;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which thread of a program keeps a processor busy, and which one. Looking at all threads takes some 15 µs each, asking
 * where the busiest one is takes that once: so one thread may look now and then, and another ask often.
 */
public final class BusiestThread {
    /** Of a core. A program that hardly uses one is not slowed by it. */
    private static final double LEAST_SHARE = 0.3;

    private final Path procRoot;
    private final Set<Integer> processes;
    private Map<Path, Double> cpuSeconds = Map.of();
    private long lookedNanos;
    private volatile @Nullable Path busiest;

    /** @param processes of the program */
    public BusiestThread(Path procRoot, Set<Integer> processes) {
        this.procRoot = procRoot;
        this.processes = Set.copyOf(processes);
    }

    /** What counts is what threads did since the look before. For one thread. */
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
        busiest = now.entrySet().stream()
                .map(thread -> Map.entry(
                        thread.getKey(), thread.getValue() - before.getOrDefault(thread.getKey(), thread.getValue())))
                .filter(used -> used.getValue() >= least && used.getValue() > 0)
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(null);
        cpuSeconds = now;
        lookedNanos = nanos;
    }

    /** Where it is now; empty where none was busy. From any thread. */
    public OptionalInt cpu() {
        return Optional.ofNullable(busiest)
                .flatMap(stat -> KernelFile.read(stat, ProcessStat::processor).asOptional())
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }
}
