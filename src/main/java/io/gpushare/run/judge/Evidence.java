package io.gpushare.run.judge;

import com.fasterxml.jackson.databind.JsonNode;
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

    public static ModeEvidence of(List<StageResult> stages, List<WatchedTenant> watched) {
        List<ModeEvidence.TenantEvidence> tenants = new ArrayList<>();
        for (StageResult stage : stages) {
            stage.tenants().forEach(tenant -> tenants.add(of(tenant)));
        }
        return new ModeEvidence(
                gpuProcesses(stages),
                tenants,
                watched.stream()
                        .map(tenant -> new ModeEvidence.Neighbour(tenant.number, tenant.processes))
                        .toList());
    }

    private static ModeEvidence.TenantEvidence of(StageTenant tenant) {
        Optional<TenantMessage.Device> device =
                Optional.ofNullable(tenant.hello).flatMap(TenantMessage.Hello::device);
        return new ModeEvidence.TenantEvidence(
                tenant.plan.workload().speaks(),
                device.isPresent() || tenant.plan.workload().gpu() == Workload.GpuNeed.REQUIRED,
                device.flatMap(TenantMessage.Device::uuid),
                device.map(TenantMessage.Device::smCount).orElse(OptionalInt.empty()),
                device.map(TenantMessage.Device::freeBytes).orElse(OptionalLong.empty()),
                tenant.processes,
                node(tenant),
                tenant.failed());
    }

    private static Optional<String> node(StageTenant tenant) {
        return Optional.ofNullable(tenant.handle)
                .map(handle -> handle.description().path("node"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue);
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
