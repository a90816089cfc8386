package io.gpushare.plan;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.SharingMode;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each part of a plan allows for itself and the whole does not. */
final class PlanCheck {
    /** More is a slip of the keyboard, and would start that many programs. */
    static final int MOST_TENANTS = 256;

    private static final int MOST_REPETITIONS = 1000;

    /** A window is a second: shorter measurements hold none. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    /** Three windows are judged, each lasts a step longer than a second, and the stop cuts the last one short. */
    private static final Duration SHORTEST_JUDGED = Duration.ofSeconds(4);

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(1);
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

    private PlanCheck() {}

    static void check(RunPlan plan) {
        checkNumbers(plan);
        AttachedCheck.check(plan);
        checkTenants(plan.tenants());
        ServerCheck.check(plan);
        SlurmCheck.check(plan);
        checkKubernetes(plan);
        ModeCheck.check(plan);
        checkCards(plan);
        if (plan.gpu() instanceof GpuChoice.None && !plan.gpusElsewhere()) {
            checkWithoutGpu(plan);
        }
        if (plan.simulated() && plan.layer().isPresent()) {
            throw GpushareException.usage(
                    "a simulated GPU has simulated tenants, which are no programs: nothing can be put on them",
                    "Leave out --layer, or --simulate.");
        }
        if (plan.simulated() && plan.runtime() != RuntimeChoice.AUTO) {
            throw GpushareException.usage(
                    "a simulated GPU has simulated tenants: they cannot run in the runtime "
                            + PlanText.text(plan.runtime()),
                    "Leave out --runtime, or --simulate.");
        }
    }

    private static void checkNumbers(RunPlan plan) {
        if (plan.duration().compareTo(SHORTEST) < 0) {
            throw GpushareException.usage(
                    "a measurement of " + Durations.text(plan.duration())
                            + " holds no window: tenants report each second",
                    "Choose --duration " + Durations.text(SHORTEST_JUDGED)
                            + " or longer: a run is judged by three windows at least.");
        }
        plan.precision().atMost().ifPresent(limit -> {
            if (limit.compareTo(plan.duration()) < 0) {
                throw GpushareException.usage(
                        "a measurement of " + Durations.text(plan.duration()) + " cannot last " + Durations.text(limit)
                                + " at most",
                        "Choose --at-most above --duration, or leave it out.");
            }
        });
        if (plan.repeat() < 1 || plan.repeat() > MOST_REPETITIONS) {
            throw GpushareException.usage(
                    "a run cannot be repeated " + plan.repeat() + " times",
                    "Choose --repeat from 1 to " + MOST_REPETITIONS + ".");
        }
        if (plan.samplingInterval().compareTo(SHORTEST_INTERVAL) < 0
                || plan.samplingInterval().compareTo(LONGEST_INTERVAL) > 0) {
            throw GpushareException.usage(
                    "the GPU cannot be sampled every " + Durations.text(plan.samplingInterval()),
                    "Choose --interval from 1ms to 1s.");
        }
        plan.gpuCostPerHour().ifPresent(cost -> {
            if (!(cost > 0 && Double.isFinite(cost))) {
                throw GpushareException.usage("a GPU hour cannot cost " + cost, "Choose --gpu-cost-per-hour above 0.");
            }
        });
    }

    /** A short run is good for trying whether everything starts. */
    static List<String> warnings(RunPlan plan) {
        return plan.duration().compareTo(SHORTEST_JUDGED) >= 0
                ? List.of()
                : List.of("a measurement of " + Durations.text(plan.duration())
                        + " is too short to be judged, and the run is not likely to be VALID: choose --duration "
                        + Durations.text(SHORTEST_JUDGED) + " or longer");
    }

    private static void checkTenants(List<TenantPlan> tenants) {
        checkCount(tenants.size());
        Map<String, Path> folders = new HashMap<>();
        for (TenantPlan tenant : tenants) {
            Path folder = tenant.workload().folder();
            Path other = folders.putIfAbsent(tenant.workload().name(), folder);
            if (other != null && !other.equals(folder)) {
                throw GpushareException.usage(
                        "two different workloads are called '%s': in %s and in %s"
                                .formatted(tenant.workload().name(), other, folder),
                        "Results tell workloads apart by their names: rename one.");
            }
        }
    }

    static void checkCount(int tenants) {
        if (tenants < 1 || tenants > MOST_TENANTS) {
            throw GpushareException.usage(
                    Amount.of(tenants, "tenant") + " cannot be run: it must be 1 to " + MOST_TENANTS,
                    "--workloads says how many tenants to run, --workload which.");
        }
    }

    private static void checkWithoutGpu(RunPlan plan) {
        for (TenantPlan tenant : plan.tenants()) {
            if (tenant.workload().gpu() == Workload.GpuNeed.REQUIRED) {
                throw GpushareException.usage(
                        "the workload '" + tenant.workload().name() + "' needs a GPU, and the plan has none",
                        "Choose other workloads with --workload, a GPU with --gpu, or a simulated one with"
                                + " --simulate.");
            }
        }
    }

    static void checkTimeout(RunPlan plan, Duration needed) {
        if (plan.timeout().compareTo(needed) <= 0) {
            throw GpushareException.usage(
                    "a timeout of %s leaves no time: the measurements alone take %s"
                            .formatted(Durations.text(plan.timeout()), Durations.text(needed)),
                    "Choose a longer --timeout, or a shorter --duration; --baseline none and fewer repetitions also"
                            + " save time.");
        }
    }

    /** What cannot be had in pods of a cluster. */
    private static void checkKubernetes(RunPlan plan) {
        if (plan.runtime() != RuntimeChoice.KUBERNETES) {
            if (!plan.kubernetes().equals(KubernetesWishes.NONE)) {
                throw GpushareException.usage(
                        "--kubernetes and --placement ask a cluster for something, and the tenants do not run there",
                        "Add --runtime kubernetes.");
            }
            return;
        }
        if (plan.gpu() instanceof GpuChoice.Named) {
            throw GpushareException.usage(
                    "tenants in pods use no GPU of this machine, which --gpu names",
                    "Ask for GPUs of the cluster with --kubernetes gpu=nvidia.com/gpu.");
        }
        if (!plan.binds().isEmpty() || plan.layer().isPresent()) {
            throw GpushareException.usage(
                    "tenants in pods see no files of this machine, which --bind and --layer need",
                    "Put what they need into their image.");
        }
        if (SlurmCheck.setsUp(plan.mode())) {
            throw GpushareException.usage(
                    SlurmCheck.cannotSetUp(plan.mode(), "a cluster"),
                    "Use plain --mode time-slicing, or exclusive. How the cluster shares its GPUs is set up in its"
                            + " device plugin; gpu-configs/kubernetes has configurations for it.");
        }
        for (TenantPlan tenant : plan.tenants()) {
            if (tenant.workload().gpu() == Workload.GpuNeed.REQUIRED
                    && plan.kubernetes().gpu().isEmpty()) {
                throw GpushareException.usage(
                        "the workload '" + tenant.workload().name() + "' needs a GPU, and the cluster is asked for"
                                + " none",
                        "Ask for it with --kubernetes gpu=nvidia.com/gpu, as the cluster names it:"
                                + " `kubectl describe nodes` lists it under Allocatable.");
            }
        }
    }

    /** What cannot be had on several GPUs at the same time. */
    private static void checkCards(RunPlan plan) {
        if (!plan.gpu().several()) {
            return;
        }
        if (plan.runtime().elsewhere()) {
            throw GpushareException.usage(
                    "tenants on other machines use no GPU of this one, and --gpu names several of it",
                    "Ask for GPUs of the nodes with --slurm or --kubernetes; `gpushare fleet` runs a plan on every"
                            + " node.");
        }
        if (plan.besideOthers()) {
            throw GpushareException.usage(
                    "a program that somebody else runs works on one GPU, and the plan runs on each of several",
                    "Name that one with --gpu.");
        }
        if (plan.precision().untilReached()) {
            throw GpushareException.usage(
                    "several GPUs are measured for the same time, and --until-precise would end each when it is sure",
                    "Choose the time with --duration.");
        }
        if (plan.mode() instanceof SharingMode.Mps(var _, MpsDaemonChoice.Existing _, var _)) {
            throw GpushareException.usage(
                    "on several GPUs each has an MPS daemon of its own, and --mps-daemon names one for all",
                    "Leave it out, or choose one GPU with --gpu.");
        }
    }
}
