package io.gpushare.cli.option;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which GPUs a command is about. */
public final class GpuSelection {
    /** Shorter prefixes of a UUID say too little to be meant. */
    private static final int SHORTEST_UUID_PREFIX = 8;

    @Option(
            names = "--gpu",
            split = ",",
            paramLabel = "INDEX|UUID",
            description = "GPU by index or UUID (its beginning is enough); repeat it or separate with commas."
                    + " Default: all GPUs.")
    private List<String> wanted = new ArrayList<>();

    /** All, unless options say otherwise. */
    public GpuSelection() {}

    public GpuSelection(List<String> names) {
        wanted = List.copyOf(names);
    }

    /** Returns the chosen GPUs in the order in which the driver lists {@code all}, each once. */
    public List<Gpu> from(List<Gpu> all) {
        if (all.isEmpty()) {
            throw new NoGpuException(
                    "the driver works but shows no GPU",
                    "`gpushare doctor` looks further. In a container, it must be started with a GPU.");
        }
        if (wanted.isEmpty()) {
            return all;
        }
        Set<Gpu> chosen = new LinkedHashSet<>();
        wanted.forEach(name -> chosen.add(find(name, all)));
        return all.stream().filter(chosen::contains).toList();
    }

    private static Gpu find(String name, List<Gpu> all) {
        List<Gpu> matching =
                all.stream().filter(gpu -> isNamed(gpu, name.strip())).toList();
        if (matching.size() == 1) {
            return matching.getFirst();
        }
        String problem = matching.isEmpty() ? "there is no GPU '%s' here" : "'%s' is the beginning of several UUIDs";
        throw GpushareException.usage(problem.formatted(name), "`gpushare gpus` lists them.");
    }

    private static boolean isNamed(Gpu gpu, String name) {
        if (name.equals(Integer.toString(gpu.identity().index()))) {
            return true;
        }
        return name.length() >= SHORTEST_UUID_PREFIX && gpu.identity().uuid().startsWith(name);
    }
}
