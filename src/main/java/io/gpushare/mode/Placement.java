package io.gpushare.mode;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a mode gives a tenant, whatever it runs in.
 *
 * @param device UUID of the GPU or MIG device that the tenant must see, and no other; empty for a tenant without a GPU
 * @param gpu UUID of the physical GPU behind it, which device nodes and device requests name
 */
public record Placement(
        Optional<String> device, Optional<String> gpu, Map<String, String> environment, List<Mount> mounts) {
    public Placement {
        environment = Map.copyOf(environment);
        mounts = List.copyOf(mounts);
    }

    public static Placement withoutGpu() {
        return new Placement(Optional.empty(), Optional.empty(), Map.of(), List.of());
    }
}
