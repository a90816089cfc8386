package io.gpushare.sampling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.Gpu;
import io.gpushare.platform.Platform;
import io.gpushare.platform.Rapl;
import io.gpushare.reading.Reading;
import io.gpushare.results.GpuJson;
import io.gpushare.results.ReadingJson;
import io.gpushare.sampling.host.HostIdentity;
import java.util.List;

/** Who was measured, for the result file. What is absent is null, with its reason beside it. */
public final class IdentityJson {
    private IdentityJson() {}

    /** Who is asked for the machine around the GPUs. */
    static ObjectNode of(Platform platform, Reading<Rapl> rapl) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ReadingJson.put(node, "ipmitool", platform.ipmitool());
        ReadingJson.put(node, "dcgm", platform.dcgm());
        ReadingJson.put(node, "rapl_zones", rapl.map(found -> found.metrics().size()));
        return node;
    }

    public static ObjectNode of(HostIdentity host, DriverVersions versions, List<Gpu> gpus) {
        ObjectNode identity = JsonNodeFactory.instance.objectNode();
        ObjectNode machine = identity.putObject("host");
        ReadingJson.put(machine, "name", host.name());
        ReadingJson.put(machine, "kernel", host.kernel());
        ReadingJson.put(machine, "cpu_model", host.cpuModel());
        ReadingJson.put(machine, "cpu_count", host.cpuCount());
        ReadingJson.put(machine, "memory_total_bytes", host.memoryTotalBytes());
        identity.set("driver", GpuJson.of(versions));
        ArrayNode array = identity.putArray("gpus");
        gpus.forEach(gpu -> array.add(GpuJson.of(gpu)));
        return identity;
    }
}
