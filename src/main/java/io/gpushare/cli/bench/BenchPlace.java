package io.gpushare.cli.bench;

import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.Gpu;
import io.gpushare.mode.ElsewhereModes;
import io.gpushare.mode.ModeAdapter;
import io.gpushare.runtime.TenantRuntime;
import java.util.Optional;

/**
 * Where a plan is carried out. Closing it closes the runtime, then what it stands on.
 *
 * @param gpu empty when no GPU takes part
 * @param driver lets go of the GPU for a while
 * @param below closed last: the driver or the simulation
 */
public record BenchPlace(
        Optional<Gpu> gpu,
        DriverVersions versions,
        DriverPause driver,
        TenantRuntime runtime,
        ModeAdapter modes,
        Runnable below)
        implements AutoCloseable {

    /**
     * As in {@code NVIDIA H200 (GPU 0)}.
     *
     * @param simulated which is said elsewhere, and has no other GPU beside it
     */
    String gpuWords(boolean simulated) {
        return gpu.map(Gpu::identity)
                .map(identity -> simulated
                        ? identity.name().replace(" (simulated)", "")
                        : identity.name() + " (GPU " + identity.index() + ")")
                .orElse(modes instanceof ElsewhereModes ? "GPUs of other machines, if any" : "no GPU");
    }

    @Override
    public void close() {
        try {
            runtime.close();
        } finally {
            below.run();
        }
    }
}
