package io.gpushare.plan;

import io.gpushare.load.words.LoadWords;
import io.gpushare.mode.MpsSettings;
import io.gpushare.workload.Settings;
import io.gpushare.workload.Workload;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A tenant that is to run.
 *
 * @param reference what finds the workload again: its name in the catalog, or the path of its workload.yaml; empty for
 *     a program that was named by its command
 * @param settings of the workload's parameters, by name; checked already
 * @param mps its own settings, which come before the mode's
 */
public record TenantPlan(
        int number, String reference, Workload workload, Map<String, String> settings, MpsSettings mps) {
    /** The kind of a server whose requests come by the clock. */
    public static final String OPEN_SERVER = "open_server";

    public TenantPlan {
        settings = Map.copyOf(settings);
    }

    /** Of a program that was named by its command: nothing but the plan itself tells of it. */
    static TenantPlan adHoc(int number, Workload workload, MpsSettings mps) {
        return new TenantPlan(number, "", workload, Map.of(), mps);
    }

    boolean isAdHoc() {
        return reference.isEmpty();
    }

    /** What is put on it; empty where it serves nobody. */
    public Optional<LoadWords> load() {
        return Settings.load(workload, settings);
    }

    /** As results have it. */
    public String kind() {
        boolean open = load().filter(LoadWords::open).isPresent();
        return open ? OPEN_SERVER : workload.kind().name().toLowerCase(Locale.ROOT);
    }

    /** Tenants of one variant do the same, and share a baseline: {@code resnet-infer[batch=16]}. */
    public String variant() {
        return variant(workload.name(), settings);
    }

    public static String variant(String workload, Map<String, String> settings) {
        if (settings.isEmpty()) {
            return workload;
        }
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(",", workload + "[", "]"));
    }

    /** The name of the workload that a variant is of. */
    public static String workloadOf(String variant) {
        int settings = variant.indexOf('[');
        return settings < 0 ? variant : variant.substring(0, settings);
    }

    /** Its variant, and what sets it apart under MPS: {@code bert-infer (50 %, low priority)}. */
    public String label() {
        List<String> own = mps.words();
        return variant() + (own.isEmpty() ? "" : " (" + String.join(", ", own) + ")");
    }

    TenantPlan numbered(int newNumber) {
        return new TenantPlan(newNumber, reference, workload, settings, mps);
    }

    TenantPlan with(Map<String, String> newSettings) {
        return new TenantPlan(number, reference, workload, newSettings, mps);
    }

    TenantPlan with(MpsSettings newMps) {
        return new TenantPlan(number, reference, workload, settings, newMps);
    }
}
