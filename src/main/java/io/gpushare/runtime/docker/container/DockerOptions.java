package io.gpushare.runtime.docker.container;

import io.gpushare.mode.Mount;
import io.gpushare.runtime.docker.gpu.GpuAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How containers are to be run.
 *
 * @param wanted the way in which a GPU gets into a container; empty for the first that is open here
 * @param binds what every container sees of the host, besides what its mode gives it
 * @param environment variables for every tenant
 * @param withGpu whether a GPU takes part, so that those that can use one must get it
 * @param gpuMinors the number in {@code /dev/nvidia<number>} of each physical GPU, by UUID
 */
public record DockerOptions(
        Optional<GpuAccess.Kind> wanted,
        List<Mount> binds,
        Map<String, String> environment,
        boolean withGpu,
        Map<String, Integer> gpuMinors) {
    public DockerOptions {
        binds = List.copyOf(binds);
        environment = Map.copyOf(environment);
        gpuMinors = Map.copyOf(gpuMinors);
    }
}
