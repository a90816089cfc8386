package io.gpushare.run.judge;

import io.gpushare.gpu.GpuProcess;
import io.gpushare.mode.ModeEvidence;
import io.gpushare.reading.Reading;
import io.gpushare.run.stage.StageResult;
import io.gpushare.run.stage.StageTenant;
import io.gpushare.run.stage.WatchedTenant;
import io.gpushare.workload.Workload;
import io.gpushare.workload.protocol.TenantMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** What the stages of a run saw, put together for the proof of its mode. */
public final class Evidence {
    private Evidence() {}

    /** Drivers of other machines. */
    public interface Elsewhere {
        /** Empty where nobody asked the driver of the tenant's machine. */
        Optional<ModeEvidence.Listing> listing(StageResult stage, StageTenant tenant);
    }

    public static ModeEvidence of(List<StageResult> stages, List<WatchedTenant> watched, Elsewhere elsewhere) {
        List<ModeEvidence.TenantEvidence> tenants = new ArrayList<>();
        for (StageResult stage : stages) {
            stage.tenants().forEach(tenant -> tenants.add(of(tenant, elsewhere.listing(stage, tenant))));
        }
        return new ModeEvidence(
                gpuProcesses(stages),
                tenants,
                watched.stream()
                        .map(tenant -> new ModeEvidence.Neighbour(tenant.number, tenant.processes))
                        .toList());
    }

    private static ModeEvidence.TenantEvidence of(StageTenant tenant, Optional<ModeEvidence.Listing> listing) {
        Optional<TenantMessage.Device> device =
                Optional.ofNullable(tenant.hello).flatMap(TenantMessage.Hello::device);
        return new ModeEvidence.TenantEvidence(
                tenant.plan.workload().speaks(),
                device.isPresent() || tenant.plan.workload().gpu() == Workload.GpuNeed.REQUIRED,
                device.flatMap(TenantMessage.Device::uuid),
                device.map(TenantMessage.Device::smCount).orElse(OptionalInt.empty()),
                device.map(TenantMessage.Device::freeBytes).orElse(OptionalLong.empty()),
                tenant.processes,
                tenant.node(),
                tenant.failed(),
                listing);
    }

    private static Reading<List<GpuProcess>> gpuProcesses(List<StageResult> stages) {
        Map<Integer, GpuProcess> seen = new TreeMap<>();
        Optional<Reading<List<GpuProcess>>> absent = Optional.empty();
        for (StageResult stage : stages) {
            switch (stage.gpuProcesses()) {
                case Reading.Value<List<GpuProcess>>(List<GpuProcess> list) ->
                    list.forEach(process -> seen.putIfAbsent(process.pid(), process));
                case Reading.Absent<List<GpuProcess>> missing -> absent = Optional.of(missing);
            }
        }
        return absent.orElseGet(() -> Reading.of(List.copyOf(seen.values())));
    }
}
