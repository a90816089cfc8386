package io.gpushare.experiment.sweep;

import io.gpushare.plan.TenantPlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/** Names of cells, which are names of folders: {@code mps_4_resnet-infer_threads-50_batch-8}. */
final class CellName {
    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9.+-]+");
    /** Of the 255 that file systems have room for, with room for what tells two alike apart. */
    private static final int LONGEST = 150;

    private CellName() {}

    /**
     * @param mode as it was named
     * @param settings of the mode and of workloads, by the words for them
     */
    static String of(String mode, List<TenantPlan> tenants, Map<String, String> settings) {
        List<String> parts = new ArrayList<>();
        parts.add(safe(modeWords(mode)));
        parts.add(Integer.toString(tenants.size()));
        parts.add(mix(tenants));
        settings.forEach((setting, value) -> parts.add(safe(setting) + "-" + safe(value)));
        String name = String.join("_", parts);
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "_" + mark(name);
    }

    /** Eight hexadecimal digits that tell two texts apart. */
    static String mark(String text) {
        CRC32 sum = new CRC32();
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        return "%08x".formatted(sum.getValue());
    }

    /** {@code resnet-infer}, {@code resnet-infer+bert-train}; with counts where there are not as many of each. */
    private static String mix(List<TenantPlan> tenants) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        tenants.forEach(tenant -> counts.merge(tenant.workload().name(), 1, Integer::sum));
        boolean even = counts.values().stream().distinct().count() == 1;
        List<String> words = new ArrayList<>();
        counts.forEach((workload, count) -> words.add(safe(workload) + (even ? "" : "-x" + count)));
        return String.join("+", words);
    }

    private static String modeWords(String mode) {
        String file = mode.substring(mode.lastIndexOf('/') + 1);
        return file.replaceFirst("\\.ya?ml$", "");
    }

    private static String safe(String text) {
        String safe = UNSAFE.matcher(text).replaceAll("-");
        return safe.isEmpty() ? "-" : safe;
    }
}
