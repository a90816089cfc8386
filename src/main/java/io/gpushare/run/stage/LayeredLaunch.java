package io.gpushare.run.stage;

import io.gpushare.mode.Mount;
import io.gpushare.mode.Placement;
import io.gpushare.plan.Layer;
import io.gpushare.runtime.TenantLaunch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A launch with a layer put on the tenant. */
final class LayeredLaunch {
    private LayeredLaunch() {}

    static TenantLaunch of(TenantLaunch launch, Layer layer) {
        Map<String, String> environment = new TreeMap<>(launch.environment());
        environment.putAll(layer.environment());
        if (!layer.preload().isEmpty()) {
            environment.put(
                    Layer.PRELOAD, layer.preload().stream().map(Path::toString).collect(Collectors.joining(":")));
        }
        Placement given = launch.placement();
        return new TenantLaunch(
                launch.runId(),
                launch.number(),
                layer.wrapper().isEmpty()
                        ? launch.workload()
                        : launch.workload().startedBy(layer.wrapper()),
                launch.arguments(),
                environment,
                new Placement(given.device(), given.gpu(), given.environment(), mounts(given, layer)),
                launch.cpus(),
                launch.load(),
                launch.port());
    }

    /** A container finds a library at the path that it has on the host. */
    private static List<Mount> mounts(Placement given, Layer layer) {
        List<Mount> mounts = new ArrayList<>(given.mounts());
        mounts.addAll(layer.binds());
        layer.preload().forEach(library -> mounts.add(new Mount(library, library.toString(), true)));
        return mounts;
    }
}
