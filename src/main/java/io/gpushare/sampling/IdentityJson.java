package io.gpushare.sampling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.sampling.host.HostIdentity;
import io.gpushare.sampling.samples.ReadingJson;
import java.util.List;

/** Who was measured, for the result file. What is absent is null, with its reason beside it. */
final class IdentityJson {
    private IdentityJson() {}

    static ObjectNode of(HostIdentity host, DriverVersions versions, List<Gpu> gpus) {
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        ObjectNode machine = identity.putObject("host");
        ReadingJson.put(machine, "name", host.name());
        ReadingJson.put(machine, "kernel", host.kernel());
        ReadingJson.put(machine, "cpu_model", host.cpuModel());
        ReadingJson.put(machine, "cpu_count", host.cpuCount());
        ReadingJson.put(machine, "memory_total_bytes", host.memoryTotalBytes());
        ObjectNode driver = identity.putObject("driver");
        ReadingJson.put(driver, "driver_version", versions.driver());
        ReadingJson.put(driver, "nvml_version", versions.nvml());
        ReadingJson.put(driver, "cuda_version", versions.cuda());
        ArrayNode array = identity.putArray("gpus");
        gpus.forEach(gpu -> put(array.addObject(), gpu));
        return identity;
    }

    private static void put(ObjectNode node, Gpu gpu) {
        GpuIdentity identity = gpu.identity();
        node.put("index", identity.index()).put("uuid", identity.uuid()).put("name", identity.name());
        ReadingJson.put(node, "pci_bus_id", identity.pciBusId());
        ReadingJson.put(node, "compute_capability", identity.computeCapability());
        ReadingJson.put(node, "cuda_cores", identity.cudaCores());
        ReadingJson.put(node, "serial", identity.serial());
        ReadingJson.put(node, "vbios", identity.vbios());
        ReadingJson.put(node, "memory_total_bytes", gpu.memory().map(MemoryUse::totalBytes));
        ReadingJson.put(node, "power_limit_w", gpu.powerLimitW());
        ReadingJson.put(node, "compute_mode", gpu.computeMode().map(Enum::name));
        ReadingJson.put(node, "persistence_mode", gpu.persistenceMode());
        ReadingJson.put(node, "mig_mode", gpu.migMode().map(mode -> mode.current()));
        ArrayNode devices = node.putArray("mig_devices");
        gpu.migDevices().asOptional().ifPresent(list -> list.forEach(device -> put(devices.addObject(), device)));
    }

    private static void put(ObjectNode node, MigDevice device) {
        MigIdentity identity = device.identity();
        node.put("uuid", identity.uuid())
                .put("name", identity.name())
                .put("gpu_instance", identity.gpuInstance())
                .put("compute_instance", identity.computeInstance());
        ReadingJson.put(node, "sm_count", identity.smCount());
        ReadingJson.put(node, "memory_total_bytes", identity.memoryTotalBytes());
    }
}
