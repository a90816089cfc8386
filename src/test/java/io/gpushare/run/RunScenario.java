package io.gpushare.run;

import io.gpushare.cores.CoreHistory;
import io.gpushare.cores.Pin;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.FakeGpu;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.ReopenableDriver;
import io.gpushare.mode.HostModes;
import io.gpushare.mode.ModeAdapter;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.transaction.ConfiguredModes;
import io.gpushare.mode.transaction.DaemonFolders;
import io.gpushare.mode.transaction.FakeControl;
import io.gpushare.mode.transaction.MemoryJournals;
import io.gpushare.plan.AttachedTenant;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.GpuAccessChoice;
import io.gpushare.plan.GpuChoice;
import io.gpushare.plan.KubernetesWishes;
import io.gpushare.plan.PrecisionGoal;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.RuntimeChoice;
import io.gpushare.plan.SlurmWishes;
import io.gpushare.plan.TenantPlan;
import io.gpushare.platform.Platform;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.results.ResultDirectory;
import io.gpushare.run.company.Member;
import io.gpushare.run.stage.Bench;
import io.gpushare.run.stage.RunListener;
import io.gpushare.run.stage.StageTimeouts;
import io.gpushare.run.stage.StopRequest;
import io.gpushare.run.stage.TenantStatus;
import io.gpushare.runtime.attached.AttachedProgram;
import io.gpushare.runtime.attached.Attaching;
import io.gpushare.sampling.LatestReadings;
import io.gpushare.time.Time;
import io.gpushare.time.VirtualTime;
import io.gpushare.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A run in a test: short, with fake tenants, on a fake GPU. */
public final class RunScenario implements RunListener, StopRequest {
    static final StageTimeouts HASTY = new StageTimeouts(
            Duration.ofMillis(5),
            Duration.ofMillis(5),
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofMillis(200));

    final Time time;
    public final FakeRuntime runtime;
    final FakeGpu gpu;
    final List<String> told = new ArrayList<>();
    Optional<LatestReadings> readings = Optional.empty();
    private @Nullable Phase interruptIn;
    private @Nullable Phase breakIn;
    private boolean broken;
    private final List<RunScenario> alsoStopped = new ArrayList<>();
    private volatile Runnable stop = () -> {};
    private final Path folder;
    private final List<TenantPlan> tenants = new ArrayList<>();
    private final List<AttachedTenant> attached = new ArrayList<>();
    private Attaching attaching = tenant -> {
        throw new AssertionError("nobody is attached");
    };
    CoreHistory history = CoreHistory.NONE;
    PrecisionGoal precision = PrecisionGoal.DEFAULT;
    private SharingMode mode = SharingMode.timeSlicing();
    private BaselineChoice baseline = new BaselineChoice.None();
    private Pin pin = new Pin.None();
    private Duration duration = Duration.ofMillis(300);
    private Duration timeout = Duration.ofSeconds(30);
    private int repeat = 1;
    private Optional<Double> costPerHour = Optional.empty();
    private Optional<Gpu> usedGpu;
    private Optional<ModeAdapter> modes = Optional.empty();
    private Member member = Member.alone();
    private DriverPause driver = DriverPause.NONE;

    /** In a time of its own, which passes as fast as the test can. */
    public RunScenario(Path folder) {
        this(folder, new VirtualTime());
    }

    RunScenario(Path folder, Time time) {
        this(folder, time, 0);
    }

    /** One of several GPUs. */
    RunScenario(Path folder, Time time, int index) {
        this.gpu = new FakeGpu(index);
        this.usedGpu = Optional.of(gpu);
        this.folder = folder;
        this.time = time;
        this.runtime = new FakeRuntime(time);
    }

    static Workload workload(String name) {
        return workload(name, Workload.Launch.PARALLEL, Duration.ofSeconds(10));
    }

    static Workload workload(String name, Workload.Launch launch, Duration readyTimeout) {
        return new Workload(
                name,
                "for tests",
                Workload.Kind.TRAINING,
                "sample",
                Workload.GpuNeed.OPTIONAL,
                Path.of("/nowhere", name),
                List.of("true"),
                Optional.of("none"),
                launch,
                readyTimeout,
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Workload.Origin.FOLDER,
                "sha256:0");
    }

    public RunScenario tenants(int count) {
        return tenants(count, workload("steady"));
    }

    public RunScenario tenants(int count, Workload workload) {
        for (int i = 0; i < count; i++) {
            tenants.add(new TenantPlan(tenants.size(), workload.name(), workload, Map.of(), MpsSettings.NONE));
        }
        return this;
    }

    /** Beside somebody else's program. */
    RunScenario attached(String target, AttachedProgram program) {
        attached.add(AttachedTenant.parse(target));
        attaching = _ -> program;
        return this;
    }

    public Attaching attaching() {
        return attaching;
    }

    RunScenario mode(SharingMode chosen) {
        mode = chosen;
        return this;
    }

    RunScenario baseline(BaselineChoice chosen) {
        baseline = chosen;
        return this;
    }

    RunScenario pin(Pin chosen) {
        pin = chosen;
        return this;
    }

    RunScenario lasting(Duration each) {
        duration = each;
        return this;
    }

    RunScenario timeout(Duration whole) {
        timeout = whole;
        return this;
    }

    RunScenario repeat(int times) {
        repeat = times;
        return this;
    }

    RunScenario costPerHour(double price) {
        costPerHour = Optional.of(price);
        return this;
    }

    RunScenario modes(ModeAdapter adapter) {
        modes = Optional.of(adapter);
        return this;
    }

    RunScenario in(Member ofCompany) {
        member = ofCompany;
        return this;
    }

    /** The GPU, through a driver that can be let go of. */
    RunScenario on(ReopenableDriver opened) {
        usedGpu = Optional.of(opened.gpus().getFirst());
        driver = opened;
        return this;
    }

    RunScenario withoutGpu() {
        usedGpu = Optional.empty();
        return this;
    }

    public RunPlan plan() {
        return new RunPlan(
                mode,
                tenants,
                attached,
                choice(),
                RuntimeChoice.PROCESS,
                SlurmWishes.NONE,
                KubernetesWishes.NONE,
                GpuAccessChoice.AUTO,
                pin,
                duration,
                precision,
                timeout,
                baseline,
                repeat,
                1,
                false,
                Duration.ofMillis(100),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                costPerHour);
    }

    private GpuChoice choice() {
        if (member.hasCompany()) {
            return new GpuChoice.Several(List.of());
        }
        return usedGpu.isPresent() ? new GpuChoice.Any() : new GpuChoice.None();
    }

    /** Ctrl-C, 200 ms after that phase began. */
    RunScenario interruptedIn(Phase phase) {
        interruptIn = phase;
        return this;
    }

    /** So do these runs, by the same keys. */
    void alsoStops(List<RunScenario> others) {
        alsoStopped.addAll(others);
    }

    /** Whoever listens throws whatever it is told, from that phase on. */
    RunScenario listenerBreaksIn(Phase phase) {
        breakIn = phase;
        return this;
    }

    List<RunOutcome> runAll() throws InterruptedException {
        Reading<String> none = Reading.absent(Absence.Kind.NOT_MEASURED);
        return RunExecutor.execute(
                plan(),
                new Bench(
                        time,
                        usedGpu,
                        new DriverVersions(Reading.of("580"), none, none),
                        driver,
                        runtime,
                        attaching,
                        modes.orElseGet(() -> modesOf(usedGpu)),
                        ResultDirectory.open(folder),
                        this,
                        this,
                        Platform.silent("a test"),
                        member),
                history,
                HASTY);
    }

    private ModeAdapter modesOf(Optional<Gpu> gpu) {
        return gpu.<ModeAdapter>map(used -> new ConfiguredModes(
                        new FakeControl().of(used.identity()),
                        new MemoryJournals(),
                        DaemonFolders.in(Path.of("/tmp")),
                        "a test",
                        true,
                        time))
                .orElseGet(HostModes::new);
    }

    RunOutcome run() throws InterruptedException {
        return runAll().getFirst();
    }

    @Override
    public void sampled(Gpu sampled, LatestReadings latest) {
        readings = Optional.of(latest);
    }

    @Override
    public void onRequest(Runnable callback) {
        stop = callback;
    }

    @Override
    public void noted(String sentence) {
        told.add("note: " + sentence);
    }

    @Override
    public void stageBegan(StageInfo stage) {
        told.add(stage.position() + "/" + stage.count() + " " + stage.name());
    }

    @Override
    public void phaseBegan(Phase phase, Optional<Duration> expected) {
        told.add(phase.words());
        broken |= phase == breakIn;
        breakIfBroken();
        if (phase == interruptIn) {
            time.start("user", () -> {
                time.pause(Duration.ofMillis(200));
                stop.run();
                alsoStopped.forEach(other -> other.stop.run());
            });
        }
    }

    @Override
    public void tenantChanged(TenantStatus status) {
        breakIfBroken();
    }

    private void breakIfBroken() {
        if (broken) {
            throw new IllegalStateException("the listener is broken");
        }
    }
}
