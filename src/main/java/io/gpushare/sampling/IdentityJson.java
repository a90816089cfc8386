package io.gpushare.sampling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.gpu.Absence;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigIdentity;
import io.gpushare.gpu.Reading;
import io.gpushare.sampling.host.HostIdentity;
import java.util.List;

/** Who was measured, for the result file. What is absent is null, with its reason beside it. */
final class IdentityJson {
    private IdentityJson() {}

    static ObjectNode of(HostIdentity host, DriverVersions versions, List<Gpu> gpus) {
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        ObjectNode machine = identity.putObject("host");
        put(machine, "name", host.name());
        put(machine, "kernel", host.kernel());
        put(machine, "cpu_model", host.cpuModel());
        put(machine, "cpu_count", host.cpuCount());
        put(machine, "memory_total_bytes", host.memoryTotalBytes());
        ObjectNode driver = identity.putObject("driver");
        put(driver, "driver_version", versions.driver());
        put(driver, "nvml_version", versions.nvml());
        put(driver, "cuda_version", versions.cuda());
        ArrayNode array = identity.putArray("gpus");
        gpus.forEach(gpu -> put(array.addObject(), gpu));
        return identity;
    }

    private static void put(ObjectNode node, Gpu gpu) {
        GpuIdentity identity = gpu.identity();
        node.put("index", identity.index()).put("uuid", identity.uuid()).put("name", identity.name());
        put(node, "pci_bus_id", identity.pciBusId());
        put(node, "compute_capability", identity.computeCapability());
        put(node, "cuda_cores", identity.cudaCores());
        put(node, "serial", identity.serial());
        put(node, "vbios", identity.vbios());
        put(node, "memory_total_bytes", gpu.memory().map(MemoryUse::totalBytes));
        put(node, "power_limit_w", gpu.powerLimitW());
        put(node, "compute_mode", gpu.computeMode().map(Enum::name));
        put(node, "persistence_mode", gpu.persistenceMode());
        put(node, "mig_mode", gpu.migMode().map(mode -> mode.current()));
        ArrayNode devices = node.putArray("mig_devices");
        gpu.migDevices().asOptional().ifPresent(list -> list.forEach(device -> put(devices.addObject(), device)));
    }

    private static void put(ObjectNode node, MigDevice device) {
        MigIdentity identity = device.identity();
        node.put("uuid", identity.uuid())
                .put("name", identity.name())
                .put("gpu_instance", identity.gpuInstance())
                .put("compute_instance", identity.computeInstance());
        put(node, "sm_count", identity.smCount());
        put(node, "memory_total_bytes", identity.memoryTotalBytes());
    }

    private static void put(ObjectNode node, String name, Reading<?> reading) {
        switch (reading) {
            case Reading.Value<?>(Object value) -> node.putPOJO(name, value);
            case Reading.Absent<?>(Absence absence) -> node.putNull(name).put(name + "_absent", absence.reason());
        }
    }
}
