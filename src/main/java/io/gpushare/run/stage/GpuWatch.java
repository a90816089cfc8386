package io.gpushare.run.stage;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.reading.Reading;
import io.gpushare.text.Amount;
import io.gpushare.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Who was on the GPU while tenants were measured. */
public final class GpuWatch {
    private final Optional<Gpu> gpu;
    private final Supplier<Set<Integer>> ownProcesses;
    private final Map<Integer, Seen> seen = new TreeMap<>();
    private Reading<List<GpuProcess>> last;

    /** @param name while it was there; empty where this system does not show the process */
    private record Seen(GpuProcess process, Optional<String> name) {}

    /** @param ownProcesses of the mode: neither a tenant's nor a stranger's */
    GpuWatch(Optional<Gpu> gpu, Supplier<Set<Integer>> ownProcesses) {
        this.gpu = gpu;
        this.ownProcesses = ownProcesses;
        this.last = Reading.notMeasured("nothing was measured long enough to look");
    }

    void look(List<StageTenant> tenants) {
        if (gpu.isEmpty()) {
            return;
        }
        last = GpuProcesses.on(gpu.get());
        List<GpuProcess> now = last.asOptional().orElse(List.of());
        if (!seen.keySet().containsAll(now.stream().map(GpuProcess::pid).toList())) {
            // A new one: a child of a tenant, or a stranger.
            tenants.forEach(GpuWatch::learnProcesses);
        }
        now.forEach(process -> seen.computeIfAbsent(process.pid(), pid -> new Seen(process, GpuProcesses.name(pid))));
    }

    static void learnProcesses(StageTenant tenant) {
        if (tenant.handle != null && !tenant.ended) {
            tenant.processes.addAll(tenant.handle.processes());
        }
    }

    /** All that were seen, each once. */
    Reading<List<GpuProcess>> processes() {
        return last.map(ignored -> seen.values().stream().map(Seen::process).toList());
    }

    /**
     * Processes that belong to no tenant. In a container the driver names processes by numbers that we cannot see: as
     * many of those as there are tenants on the GPU are taken for theirs.
     */
    List<String> foreign(List<StageTenant> tenants) {
        List<Seen> strangers = new ArrayList<>();
        Set<Integer> own = ownProcesses.get();
        int unseenTenants = 0;
        for (StageTenant tenant : tenants) {
            boolean onGpu = tenant.plan.workload().gpu() != Workload.GpuNeed.NONE;
            if (onGpu && tenant.processes.stream().noneMatch(seen::containsKey)) {
                unseenTenants++;
            }
        }
        for (Seen process : seen.values()) {
            int pid = process.process().pid();
            if (own.contains(pid) || tenants.stream().anyMatch(tenant -> tenant.processes.contains(pid))) {
                continue;
            }
            if (process.name().isEmpty() && unseenTenants > 0) {
                unseenTenants--;
                continue;
            }
            strangers.add(process);
        }
        return strangers.stream().map(GpuWatch::words).toList();
    }

    private static String words(Seen stranger) {
        return words(stranger.process(), stranger.name());
    }

    public static String words(GpuProcess process) {
        return words(process, GpuProcesses.name(process.pid()));
    }

    private static String words(GpuProcess process, Optional<String> name) {
        String memory = process.memoryBytes()
                .asOptional()
                .map(bytes -> ", " + Amount.bytes(bytes))
                .orElse("");
        return name.map(known -> known + ", pid " + process.pid())
                        .orElse("pid " + process.pid() + " (not visible here)")
                + memory;
    }
}
