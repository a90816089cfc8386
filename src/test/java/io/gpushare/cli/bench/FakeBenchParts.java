package io.gpushare.cli.bench;

import io.gpushare.cli.FakeRuntime;
import io.gpushare.cli.option.NeedsRoot;
import io.gpushare.cores.HostCores;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.ActiveMode;
import io.gpushare.mode.ModeAdapter;
import io.gpushare.mode.ModeRequest;
import io.gpushare.mode.Placement;
import io.gpushare.mode.config.ModeSource;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.SomeWorkloads;
import io.gpushare.plan.WorkloadSource;
import io.gpushare.platform.Platform;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.run.RunOutcome;
import io.gpushare.run.stage.Bench;
import io.gpushare.run.stage.StopRequest;
import io.gpushare.runtime.attached.Attaching;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Measures nothing: remembers what it was asked to, and has the outcomes ready. */
public final class FakeBenchParts implements BenchParts {
    static final DriverVersions NO_VERSIONS = new DriverVersions(
            Reading.absent(Absence.Kind.NOT_MEASURED),
            Reading.absent(Absence.Kind.NOT_MEASURED),
            Reading.absent(Absence.Kind.NOT_MEASURED));

    /** Adapts nothing. */
    static final ModeAdapter NO_MODES = new ModeAdapter() {
        @Override
        public Placement alone() {
            return Placement.withoutGpu();
        }

        @Override
        public void require(ModeRequest request) {}

        @Override
        public ActiveMode activate(ModeRequest request, DriverPause readers) {
            throw new AssertionError("activated");
        }
    };

    final List<Path> roots = new ArrayList<>();
    final List<Path> modeFolders = new ArrayList<>();
    public final List<RunPlan> executed = new ArrayList<>();
    final FakeRuntime runtime = new FakeRuntime("process");
    RuntimeException openingFails = new IllegalStateException("does not");
    Reading<HostCores> cores = Reading.absent(Absence.Kind.NOT_MEASURED);
    static final Attaching NOBODY_IS_ATTACHED = tenant -> {
        throw new AssertionError("nobody is attached");
    };

    boolean opensNot;
    public WorkloadSource source = new SomeWorkloads();
    public BiFunction<RunPlan, Bench, List<RunOutcome>> execution = (plan, bench) -> List.of();

    @Override
    public WorkloadSource workloads(List<Path> moreRoots) {
        roots.addAll(moreRoots);
        return source;
    }

    @Override
    public ModeSource modes() {
        return new ModeSource(modeFolders);
    }

    @Override
    public BenchPlace open(RunPlan plan, Time time, Consumer<String> note, StopRequest stop) {
        if (opensNot) {
            throw openingFails;
        }
        note.accept("Tenants run as plain processes.");
        return new BenchPlace(Optional.empty(), NO_VERSIONS, DriverPause.NONE, runtime, NO_MODES, () -> {});
    }

    @Override
    public List<MigProfile> migProfiles(RunPlan plan) {
        return List.of();
    }

    @Override
    public List<String> gpus(RunPlan plan) {
        return List.of("GPU-one", "GPU-other");
    }

    @Override
    public Platform platform(RunPlan plan) {
        return Platform.silent("a test");
    }

    @Override
    public Reading<HostCores> cores() {
        return cores;
    }

    @Override
    public List<RunOutcome> execute(RunPlan plan, Bench bench) {
        executed.add(plan);
        return execution.apply(plan, bench);
    }

    void opensNot(RuntimeException failure) {
        opensNot = true;
        openingFails = failure;
    }

    @Override
    public Attaching attaching() {
        return NOBODY_IS_ATTACHED;
    }

    @Override
    public NeedsRoot needsRoot() {
        return new NeedsRoot(false, Map.of());
    }
}
