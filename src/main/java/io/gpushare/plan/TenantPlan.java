package io.gpushare.plan;

import io.gpushare.workload.Workload;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A tenant that is to run.
 *
 * @param reference what finds the workload again: its name in the catalog, or the path of its workload.yaml
 * @param settings of the workload's parameters, by name; checked already
 */
public record TenantPlan(int number, String reference, Workload workload, Map<String, String> settings) {
    public TenantPlan {
        settings = Map.copyOf(settings);
    }

    /** Of a workload in the catalog. */
    public TenantPlan(int number, Workload workload, Map<String, String> settings) {
        this(number, workload.name(), workload, settings);
    }

    /** Tenants of one variant do the same, and share a baseline: {@code resnet-infer[batch=16]}. */
    public String variant() {
        if (settings.isEmpty()) {
            return workload.name();
        }
        return new TreeMap<>(settings)
                .entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(Collectors.joining(",", workload.name() + "[", "]"));
    }

    TenantPlan numbered(int newNumber) {
        return new TenantPlan(newNumber, reference, workload, settings);
    }

    TenantPlan with(Map<String, String> newSettings) {
        return new TenantPlan(number, reference, workload, newSettings);
    }
}
