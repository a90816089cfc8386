package io.gpushare.plan;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.config.ModeJson;
import io.gpushare.text.Durations;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A plan as a tree: what {@code --dry-run} prints as YAML, and what a result holds. {@link PlanYaml} reads it back. */
public final class PlanJson {
    static final int VERSION = 1;

    private PlanJson() {}

    public static ObjectNode of(RunPlan plan) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("gpushare", VERSION);
        ModeJson.put(node, "mode", plan.mode());
        ArrayNode tenants = node.putArray("tenants");
        putTenants(tenants, plan.tenants());
        plan.attached().forEach(watched -> watched.put(tenants.addObject()));
        putPlace(node, plan);
        node.put("timeout", Durations.text(plan.timeout()));
        putBaseline(node, plan.baseline());
        node.put("repeat", plan.repeat());
        putSampling(node, plan);
        return node;
    }

    /**
     * Where tenants run and how they are measured: whatever their mode is, and whoever they are. {@link
     * PlanYaml#readConditions} reads it back.
     */
    public static ObjectNode conditions(PlanDraft draft) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        RunPlan plan = draft.conditions();
        putPlace(node, plan);
        if (!plan.timeout().isZero()) {
            node.put("timeout", Durations.text(plan.timeout()));
        }
        putSampling(node, plan);
        return node;
    }

    private static void putPlace(ObjectNode node, RunPlan plan) {
        putGpu(node, plan.gpu());
        node.put("runtime", PlanText.text(plan.runtime()));
        putTexts(node, "slurm", plan.slurm().values());
        putTexts(node, "kubernetes", plan.kubernetes().values());
        node.put("gpu_access", PlanText.text(plan.gpuAccess()));
        node.put("pin", plan.pin().toString());
        node.put("duration", Durations.text(plan.duration()));
        node.put(
                plan.precision().untilReached() ? "until_precise" : "precision",
                plan.precision().text());
        plan.precision().atMost().ifPresent(limit -> node.put("at_most", Durations.text(limit)));
    }

    private static void putSampling(ObjectNode node, RunPlan plan) {
        node.put("seed", plan.seed());
        node.put("allow_busy", plan.allowBusy());
        node.put("sampling_interval", Durations.text(plan.samplingInterval()));
        plan.dcgm().ifPresent(exporter -> node.put("dcgm", exporter.toString()));
        if (!plan.binds().isEmpty()) {
            ArrayNode binds = node.putArray("binds");
            plan.binds().forEach(bind -> binds.add(PlanText.bind(bind)));
        }
        if (!plan.environment().isEmpty()) {
            // Without their values: whoever reads a result is not to learn a password.
            ArrayNode names = node.putArray("env");
            plan.environment().forEach(variable -> names.add(variable.name()));
        }
        plan.layer().ifPresent(layer -> LayerText.put(node.putObject("layer"), layer));
        plan.gpuCostPerHour().ifPresent(cost -> node.put("gpu_cost_per_hour", cost));
    }

    /** Neighbours that do the same are one entry. */
    private static void putTenants(ArrayNode list, List<TenantPlan> tenants) {
        List<TenantPlan> alike = new ArrayList<>();
        for (TenantPlan tenant : tenants) {
            if (!alike.isEmpty() && !alike.getFirst().numbered(tenant.number()).equals(tenant)) {
                putAlike(list.addObject(), alike);
                alike.clear();
            }
            alike.add(tenant);
        }
        if (!alike.isEmpty()) {
            putAlike(list.addObject(), alike);
        }
    }

    private static void putAlike(ObjectNode node, List<TenantPlan> alike) {
        TenantPlan first = alike.getFirst();
        if (first.isAdHoc()) {
            AdHocWorkload.put(node, first.workload());
        } else {
            node.put("workload", first.reference());
        }
        node.put("count", alike.size());
        putTexts(node, "set", first.settings());
        if (!first.mps().equals(MpsSettings.NONE)) {
            ModeJson.put(node.putObject("mps"), first.mps());
        }
    }

    /** By name, in alphabetical order; nothing where there are none. */
    static void putTexts(ObjectNode node, String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            new TreeMap<>(texts).forEach(node.putObject(name)::put);
        }
    }

    private static void putGpu(ObjectNode node, GpuChoice gpu) {
        switch (gpu) {
            case GpuChoice.Any() -> node.put("gpu", "any");
            case GpuChoice.None() -> node.put("gpu", "none");
            case GpuChoice.Named(String name) -> node.put("gpu", name);
            case GpuChoice.Several several -> node.put("gpu", several.text());
            case GpuChoice.Simulated simulated -> node.putObject("gpu").put("simulate", simulated.text());
        }
    }

    private static void putBaseline(ObjectNode node, BaselineChoice baseline) {
        switch (baseline) {
            case BaselineChoice.None() -> node.put("baseline", "none");
            case BaselineChoice.Run() -> node.put("baseline", "run");
            case BaselineChoice.FromFile(List<Path> files)
            when files.size() == 1 ->
                node.putObject("baseline").put("file", files.getFirst().toString());
            case BaselineChoice.FromFile(List<Path> files) -> {
                ArrayNode list = node.putObject("baseline").putArray("file");
                files.forEach(file -> list.add(file.toString()));
            }
        }
    }
}
