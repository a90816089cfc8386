package io.gpushare.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cores.Pin;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.config.ModeJson;
import io.gpushare.mode.config.ModeText;
import io.gpushare.text.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The plan of a run as its result holds it: what {@link PlanJson} wrote, perhaps that of another version. What is
 * missing is as if nothing had been said of it.
 *
 * @param tenants those that do the same are one entry; in the order of their numbers
 * @param attached those that were only watched, numbered after the others
 * @param slurm what Slurm was asked for
 * @param kubernetes what Kubernetes was asked for
 * @param pin whether tenants were to get cores of their own: older versions gave none
 * @param duration of each measurement, where it is told
 * @param repetitions how often the shared run was to be measured
 * @param binds as {@code HOST:CONTAINER}
 * @param layer the name of what lay between the tenants and the GPU
 * @param document all that was written
 */
public record RecordedPlan(
        SharingMode mode,
        List<Alike> tenants,
        List<AttachedTenant> attached,
        GpuChoice gpu,
        RuntimeChoice runtime,
        SlurmWishes slurm,
        KubernetesWishes kubernetes,
        GpuAccessChoice gpuAccess,
        Pin pin,
        Optional<Duration> duration,
        PrecisionGoal precision,
        int repetitions,
        boolean allowBusy,
        List<String> binds,
        Optional<String> layer,
        Optional<Double> gpuCostPerHour,
        ObjectNode document) {
    public RecordedPlan {
        tenants = List.copyOf(tenants);
        attached = List.copyOf(attached);
        binds = List.copyOf(binds);
    }

    /**
     * Tenants that do the same.
     *
     * @param reference what finds their workload again: its name, or the path of its file
     * @param settings of the workload's parameters
     * @param mps their own, which come before the mode's
     */
    public record Alike(String reference, int count, SortedMap<String, String> settings, MpsSettings mps) {
        public Alike {
            settings = Collections.unmodifiableSortedMap(new TreeMap<>(settings));
        }
    }

    /** As its result will hold it. */
    public static RecordedPlan of(RunPlan plan) {
        return read(PlanJson.of(plan));
    }

    /** @throws IllegalArgumentException with a sentence, for a value that this version does not know */
    public static RecordedPlan read(ObjectNode plan) {
        return read(plan, ModeJson.read(plan.path("mode")));
    }

    /**
     * @param kind of the mode, by the word of whoever holds the plan
     * @throws IllegalArgumentException with a sentence, for a value that this version does not know
     */
    public static RecordedPlan read(ObjectNode plan, ModeKind kind) {
        return plan.has("mode") ? read(plan) : read(plan, ModeText.plain(kind));
    }

    private static RecordedPlan read(ObjectNode plan, SharingMode mode) {
        return new RecordedPlan(
                mode,
                tenants(plan.path("tenants")),
                plan.path("tenants")
                        .valueStream()
                        .filter(AttachedTenant::isIn)
                        .map(AttachedTenant::recorded)
                        .toList(),
                gpu(plan.path("gpu")),
                text(plan, "runtime").map(PlanText::runtime).orElse(RuntimeChoice.AUTO),
                new SlurmWishes(texts(plan.path("slurm"))),
                new KubernetesWishes(texts(plan.path("kubernetes"))),
                text(plan, "gpu_access").map(PlanText::gpuAccess).orElse(GpuAccessChoice.AUTO),
                text(plan, "pin").map(Pin::parse).orElseGet(Pin.None::new),
                text(plan, "duration").map(Durations::parse),
                precision(plan),
                Math.max(1, plan.path("repeat").asInt(1)),
                plan.path("allow_busy").asBoolean(),
                plan.path("binds").valueStream().map(JsonNode::asText).toList(),
                text(plan.path("layer"), "name"),
                plan.path("gpu_cost_per_hour").isNumber()
                        ? Optional.of(plan.path("gpu_cost_per_hour").doubleValue())
                        : Optional.empty(),
                plan);
    }

    private static List<Alike> tenants(JsonNode list) {
        List<Alike> tenants = new ArrayList<>();
        for (JsonNode alike : list) {
            if (AttachedTenant.isIn(alike)) {
                continue;
            }
            int count = alike.path("count").asInt(1);
            if (count < 1) {
                throw new IllegalArgumentException("its plan has an entry for " + count + " tenants");
            }
            tenants.add(new Alike(
                    alike.path("workload").asText(),
                    count,
                    texts(alike.path("set")),
                    ModeJson.settings(alike.path("mps"))));
        }
        return tenants;
    }

    private static PrecisionGoal precision(ObjectNode plan) {
        PrecisionGoal goal = text(plan, "precision")
                .map(PrecisionGoal::percent)
                .map(PrecisionGoal.DEFAULT::within)
                .orElse(PrecisionGoal.DEFAULT);
        PrecisionGoal asked = text(plan, "until_precise")
                .map(PrecisionGoal::percent)
                .map(goal::until)
                .orElse(goal);
        return text(plan, "at_most").map(Durations::parse).map(asked::atMost).orElse(asked);
    }

    private static SortedMap<String, String> texts(JsonNode asked) {
        SortedMap<String, String> values = new TreeMap<>();
        asked.properties()
                .forEach(wish -> values.put(wish.getKey(), wish.getValue().asText()));
        return values;
    }

    private static GpuChoice gpu(JsonNode gpu) {
        return gpu.path("simulate").isTextual()
                ? new GpuChoice.Simulated(gpu.path("simulate").textValue())
                : GpuChoice.of(gpu.asText("any"));
    }

    private static Optional<String> text(JsonNode plan, String name) {
        return plan.path(name).isTextual() ? Optional.of(plan.path(name).textValue()) : Optional.empty();
    }

    public boolean simulated() {
        return gpu instanceof GpuChoice.Simulated;
    }

    public long tenantCount() {
        return tenants.stream().mapToLong(Alike::count).sum();
    }

    /** Whether some tenants have settings of their own under MPS. */
    public boolean tenantsDiffer() {
        return tenants.stream().anyMatch(alike -> !alike.mps().equals(MpsSettings.NONE));
    }

    /** What a tenant may use of MPS: its own settings first, then those of all; nothing where the mode has no MPS. */
    public MpsSettings mpsOf(int tenant) {
        long next = 0;
        for (Alike alike : tenants) {
            next += alike.count();
            if (tenant < next) {
                return alike.mps().over(mode.mpsSettings().orElse(MpsSettings.NONE));
            }
        }
        return MpsSettings.NONE;
    }
}
