package io.gpushare.mode.nvidia;

import io.gpushare.gpu.MigPlacement;
import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuInstance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code nvidia-smi mig -lgi} and {@code -lci} print. */
final class InstanceTables {
    private static final Pattern GPU_INSTANCE =
            Pattern.compile("(?m)^\\|\\s*(\\d+)\\s+MIG (\\S+)\\s+\\d+\\*?\\s+(\\d+)\\s+(\\d+):(\\d+)\\s*\\|");

    /** Older drivers have no column for the placement. */
    private static final Pattern COMPUTE_INSTANCE = Pattern.compile(
            "(?m)^\\|\\s*(\\d+)\\s+(\\d+)\\s+MIG (\\S+)\\s+\\d+\\*?\\s+(\\d+)(?:\\s+(\\d+):\\d+)?\\s*\\|");

    private static final Pattern SMALLER_THAN_ITS_GPU_INSTANCE = Pattern.compile("(\\d+)c\\..+");

    private InstanceTables() {}

    /** @param id the driver's number, which lasts until the instance is removed */
    record NumberedInstance(int id, GpuInstance instance, Map<Integer, ComputeInstance> computeInstances) {
        NumberedInstance {
            computeInstances = Map.copyOf(computeInstances);
        }
    }

    private record Row(int gpuInstance, int id, int slices, OptionalInt start) {}

    static List<NumberedInstance> parse(int gpu, String gpuInstances, String computeInstances) {
        Map<Integer, Map<Integer, ComputeInstance>> parts = computeInstances(gpu, computeInstances);
        List<NumberedInstance> found = new ArrayList<>();
        Matcher row = GPU_INSTANCE.matcher(gpuInstances);
        while (row.find()) {
            if (Integer.parseInt(row.group(1)) != gpu) {
                continue;
            }
            int id = Integer.parseInt(row.group(3));
            Map<Integer, ComputeInstance> its = parts.getOrDefault(id, Map.of());
            MigPlacement placement = new MigPlacement(Integer.parseInt(row.group(4)), Integer.parseInt(row.group(5)));
            GpuInstance instance = new GpuInstance(row.group(2), placement, List.copyOf(its.values()));
            found.add(new NumberedInstance(id, instance, its));
        }
        found.sort(Comparator.comparingInt(
                numbered -> numbered.instance().placement().start()));
        return found;
    }

    private static Map<Integer, Map<Integer, ComputeInstance>> computeInstances(int gpu, String table) {
        List<Row> rows = new ArrayList<>();
        Matcher row = COMPUTE_INSTANCE.matcher(table);
        while (row.find()) {
            if (Integer.parseInt(row.group(1)) == gpu) {
                OptionalInt start =
                        row.group(5) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(row.group(5)));
                rows.add(new Row(
                        Integer.parseInt(row.group(2)), Integer.parseInt(row.group(4)), slices(row.group(3)), start));
            }
        }
        rows.sort(Comparator.comparingInt(Row::id));
        Map<Integer, Map<Integer, ComputeInstance>> found = new HashMap<>();
        for (Row each : rows) {
            Map<Integer, ComputeInstance> its = found.computeIfAbsent(each.gpuInstance(), _ -> new HashMap<>());
            // Where no column says it, they lie one behind the other, as they were created.
            int behind = its.values().stream().mapToInt(ComputeInstance::slices).sum();
            its.put(each.id(), new ComputeInstance(each.slices(), each.start().orElse(behind)));
        }
        return found;
    }

    private static int slices(String name) {
        Matcher smaller = SMALLER_THAN_ITS_GPU_INSTANCE.matcher(name);
        return smaller.matches() ? Integer.parseInt(smaller.group(1)) : GpuInstance.slices(name);
    }
}
