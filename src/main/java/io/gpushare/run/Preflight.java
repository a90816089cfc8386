package io.gpushare.run;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MigMode;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.run.account.RunSetting;
import io.gpushare.run.stage.Bench;
import io.gpushare.run.stage.GpuProcesses;
import io.gpushare.run.stage.GpuWatch;
import io.gpushare.run.stage.StageCount;
import io.gpushare.run.stage.WatchedTenants;
import io.gpushare.runtime.served.AttachedProcesses;
import io.gpushare.text.Amount;
import io.gpushare.workload.Workload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What must hold before anything starts. */
record Preflight(RunPlan plan, Bench bench, WatchedTenants watched) {
    /** Logs of tenants, samples and the result of a long run. */
    private static final long LEAST_FREE_BYTES = 256L << 20;

    private static final int NAMED_PROCESSES = 3;

    /** Warnings for the result: what does not forbid the run. */
    List<String> check() throws InterruptedException {
        List<String> warnings = new ArrayList<>();
        disk();
        bench.gpu().ifPresent(gpu -> {
            busy(gpu, warnings);
            throttled(gpu, warnings);
            wholeForBaselines(gpu);
        });
        Set<Workload> workloads =
                plan.tenants().stream().map(TenantPlan::workload).collect(Collectors.toCollection(LinkedHashSet::new));
        if (bench.gpu().isEmpty() && !plan.gpusElsewhere()) {
            workloads.forEach(Preflight::needsNoGpu);
        }
        bench.runtime().require(workloads);
        plan.variants()
                .forEach(variant -> warnings.addAll(bench.runtime().doubts(variant.workload(), variant.settings())));
        if (plan.mode() instanceof SharingMode.Mig
                && workloads.stream().anyMatch(workload -> workload.gpu() != Workload.GpuNeed.NONE)) {
            bench.runtime().requireMigDevices();
        }
        bench.modes().require(RunSetting.request(plan, bench.runtime()));
        return warnings;
    }

    private void disk() {
        long free = bench.directory().freeBytes();
        if (free < LEAST_FREE_BYTES) {
            throw GpushareException.unable(
                    "the disk of " + bench.directory().path() + " has only " + Amount.bytes(free) + " left",
                    "A run may need " + Amount.bytes(LEAST_FREE_BYTES) + ": make room, or choose another folder with"
                            + " --out.");
        }
    }

    private void busy(Gpu gpu, List<String> warnings) {
        Set<Integer> attached = plan.tenants().stream()
                .flatMap(tenant -> tenant.workload().server().stream())
                .flatMap(server -> AttachedProcesses.of(server).stream())
                .collect(Collectors.toSet());
        attached.addAll(watched.processes());
        List<GpuProcess> processes = GpuProcesses.on(gpu).asOptional().orElse(List.of()).stream()
                .filter(process -> !StayingServers.isOne(process, plan) && !attached.contains(process.pid()))
                .toList();
        if (processes.isEmpty()) {
            return;
        }
        String users =
                processes.stream().limit(NAMED_PROCESSES).map(GpuWatch::words).collect(Collectors.joining("; "))
                        + (processes.size() > NAMED_PROCESSES
                                ? " and " + (processes.size() - NAMED_PROCESSES) + " more"
                                : "");
        String sentence = "GPU " + gpu.identity().index() + " ("
                + gpu.identity().name() + ") is used by another process: " + users;
        if (!plan.allowBusy()) {
            throw GpushareException.unable(
                    sentence,
                    "Results would measure that process too. Stop it, choose another GPU with --gpu, or accept with"
                            + " --allow-busy.");
        }
        warnings.add(sentence);
    }

    /** CUDA shows a program that was given all of a divided GPU the first of its parts. */
    private void wholeForBaselines(Gpu gpu) {
        boolean divided = gpu.migMode().asOptional().filter(MigMode::current).isPresent();
        if (divided && StageCount.wantsBaselines(plan)) {
            throw GpushareException.unable(
                    "GPU " + gpu.identity().index() + " (" + gpu.identity().name()
                            + ") is in MIG mode: baselines cannot be measured on all of it",
                    "Switch MIG off first (sudo gpushare mode apply exclusive --gpu "
                            + gpu.identity().index()
                            + "), take them from an earlier result with --baseline FILE, or leave them out with"
                            + " --baseline none.");
        }
    }

    private static void throttled(Gpu gpu, List<String> warnings) {
        String events = gpu.clockEvents().asOptional().orElse(Set.of()).stream()
                .filter(ClockEvent::throttling)
                .map(ClockEvent::words)
                .collect(Collectors.joining(" and "));
        if (!events.isEmpty()) {
            warnings.add("GPU " + gpu.identity().index() + " was held back before the run began, by " + events);
        }
    }

    private static void needsNoGpu(Workload workload) {
        if (workload.gpu() == Workload.GpuNeed.REQUIRED) {
            throw GpushareException.usage(
                    workload.name() + " needs a GPU, and none takes part",
                    "Choose a GPU with --gpu, or another workload: `gpushare workloads list` tells which need none.");
        }
    }
}
