package io.gpushare.prometheus;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.sampling.samples.Subject;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How dcgm-exporter labels a device, but for {@code model_name}, which promtool does not accept as {@code modelName},
 * and {@code GPU_C_ID}, without which two compute instances of one GPU instance would be the same series.
 */
final class DeviceLabels {
    private DeviceLabels() {}

    static Map<Subject, Labels> of(List<Gpu> gpus, String host) {
        Map<Subject, Labels> labels = new LinkedHashMap<>();
        for (Gpu gpu : gpus) {
            Labels ofGpu = of(gpu.identity(), host);
            labels.put(Subject.gpu(gpu.identity().uuid()), ofGpu);
            for (MigDevice device : gpu.migDevices().asOptional().orElse(List.of())) {
                MigIdentity identity = device.identity();
                labels.put(
                        Subject.migDevice(identity.uuid()),
                        ofGpu.merge(Labels.of(
                                "GPU_I_ID",
                                Integer.toString(identity.gpuInstance()),
                                "GPU_C_ID",
                                Integer.toString(identity.computeInstance()),
                                "GPU_I_PROFILE",
                                identity.name())));
            }
        }
        return labels;
    }

    private static Labels of(GpuIdentity gpu, String host) {
        String device =
                gpu.minorNumber().asOptional().map(minor -> "nvidia" + minor).orElse("");
        return Labels.of(
                "gpu",
                Integer.toString(gpu.index()),
                "UUID",
                gpu.uuid(),
                "device",
                device,
                "model_name",
                gpu.name(),
                "Hostname",
                host);
    }
}
