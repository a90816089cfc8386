package io.gpushare.run;

import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.Reading;
import io.gpushare.mode.ModeEvidence;
import io.gpushare.workload.protocol.TenantMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the stages of a run saw, put together for the proof of its mode. */
final class Evidence {
    private Evidence() {}

    static ModeEvidence of(List<StageResult> stages) {
        List<Optional<String>> devices = new ArrayList<>();
        List<Set<Integer>> processes = new ArrayList<>();
        for (StageResult stage : stages) {
            for (StageTenant tenant : stage.tenants()) {
                devices.add(Optional.ofNullable(tenant.hello)
                        .flatMap(TenantMessage.Hello::device)
                        .flatMap(TenantMessage.Device::uuid));
                processes.add(tenant.processes);
            }
        }
        return new ModeEvidence(gpuProcesses(stages), devices, processes);
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
