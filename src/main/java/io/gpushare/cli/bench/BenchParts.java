package io.gpushare.cli.bench;

import io.gpushare.cli.option.NeedsRoot;
import io.gpushare.cores.HostCores;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.config.ModeSource;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.WorkloadSource;
import io.gpushare.platform.Platform;
import io.gpushare.reading.Reading;
import io.gpushare.run.RunOutcome;
import io.gpushare.run.stage.Bench;
import io.gpushare.run.stage.StopRequest;
import io.gpushare.runtime.attached.Attaching;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** What {@code bench} works with; tests bring their own. */
public interface BenchParts {

    /** @param roots folders of workloads besides those that ship with gpushare */
    WorkloadSource workloads(List<Path> roots);

    /** The modes that can be named. */
    ModeSource modes();

    /**
     * Finds the GPU and opens the runtime.
     *
     * @param time in which a simulated GPU works
     * @param note told what was chosen and why
     * @param stop ends the wait for others who give a place
     */
    BenchPlace open(RunPlan plan, Time time, Consumer<String> note, StopRequest stop) throws InterruptedException;

    /**
     * Finds all GPUs of a plan that runs on several, and takes each of them; in their order on the machine, so that two
     * who want the same ones do not take half of them each.
     *
     * @throws io.gpushare.failure.GpushareException when one cannot be had, which is named; then none is taken
     */
    default List<BenchPlace> openAll(RunPlan plan, Time time, Consumer<String> note, StopRequest stop)
            throws InterruptedException {
        return List.of(open(plan, time, note, stop));
    }

    /** What tells the GPUs of a plan apart that runs on several: their UUIDs, or what simulated ones are called. */
    List<String> gpus(RunPlan plan);

    /** For a plan that is not carried out: the cores of this machine. */
    Reading<HostCores> cores();

    List<RunOutcome> execute(RunPlan plan, Bench bench) throws InterruptedException;

    /**
     * In which sizes the GPU of a plan can be divided.
     *
     * @throws io.gpushare.failure.GpushareException (status UNABLE) where it cannot
     */
    List<MigProfile> migProfiles(RunPlan plan);

    /** Who is asked for the machine around the GPU. */
    Platform platform(RunPlan plan);

    /**
     * Who is asked for the machine around all of these GPUs of a plan; where they are simulated, their machine is, too.
     *
     * @param time in which they work
     */
    default Platform machine(RunPlan plan, List<Gpu> gpus, Time time) {
        return platform(plan);
    }

    /** Finds the programs that are only watched. */
    Attaching attaching();

    /** What to type where this user may not change the GPU. */
    NeedsRoot needsRoot();
}
