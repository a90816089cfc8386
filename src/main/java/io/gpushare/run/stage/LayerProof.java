package io.gpushare.run.stage;

import io.gpushare.plan.Layer;
import io.gpushare.text.Amount;
import io.gpushare.workload.protocol.TenantMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks whether a layer is in force in a tenant: its libraries are in the memory of a program of the tenant, by the
 * kernel's word, and its limit shows in what the tenant sees.
 */
final class LayerProof {
    private static final Path PROC = Path.of("/proc");

    private LayerProof() {}

    static void look(StageTenant tenant, Layer layer) {
        List<String> doubts = new ArrayList<>();
        if (!layer.preload().isEmpty()) {
            loaded(tenant, layer, doubts);
        }
        layer.memoryLimitBytes().ifPresent(limit -> limited(tenant, limit).ifPresent(doubts::add));
        tenant.layerDoubts = List.copyOf(doubts);
    }

    private static void loaded(StageTenant tenant, Layer layer, List<String> doubts) {
        List<String> maps = tenant.processes.stream()
                .flatMap(pid -> memoryMap(PROC.resolve(Integer.toString(pid))).stream())
                .toList();
        if (maps.isEmpty()) {
            doubts.add("whether its programs have loaded the layer's libraries cannot be seen from here");
            return;
        }
        for (Path library : layer.preload()) {
            // In a container it has another path to whoever looks from outside.
            String end = "/" + library.getFileName() + "\n";
            if (maps.stream().noneMatch(map -> map.contains(end))) {
                doubts.add("none of its programs has loaded " + library);
            }
        }
    }

    private static Optional<String> memoryMap(Path process) {
        try {
            return Optional.of(Files.readString(process.resolve("maps"), StandardCharsets.ISO_8859_1))
                    .filter(map -> !map.isEmpty());
        } catch (IOException endedOrNotOurs) {
            return Optional.empty();
        }
    }

    private static Optional<String> limited(StageTenant tenant, long limit) {
        Optional<TenantMessage.Device> device =
                Optional.ofNullable(tenant.hello).flatMap(TenantMessage.Hello::device);
        OptionalLong seen = device.map(TenantMessage.Device::freeBytes).orElse(OptionalLong.empty());
        if (seen.isEmpty()) {
            return Optional.of("it does not say how much of the GPU's memory it sees, and the layer should limit that");
        }
        return seen.getAsLong() <= limit
                ? Optional.empty()
                : Optional.of("it sees " + Amount.bytes(seen.getAsLong()) + " of free memory on the GPU, and the layer"
                        + " should leave it " + Amount.bytes(limit) + " at most");
    }
}
