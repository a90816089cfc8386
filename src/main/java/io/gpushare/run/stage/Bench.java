package io.gpushare.run.stage;

import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.Gpu;
import io.gpushare.mode.ModeAdapter;
import io.gpushare.platform.Platform;
import io.gpushare.results.ResultDirectory;
import io.gpushare.run.company.Member;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.runtime.attached.Attaching;
import io.gpushare.time.Time;
import java.util.Optional;

/**
 * What a run works with. Whoever made these closes them.
 *
 * @param time in which the run is carried out
 * @param attaching finds what is only watched
 * @param gpu empty when no GPU takes part
 * @param platform who is asked for the machine around the GPU
 * @param member among runs on other GPUs of this host
 * @param driver lets go of the GPU while something is changed that nobody may watch
 */
public record Bench(
        Time time,
        Optional<Gpu> gpu,
        DriverVersions versions,
        DriverPause driver,
        TenantRuntime runtime,
        Attaching attaching,
        ModeAdapter modes,
        ResultDirectory directory,
        StopRequest stopRequest,
        RunListener listener,
        Platform platform,
        Member member) {}
