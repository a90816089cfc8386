package io.gpushare.plan;

import io.gpushare.workload.Workload;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** @param settings of the workload's parameters, by name; checked already */
public record TenantPlan(int number, Workload workload, Map<String, String> settings) {
    public TenantPlan {
        settings = Map.copyOf(settings);
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
}
