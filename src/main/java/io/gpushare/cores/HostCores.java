package io.gpushare.cores;

import io.gpushare.reading.Reading;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The physical cores of this machine on which this process may run.
 *
 * @param cores in the order of their first processors
 */
public record HostCores(List<Core> cores) {
    public HostCores {
        cores = List.copyOf(cores);
    }

    /**
     * A core, or what of it may be used.
     *
     * @param cpus its hyper-threads; one where it has no others
     * @param node of memory to which it belongs; 0 where the machine has but one
     */
    public record Core(CpuSet cpus, int node) {}

    /**
     * Looks at this machine.
     *
     * @param root {@code /} but in tests
     */
    public static Reading<HostCores> read(Path root) {
        Optional<CpuSet> allowed = CpuSet.allowedTo(root.resolve("proc/self"));
        if (allowed.isEmpty()) {
            return Reading.noData("the kernel does not say on which cores programs may run");
        }
        Path system = root.resolve("sys/devices/system");
        // What is allowed may name processors that are switched off, or that no machine of this kind has.
        CpuSet usable =
                list(system.resolve("cpu/online")).map(allowed.get()::and).orElse(allowed.get());
        Map<Integer, Integer> nodes = nodes(system.resolve("node"));
        List<Core> cores = new ArrayList<>();
        Set<Integer> left = new TreeSet<>(usable.numbers());
        for (int cpu : usable.numbers()) {
            if (left.contains(cpu)) {
                Set<Integer> threads = new TreeSet<>(left);
                threads.retainAll(list(system.resolve("cpu/cpu" + cpu + "/topology/thread_siblings_list"))
                        .map(CpuSet::numbers)
                        .orElse(Collections.emptySortedSet()));
                threads.add(cpu);
                left.removeAll(threads);
                cores.add(new Core(CpuSet.of(threads), nodes.getOrDefault(cpu, 0)));
            }
        }
        return Reading.of(new HostCores(cores));
    }

    /** The processors of the physical core to which this one belongs, itself among them. */
    public Set<Integer> together(int cpu) {
        return cores.stream()
                .map(core -> core.cpus().numbers())
                .filter(cpus -> cpus.contains(cpu))
                .findFirst()
                .<Set<Integer>>map(cpus -> cpus)
                .orElseGet(() -> Set.of(cpu));
    }

    public CpuSet all() {
        return CpuSet.of(
                cores.stream().flatMap(core -> core.cpus().numbers().stream()).toList());
    }

    /** With the cores of these processors at the end; the first core, on which the kernel works, stays the first. */
    public HostCores withLast(Set<Integer> cpus) {
        List<Core> others = cores.subList(Math.min(1, cores.size()), cores.size());
        List<Core> ordered = new ArrayList<>(cores.subList(0, Math.min(1, cores.size())));
        others.stream().filter(core -> !core.cpus().containsAny(cpus)).forEach(ordered::add);
        others.stream().filter(core -> core.cpus().containsAny(cpus)).forEach(ordered::add);
        return new HostCores(ordered);
    }

    /** Hyper-threads and all. */
    public int cpus() {
        return cores.stream().mapToInt(core -> core.cpus().numbers().size()).sum();
    }

    private static Map<Integer, Integer> nodes(Path folder) {
        Map<Integer, Integer> nodeOf = new TreeMap<>();
        try (DirectoryStream<Path> nodes = Files.newDirectoryStream(folder, "node[0-9]*")) {
            for (Path node : nodes) {
                int number = Integer.parseInt(node.getFileName().toString().substring("node".length()));
                list(node.resolve("cpulist")).ifPresent(cpus -> cpus.numbers().forEach(cpu -> nodeOf.put(cpu, number)));
            }
        } catch (IOException none) {
            return Map.of();
        }
        return nodeOf;
    }

    private static Optional<CpuSet> list(Path file) {
        try {
            return Optional.of(CpuSet.parse(Files.readString(file)));
        } catch (IOException | IllegalArgumentException missing) {
            return Optional.empty();
        }
    }
}
