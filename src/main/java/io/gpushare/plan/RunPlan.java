package io.gpushare.plan;

import io.gpushare.cores.Pin;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.Mount;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * One mix in one mode on one GPU, and how to measure it.
 *
 * @param attached tenants that are only watched; numbered after the others
 * @param slurm what Slurm is asked for, where tenants run there
 * @param kubernetes what Kubernetes is asked for, where tenants run there
 * @param pin whether tenants get cores of their own
 * @param duration of each measurement
 * @param precision how sure its figures have to be
 * @param timeout of the whole run, baselines and all; what is under way then is ended and written down
 * @param repeat how often the shared run is measured; baselines once
 * @param samplingInterval of the GPU's cheap readings
 * @param dcgm a dcgm-exporter whose series are sampled, too
 * @param binds folders of the host that containers see
 * @param environment what tenants get besides the usual variables
 * @param layer between the tenants of the shared run and the GPU
 * @param gpuCostPerHour in any currency
 */
public record RunPlan(
        SharingMode mode,
        List<TenantPlan> tenants,
        List<AttachedTenant> attached,
        GpuChoice gpu,
        RuntimeChoice runtime,
        SlurmWishes slurm,
        KubernetesWishes kubernetes,
        GpuAccessChoice gpuAccess,
        Pin pin,
        Duration duration,
        PrecisionGoal precision,
        Duration timeout,
        BaselineChoice baseline,
        int repeat,
        long seed,
        boolean allowBusy,
        Duration samplingInterval,
        Optional<URI> dcgm,
        List<Mount> binds,
        List<TenantVariable> environment,
        Optional<Layer> layer,
        Optional<Double> gpuCostPerHour) {
    /** Of the whole memory, what libraries and contexts leave to those who share it. */
    private static final int SHARED_PERCENT = 90;

    /** Short enough to be typed, and exact in every reader of JSON. */
    private static final long MOST_DRAWN_SEED = 1_000_000_000;

    public RunPlan {
        tenants = List.copyOf(tenants);
        attached = List.copyOf(attached);
        binds = List.copyOf(binds);
        environment = List.copyOf(environment);
    }

    /**
     * What a repetition runs: the same with random numbers of its own, for repetitions that are alike in them say
     * nothing of how far they may lie apart. The first has the plan's seed; those of others are drawn from it, so that
     * no tenant's numbers come twice.
     */
    public RunPlan repetition(int number) {
        if (number == 1) {
            return this;
        }
        SplittableRandom seeds = new SplittableRandom(seed);
        long drawn = seed;
        for (int next = 2; next <= number; next++) {
            drawn = seeds.nextLong(MOST_DRAWN_SEED);
        }
        return with(baseline, drawn);
    }

    /** Of the GPU's memory, for each tenant: as {@code 0.45} of two. A baseline has as much, so that it is the same. */
    public String memoryFraction() {
        int sharing = switch (mode) {
            case SharingMode.TimeSlicing _, SharingMode.Mps _ -> tenants.size() + attached.size();
            case SharingMode.Exclusive _, SharingMode.Mig _ -> 1;
        };
        return String.format(Locale.ROOT, "%.2f", Math.max(1, SHARED_PERCENT / sharing) / 100.0);
    }

    public RunPlan with(BaselineChoice newBaseline) {
        return with(newBaseline, seed);
    }

    private RunPlan with(BaselineChoice newBaseline, long newSeed) {
        return copy(tenants, duration, precision, newBaseline, newSeed);
    }

    /** Its first tenant alone in the same mode, measured for so long and no longer. */
    public RunPlan firstAlone(Duration newDuration) {
        return copy(tenants.subList(0, 1), newDuration, precision.atMost(newDuration), baseline, seed);
    }

    private RunPlan copy(
            List<TenantPlan> newTenants,
            Duration newDuration,
            PrecisionGoal newPrecision,
            BaselineChoice newBaseline,
            long newSeed) {
        return new RunPlan(
                mode,
                newTenants,
                attached,
                gpu,
                runtime,
                slurm,
                kubernetes,
                gpuAccess,
                pin,
                newDuration,
                newPrecision,
                timeout,
                newBaseline,
                repeat,
                newSeed,
                allowBusy,
                samplingInterval,
                dcgm,
                binds,
                environment,
                layer,
                gpuCostPerHour);
    }

    /** What it takes if nothing takes any time but its measurements. */
    public Duration shortest() {
        return RunLength.shortest(this);
    }

    public boolean simulated() {
        return gpu instanceof GpuChoice.Simulated;
    }

    /** @throws GpushareException where servers are to run elsewhere than the load that is put on them */
    public void requireServersHere() {
        ServerCheck.requireHere(this);
    }

    /** Whether tenants get GPUs of other machines. */
    public boolean gpusElsewhere() {
        return switch (runtime) {
            case SLURM -> slurm.gpus();
            case KUBERNETES -> kubernetes.gpu().isPresent();
            case AUTO, DOCKER, PROCESS -> false;
        };
    }

    /** Whether somebody else's program works on beside the tenants, so that nothing may change under it. */
    public boolean besideOthers() {
        return !attached.isEmpty()
                || tenants.stream().anyMatch(tenant -> tenant.workload().attached());
    }

    /** The first tenant of each variant, in order: what baselines are measured of. */
    public List<TenantPlan> variants() {
        Map<String, TenantPlan> first = new LinkedHashMap<>();
        tenants.forEach(tenant -> first.putIfAbsent(tenant.variant(), tenant.with(MpsSettings.NONE)));
        return List.copyOf(first.values());
    }

    /** What may not go as expected although the plan makes sense, in sentences. */
    public List<String> warnings() {
        return Stream.concat(PlanCheck.warnings(this).stream(), ModeCheck.warnings(this).stream())
                .toList();
    }
}
