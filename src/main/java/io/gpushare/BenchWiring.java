package io.gpushare;

import io.gpushare.cli.bench.BenchModes;
import io.gpushare.cli.bench.BenchParts;
import io.gpushare.cli.bench.BenchPlace;
import io.gpushare.cli.bench.BenchSetup;
import io.gpushare.cli.bench.BenchSetup.Elsewhere;
import io.gpushare.cli.mode.ModeParts;
import io.gpushare.cli.option.CatalogWorkloads;
import io.gpushare.cores.CoreHistory;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.plan.GpuAccessChoice;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantVariable;
import io.gpushare.run.RunExecutor;
import io.gpushare.run.stage.StopRequest;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.runtime.attached.HostAttaching;
import io.gpushare.runtime.docker.DockerRuntime;
import io.gpushare.runtime.docker.container.AttachedContainer;
import io.gpushare.runtime.docker.container.DockerOptions;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineProblem;
import io.gpushare.runtime.docker.gpu.GpuAccess;
import io.gpushare.runtime.kubernetes.KubernetesRuntime;
import io.gpushare.runtime.process.LeftBehind;
import io.gpushare.runtime.process.ProcessRuntime;
import io.gpushare.runtime.sim.SimulatedRuntime;
import io.gpushare.runtime.slurm.SlurmRequest;
import io.gpushare.runtime.slurm.SlurmRuntime;
import io.gpushare.sampling.host.HostIdentity;
import io.gpushare.sim.Simulation;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The real parts that {@code bench} and all that measures like it stand on. */
final class BenchWiring {
    /** In the program's folder, of a clone as of a bundle. */
    private static final String PROGRAM = "gpushare";

    private final Supplier<EngineAnswer> engines;
    private final LeftBehind leftBehind = new LeftBehind();

    private BenchWiring(Supplier<EngineAnswer> engines) {
        this.engines = engines;
    }

    /**
     * @param command which measures with them, as {@code gpushare bench}
     * @param home the program's folder, which holds the workloads and modes that ship with it
     */
    static BenchParts parts(
            String command, Path home, Supplier<GpuDriver> drivers, Supplier<EngineAnswer> engines, ModeParts modes) {
        BenchWiring wiring = new BenchWiring(engines);
        return new BenchSetup(
                drivers,
                roots -> CatalogWorkloads.in(home, roots),
                modes.modes(),
                wiring::docker,
                (plan, gpu) -> new ProcessRuntime(System.getenv(), variables(plan), wiring.leftBehind),
                new HostAttaching(name -> AttachedContainer.of(engines.get(), name)),
                (plan, time, note, stop) -> slurm(plan, home.resolve(PROGRAM), time, note, stop),
                (plan, time, note, stop) -> kubernetes(plan, modes.state().own(), time, note, stop),
                (plan, host, index, time) -> simulated(
                        Simulation.of(host.profile(), new Simulation.Place(index, host.count()), plan.seed(), time)),
                new BenchModes(modes, command)::hold,
                modes.needsRoot(),
                (plan, bench) -> RunExecutor.execute(
                        plan,
                        bench,
                        plan.simulated() || plan.runtime().elsewhere()
                                ? CoreHistory.NONE
                                : history(modes.state().own())));
    }

    static CoreHistory history(Path state) {
        HostIdentity host = HostIdentity.read(Path.of("/proc"));
        return CoreHistory.in(
                state,
                host.name().asOptional().orElse("?") + ", "
                        + host.cpuModel().asOptional().orElse("?"));
    }

    private TenantRuntime docker(RunPlan plan, Optional<Gpu> gpu) {
        return switch (engines.get()) {
            case EngineAnswer.Found found -> DockerRuntime.open(found.engine(), options(plan, gpu));
            case EngineAnswer.Unusable(EngineProblem problem) ->
                throw new GpushareException(
                        ExitStatus.UNABLE,
                        problem.sentence(),
                        problem.advice().orElse("`gpushare doctor` says what is missing."));
        };
    }

    private static Elsewhere slurm(RunPlan plan, Path program, Time time, Consumer<String> note, StopRequest stop)
            throws InterruptedException {
        int atOnce = plan.mode().concurrent() ? plan.tenants().size() : 1;
        SlurmRequest request = new SlurmRequest(plan.slurm().values(), atOnce, plan.timeout());
        return new Elsewhere(
                SlurmRuntime.open(request, System.getenv(), program, variables(plan), time, note, stop::onRequest),
                plan.slurm().mps());
    }

    private static Elsewhere kubernetes(RunPlan plan, Path state, Time time, Consumer<String> note, StopRequest stop)
            throws InterruptedException {
        KubernetesRuntime runtime = KubernetesRuntime.open(plan, variables(plan), state, time, note, stop::onRequest);
        return new Elsewhere(runtime, runtime.othersMps());
    }

    private static DockerOptions options(RunPlan plan, Optional<Gpu> gpu) {
        return new DockerOptions(wanted(plan.gpuAccess()), plan.binds(), variables(plan), gpu.isPresent(), minors(gpu));
    }

    private static Map<String, String> variables(RunPlan plan) {
        return TenantVariable.resolve(plan.environment(), System.getenv());
    }

    private static Map<String, Integer> minors(Optional<Gpu> gpu) {
        return gpu.map(Gpu::identity)
                .flatMap(identity -> identity.minorNumber().asOptional().map(minor -> Map.of(identity.uuid(), minor)))
                .orElse(Map.of());
    }

    private static Optional<GpuAccess.Kind> wanted(GpuAccessChoice choice) {
        return switch (choice) {
            case AUTO -> Optional.empty();
            case NVIDIA -> Optional.of(GpuAccess.Kind.NVIDIA_RUNTIME);
            case CDI -> Optional.of(GpuAccess.Kind.CDI);
            case DEVICES -> Optional.of(GpuAccess.Kind.DEVICE_NODES);
        };
    }

    private static BenchPlace simulated(Simulation simulation) {
        GpuDriver driver = simulation.driver();
        return new BenchPlace(
                Optional.of(driver.gpus().getFirst()),
                driver.versions(),
                DriverPause.NONE,
                new SimulatedRuntime(simulation),
                simulation.modes(),
                () -> {});
    }
}
