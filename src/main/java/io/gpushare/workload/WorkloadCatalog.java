package io.gpushare.workload;

import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The workloads that can be named: each folder with a {@code workload.yaml} directly below one of some roots. */
public final class WorkloadCatalog {
    private final Map<String, Workload> workloads;

    private WorkloadCatalog(Map<String, Workload> workloads) {
        this.workloads = workloads;
    }

    /**
     * A broken workload breaks the catalog: whoever wrote it must hear of it. The same folder twice is read once.
     *
     * @param roots later ones add to earlier ones; two workloads of one name are a usage error
     */
    public static WorkloadCatalog load(List<Path> roots) {
        Map<String, Workload> workloads = new TreeMap<>();
        Set<Path> seen = new HashSet<>();
        for (Path root : roots) {
            for (Path folder : foldersOf(root)) {
                if (seen.add(real(folder))) {
                    add(read(folder.resolve(WorkloadFile.NAME)), workloads);
                }
            }
        }
        return new WorkloadCatalog(workloads);
    }

    /** One workload by its file; the other files of its folder belong to it. */
    public static Workload read(Path workloadYaml) {
        return WorkloadFile.read(workloadYaml);
    }

    /** What {@link #read} made it of. */
    public static Path fileOf(Workload workload) {
        return workload.folder().resolve(WorkloadFile.NAME).toAbsolutePath().normalize();
    }

    private static List<Path> foldersOf(Path root) {
        if (!Files.isDirectory(root)) {
            throw GpushareException.usage(
                    "there is no folder with workloads at " + root,
                    "It holds a folder for each workload, with a " + WorkloadFile.NAME + " in it.");
        }
        try (Stream<Path> children = Files.list(root)) {
            return children.filter(child -> Files.exists(child.resolve(WorkloadFile.NAME)))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw GpushareException.usage("cannot read the folder " + root + ": " + e.getMessage(), null, e);
        }
    }

    private static Path real(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw GpushareException.usage("cannot read the folder " + folder + ": " + e.getMessage(), null, e);
        }
    }

    private static void add(Workload workload, Map<String, Workload> workloads) {
        Workload earlier = workloads.putIfAbsent(workload.name(), workload);
        if (earlier != null) {
            throw GpushareException.usage(
                    "two workloads are named '" + workload.name() + "': "
                            + earlier.folder().resolve(WorkloadFile.NAME) + " and "
                            + workload.folder().resolve(WorkloadFile.NAME),
                    "Rename one of the folders, and the name in its " + WorkloadFile.NAME + ".");
        }
    }

    /** By name. */
    public List<Workload> all() {
        return List.copyOf(workloads.values());
    }

    /** @throws GpushareException a usage error when there is none of this name */
    public Workload require(String name) {
        Workload workload = workloads.get(name);
        if (workload == null) {
            throw GpushareException.usage(
                    "there is no workload '" + name + "'",
                    Spelling.suggestion(name, workloads.keySet())
                            + (workloads.isEmpty()
                                    ? "There is none at all."
                                    : "There are " + String.join(", ", workloads.keySet()) + "."));
        }
        return workload;
    }
}
