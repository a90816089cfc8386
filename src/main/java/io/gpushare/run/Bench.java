package io.gpushare.run;

import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.Gpu;
import io.gpushare.mode.ModeAdapter;
import io.gpushare.results.ResultDirectory;
import io.gpushare.runtime.TenantRuntime;
import java.util.Optional;

/**
 * What a run works with. Whoever made these closes them.
 *
 * @param gpu empty when no GPU takes part
 */
public record Bench(
        Optional<Gpu> gpu,
        DriverVersions versions,
        TenantRuntime runtime,
        ModeAdapter modes,
        ResultDirectory directory,
        StopRequest stopRequest,
        RunListener listener) {}
