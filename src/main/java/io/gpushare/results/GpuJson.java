package io.gpushare.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.MigMode;
import io.gpushare.gpu.PciId;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.List;
import java.util.Locale;

/** Which GPU it is and how it is set: the same in every file and every answer. */
public final class GpuJson {
    private GpuJson() {}

    public static ObjectNode of(DriverVersions versions) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ReadingJson.put(node, "driver_version", versions.driver());
        ReadingJson.put(node, "nvml_version", versions.nvml());
        ReadingJson.put(node, "cuda_version", versions.cuda());
        return node;
    }

    public static ObjectNode of(Gpu gpu) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        GpuIdentity identity = gpu.identity();
        node.put("index", identity.index()).put("uuid", identity.uuid()).put("name", identity.name());
        ReadingJson.put(node, "pci_bus_id", identity.pciBusId());
        ReadingJson.put(node, "pci_device_id", identity.pciId().map(PciId::text));
        ReadingJson.put(node, "compute_capability", identity.computeCapability());
        ReadingJson.put(node, "cuda_cores", identity.cudaCores());
        ReadingJson.put(node, "sm_count", identity.smCount());
        ReadingJson.put(node, "serial", identity.serial());
        ReadingJson.put(node, "vbios", identity.vbios());
        ReadingJson.put(node, "memory_total_bytes", gpu.memory().map(MemoryUse::totalBytes));
        ReadingJson.put(node, "power_limit_w", gpu.powerLimitW());
        ReadingJson.put(
                node, "compute_mode", gpu.computeMode().map(mode -> mode.name().toLowerCase(Locale.ROOT)));
        ReadingJson.put(node, "persistence_mode", gpu.persistenceMode());
        ReadingJson.put(node, "mig_enabled", gpu.migMode().map(MigMode::current));
        ReadingJson.put(node, "mig_pending", gpu.migMode().map(MigMode::pending));
        putMigDevices(node, gpu.migDevices());
        return node;
    }

    /** A list in any case, so that scripts can walk it: the reason says when it is unknown rather than empty. */
    private static void putMigDevices(ObjectNode node, Reading<List<MigDevice>> devices) {
        ArrayNode list = node.putArray("mig_devices");
        switch (devices) {
            case Reading.Value<List<MigDevice>>(List<MigDevice> known) ->
                known.forEach(device -> list.add(RecordJson.of(device.identity())));
            case Reading.Absent<List<MigDevice>>(Absence absence) -> node.put("mig_devices_absent", absence.reason());
        }
    }
}
