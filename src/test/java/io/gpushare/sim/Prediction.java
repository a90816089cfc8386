package io.gpushare.sim;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.mig.MigPlan;
import io.gpushare.mode.mig.MigSeats;
import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.MpsDaemon.Device;
import io.gpushare.sim.device.Share;
import io.gpushare.sim.event.Client;
import io.gpushare.sim.event.CoreClock;
import io.gpushare.sim.event.EventSimulation;
import io.gpushare.sim.event.Partition;
import io.gpushare.sim.event.Use;
import io.gpushare.sim.model.GpuProfile;
import io.gpushare.sim.model.MigPart;
import io.gpushare.sim.model.Model;
import io.gpushare.sim.model.StepModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the model expects of a run, computed at once and the same for a seed, to hold it against what was measured. The
 * tenants' first steps are not counted.
 *
 * @param tenants by number
 * @param gpu while they ran; in exclusive mode the mean of their turns
 */
public record Prediction(List<TenantPrediction> tenants, GpuPrediction gpu) {
    private static final Duration WARM_UP = Duration.ofMillis(500);

    public Prediction {
        tenants = List.copyOf(tenants);
    }

    /**
     * @param workload one that the model knows
     * @param settings batch, image_size and precision count
     * @param mps its own, which come before the mode's
     */
    public record Tenant(String workload, Map<String, String> settings, MpsSettings mps) {
        public Tenant {
            settings = Map.copyOf(settings);
        }

        public Tenant(String workload, Map<String, String> settings) {
            this(workload, settings, MpsSettings.NONE);
        }
    }

    /** Latencies are of steps; absent when no step ended. */
    public record TenantPrediction(double unitsPerSecond, OptionalDouble p50Ms, OptionalDouble p99Ms) {}

    /** Percentages of the whole GPU, as its own counters define them. */
    public record GpuPrediction(
            double graphicsPercent,
            double smPercent,
            double occupancyPercent,
            double tensorPercent,
            double dramPercent,
            double powerW) {}

    /**
     * @param profile of the GPU, as {@code h200}
     * @throws GpushareException for a GPU or workload that the model does not know, or tenants that do not fit
     */
    public static Prediction of(String profile, SharingMode mode, List<Tenant> tenants, Duration duration, long seed) {
        Model model = Model.shipped();
        GpuProfile gpu = model.gpu(profile);
        List<StepModel> steps =
                tenants.stream().map(tenant -> step(model, gpu, tenant)).toList();
        long memoryBytes = gpu.memoryBytes() - gpu.reservedBytes();
        long needed = mode.concurrent()
                ? steps.stream().mapToLong(StepModel::memoryBytes).sum()
                : steps.stream().mapToLong(StepModel::memoryBytes).max().orElse(0);
        requireMemory("the " + gpu.title(), needed, memoryBytes);
        List<MpsSettings> own = tenants.stream().map(Tenant::mps).toList();
        return switch (mode) {
            case SharingMode.Exclusive() -> oneAfterAnother(model, gpu, steps, duration, seed);
            case SharingMode.TimeSlicing(var quantum) -> {
                Shared shared = new Shared(model, gpu, duration, seed);
                Partition whole = new Partition(model.sharing(), quantum.orElse(Quantum.DEFAULT));
                steps.forEach(step -> shared.add(step, whole));
                yield shared.run(List.of(whole));
            }
            case SharingMode.Mps(var settings, var _, var _) -> {
                Shared shared = new Shared(model, gpu, duration, seed);
                Partition whole = new Partition(model.sharing(), Quantum.DEFAULT);
                for (int i = 0; i < steps.size(); i++) {
                    shared.addClient(steps.get(i), gpu.sms(), own.get(i).over(settings), whole);
                }
                yield shared.run(List.of(whole));
            }
            case SharingMode.Mig(var layout, var mps) -> {
                Shared shared = new Shared(model, gpu, duration, seed);
                List<MigPart> parts = parts(gpu, layout, steps.size(), mps.isPresent());
                Map<MigPart, Partition> partitions = new LinkedHashMap<>();
                Map<GpuInstance, Long> free = new HashMap<>();
                for (int i = 0; i < steps.size(); i++) {
                    MigPart part = parts.get(i);
                    long before = free.getOrDefault(part.instance(), part.size().memoryBytes());
                    requireMemory(part.size().name(), steps.get(i).memoryBytes(), before);
                    free.put(part.instance(), before - steps.get(i).memoryBytes());
                    Partition partition =
                            partitions.computeIfAbsent(part, first -> new Partition(model.sharing(), Quantum.DEFAULT));
                    StepModel there = part.step(steps.get(i));
                    if (mps.isPresent()) {
                        shared.addClient(there, part.sms(), own.get(i).over(mps.get()), partition);
                    } else {
                        shared.add(there, partition);
                    }
                }
                yield shared.run(List.copyOf(partitions.values()));
            }
        };
    }

    private static List<MigPart> parts(GpuProfile gpu, MigLayout layout, int tenants, boolean shared) {
        List<GpuInstance> instances = MigPlan.choose(layout, tenants, gpu.migProfiles(), List.of());
        return MigSeats.of(layout, instances, tenants, shared).stream()
                .map(seat -> part(gpu, instances, seat))
                .toList();
    }

    private static MigPart part(GpuProfile gpu, List<GpuInstance> instances, Device.Instance seat) {
        GpuInstance instance = instances.stream()
                .filter(one -> one.placement().start() == seat.gpuInstanceStart())
                .findFirst()
                .orElseThrow();
        ComputeInstance compute = instance.computeInstances().stream()
                .filter(one -> one.start() == seat.computeInstanceStart())
                .findFirst()
                .orElseThrow();
        return MigPart.of(gpu, instance, compute);
    }

    private static void requireMemory(String where, long needed, long bytes) {
        if (needed > bytes) {
            throw GpushareException.unable(
                    (needed >> 20) + " MiB are needed, and " + where + " has " + (bytes >> 20) + " MiB.",
                    "Run fewer tenants, or smaller batches.");
        }
    }

    private static StepModel step(Model model, GpuProfile gpu, Tenant tenant) {
        return model.workload(tenant.workload()).step(tenant.settings(), gpu, model.reference());
    }

    private static Prediction oneAfterAnother(
            Model model, GpuProfile gpu, List<StepModel> steps, Duration duration, long seed) {
        List<Prediction> turns = new ArrayList<>();
        for (StepModel step : steps) {
            Shared alone = new Shared(model, gpu, duration, seed);
            Partition whole = new Partition(model.sharing(), Quantum.DEFAULT);
            alone.add(step, whole);
            turns.add(alone.run(List.of(whole)));
        }
        return new Prediction(
                turns.stream().map(turn -> turn.tenants().getFirst()).toList(),
                mean(turns.stream().map(Prediction::gpu).toList()));
    }

    private static GpuPrediction mean(List<GpuPrediction> turns) {
        return new GpuPrediction(
                turns.stream()
                        .mapToDouble(GpuPrediction::graphicsPercent)
                        .average()
                        .orElse(0),
                turns.stream().mapToDouble(GpuPrediction::smPercent).average().orElse(0),
                turns.stream()
                        .mapToDouble(GpuPrediction::occupancyPercent)
                        .average()
                        .orElse(0),
                turns.stream()
                        .mapToDouble(GpuPrediction::tensorPercent)
                        .average()
                        .orElse(0),
                turns.stream().mapToDouble(GpuPrediction::dramPercent).average().orElse(0),
                turns.stream().mapToDouble(GpuPrediction::powerW).average().orElse(0));
    }

    /** One simulation, and what its clients did after the warm-up. */
    private static final class Shared {
        private final Model model;
        private final GpuProfile gpu;
        private final long untilNanos;
        private final long seed;
        private final List<Counted> counted = new ArrayList<>();

        Shared(Model model, GpuProfile gpu, Duration duration, long seed) {
            this.model = model;
            this.gpu = gpu;
            this.untilNanos = WARM_UP.plus(duration).toNanos();
            this.seed = seed;
        }

        void add(StepModel step, Partition partition) {
            partition.add(client(step));
        }

        void addClient(StepModel step, int sms, MpsSettings settings, Partition partition) {
            partition.addToServer(client(new Share(settings).step(step, sms, model.sharing())));
        }

        private Client client(StepModel step) {
            Counted tenant = new Counted(step.units());
            counted.add(tenant);
            long own = seed * 31 + counted.size();
            return new Client(step, model.sharing().hostJitter(), new CoreClock(false, own), own, 0, tenant::stepDone);
        }

        Prediction run(List<Partition> partitions) {
            EventSimulation simulation = new EventSimulation(partitions);
            simulation.advanceTo(WARM_UP.toNanos());
            Use before = simulation.use();
            simulation.advanceTo(untilNanos);
            Use after = simulation.use();
            double nanos = untilNanos - WARM_UP.toNanos();
            double joules = after.dynamicJoules() - before.dynamicJoules();
            return new Prediction(
                    counted.stream().map(tenant -> tenant.prediction(nanos)).toList(),
                    new GpuPrediction(
                            100 * (after.busyNanos() - before.busyNanos()) / nanos,
                            (after.smPercentNanos() - before.smPercentNanos()) / nanos,
                            (after.occupancyPercentNanos() - before.occupancyPercentNanos()) / nanos,
                            (after.tensorPercentNanos() - before.tensorPercentNanos()) / nanos,
                            (after.dramPercentNanos() - before.dramPercentNanos()) / nanos,
                            Math.min(gpu.limitW(), gpu.idleW() + joules / (nanos / 1e9))));
        }
    }

    private static final class Counted {
        private final double unitsPerStep;
        private final Map<Integer, Long> latencies = new HashMap<>();
        private long steps;

        Counted(double unitsPerStep) {
            this.unitsPerStep = unitsPerStep;
        }

        void stepDone(long beganNanos, long endedNanos) {
            if (endedNanos > WARM_UP.toNanos()) {
                steps++;
                latencies.merge(LatencyCounts.bucketOf(endedNanos - beganNanos), 1L, Long::sum);
            }
        }

        TenantPrediction prediction(double nanos) {
            LatencyCounts counts = LatencyCounts.of(latencies);
            return new TenantPrediction(
                    steps * unitsPerStep / (nanos / 1e9), milliseconds(counts, 0.5), milliseconds(counts, 0.99));
        }

        private static OptionalDouble milliseconds(LatencyCounts counts, double quantile) {
            OptionalDouble nanos = counts.quantileNanos(quantile);
            return nanos.isPresent() ? OptionalDouble.of(nanos.getAsDouble() / 1e6) : nanos;
        }
    }
}
