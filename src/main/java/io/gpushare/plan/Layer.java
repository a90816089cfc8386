package io.gpushare.plan;

import io.gpushare.mode.Mount;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Something that is put between tenants and the GPU: a library that intercepts calls, a profiler, another libc. All
 * tenants of the shared run get it, and baselines do not: what a workload does alone is what it does without.
 *
 * @param name tells runs with it from runs without it
 * @param environment written into results with its values, unlike other variables of tenants
 * @param binds folders of the host that containers see
 * @param preload libraries that the loader puts before all others; containers see them at the host's path
 * @param wrapper a command that starts the workload's, which follows it
 * @param memoryLimitBytes what a tenant must see of the GPU's memory at most, if the layer is said to limit it
 */
public record Layer(
        String name,
        Map<String, String> environment,
        List<Mount> binds,
        List<Path> preload,
        List<String> wrapper,
        OptionalLong memoryLimitBytes) {
    /** The variable by which the loader is told. */
    public static final String PRELOAD = "LD_PRELOAD";

    public Layer {
        environment = Map.copyOf(environment);
        binds = List.copyOf(binds);
        preload = List.copyOf(preload);
        wrapper = List.copyOf(wrapper);
    }
}
