package io.gpushare.cli.bench;

import io.gpushare.cli.mode.HeldModes;
import io.gpushare.cli.option.GpuSelection;
import io.gpushare.cli.option.NeedsRoot;
import io.gpushare.cli.option.NoGpuException;
import io.gpushare.cores.HostCores;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.DriverPause;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.gpu.MigProfile;
import io.gpushare.gpu.ReopenableDriver;
import io.gpushare.mode.ElsewhereModes;
import io.gpushare.mode.HostModes;
import io.gpushare.mode.ModeAdapter;
import io.gpushare.mode.Mount;
import io.gpushare.mode.config.ModeSource;
import io.gpushare.plan.GpuChoice;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.RuntimeChoice;
import io.gpushare.plan.TenantPlan;
import io.gpushare.plan.WorkloadSource;
import io.gpushare.platform.Platform;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.run.RunOutcome;
import io.gpushare.run.company.Member;
import io.gpushare.run.stage.Bench;
import io.gpushare.run.stage.StopRequest;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.runtime.attached.Attaching;
import io.gpushare.runtime.foreign.ForeignRuntime;
import io.gpushare.sim.SimulatedBaseboard;
import io.gpushare.time.Time;
import io.gpushare.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The parts of {@code bench} on this machine.
 *
 * @param catalogs of workloads, by the folders that are searched besides gpushare's own
 * @param modes that can be named
 */
public record BenchSetup(
        Supplier<GpuDriver> drivers,
        Function<List<Path>, WorkloadSource> catalogs,
        ModeSource modes,
        RuntimeFactory docker,
        RuntimeFactory processes,
        Attaching attaching,
        ElsewhereFactory slurm,
        ElsewhereFactory kubernetes,
        SimulationFactory simulations,
        ModesFactory gpuModes,
        NeedsRoot needsRoot,
        Executor executor)
        implements BenchParts {

    public interface RuntimeFactory {
        /** @throws GpushareException (status UNABLE) when there is none on this machine */
        TenantRuntime open(RunPlan plan, Optional<Gpu> gpu) throws InterruptedException;
    }

    /**
     * Tenants on other machines.
     *
     * @param othersMps whether somebody else's MPS is to share their GPUs
     */
    public record Elsewhere(TenantRuntime runtime, boolean othersMps) {}

    public interface ElsewhereFactory {
        /**
         * Waits until there is a place for the tenants.
         *
         * @param note told what it waits for
         * @throws GpushareException (status UNABLE) when there is none to ask, or it gives nothing
         */
        Elsewhere open(RunPlan plan, Time time, Consumer<String> note, StopRequest stop) throws InterruptedException;
    }

    public interface ModesFactory {
        /**
         * @param note told what a crash had left and was put back
         * @throws GpushareException (status UNABLE) when another gpushare has this GPU
         */
        HeldModes hold(Gpu gpu, DriverPause driver, Consumer<String> note) throws InterruptedException;
    }

    public interface SimulationFactory {
        /**
         * @param index of the card, where the simulated host has several
         * @throws GpushareException (status USAGE) for a profile that is not known
         */
        BenchPlace open(RunPlan plan, GpuChoice.Simulated host, int index, Time time);
    }

    public interface Executor {
        List<RunOutcome> execute(RunPlan plan, Bench bench) throws InterruptedException;
    }

    @Override
    public WorkloadSource workloads(List<Path> roots) {
        return catalogs.apply(roots);
    }

    @Override
    public Reading<HostCores> cores() {
        return HostCores.read(Path.of("/"));
    }

    @Override
    public List<MigProfile> migProfiles(RunPlan plan) {
        return switch (offered(plan)) {
            case Reading.Value<List<MigProfile>>(List<MigProfile> profiles) when !profiles.isEmpty() -> profiles;
            case Reading.Value<List<MigProfile>> _ -> throw indivisible("it offers no profile");
            case Reading.Absent<List<MigProfile>>(Absence absence) -> throw indivisible(absence.reason());
        };
    }

    private Reading<List<MigProfile>> offered(RunPlan plan) {
        return switch (plan.gpu()) {
            case GpuChoice.Simulated host -> ofSimulated(plan, host);
            case GpuChoice.None() -> Reading.notMeasured("no GPU takes part");
            case GpuChoice.Any() -> migProfiles(List.of());
            case GpuChoice.Named(String name) -> migProfiles(List.of(name));
            case GpuChoice.Several _ -> throw severalAtOnce();
        };
    }

    private Reading<List<MigProfile>> ofSimulated(RunPlan plan, GpuChoice.Simulated host) {
        try (BenchPlace place = simulations.open(plan, host, 0, Time.real())) {
            return place.gpu().map(Gpu::migProfiles).orElse(Reading.notMeasured("no GPU takes part"));
        }
    }

    private Reading<List<MigProfile>> migProfiles(List<String> named) {
        return findingAGpu(() -> {
            try (GpuDriver driver = drivers.get()) {
                return new GpuSelection(named).from(driver.gpus()).getFirst().migProfiles();
            }
        });
    }

    @Override
    public List<String> gpus(RunPlan plan) {
        return switch (plan.gpu()) {
            case GpuChoice.Simulated host ->
                IntStream.range(0, host.count())
                        .mapToObj(index -> "simulated " + host.text() + " " + index)
                        .toList();
            case GpuChoice.Several(List<String> names) -> uuids(names);
            case GpuChoice.Named(String name) -> uuids(List.of(name));
            case GpuChoice.Any() -> uuids(List.of()).subList(0, 1);
            case GpuChoice.None() -> List.of();
        };
    }

    private List<String> uuids(List<String> named) {
        return findingAGpu(() -> {
            try (GpuDriver driver = drivers.get()) {
                return new GpuSelection(named)
                        .from(driver.gpus()).stream()
                                .map(gpu -> gpu.identity().uuid())
                                .toList();
            }
        });
    }

    private static GpushareException indivisible(String why) {
        return GpushareException.unable(
                "this GPU cannot be divided: " + why,
                "`gpushare gpus` shows which GPUs have MIG; --simulate has some that have it.");
    }

    @Override
    public Platform platform(RunPlan plan) {
        if (plan.simulated()) {
            return Platform.silent("the GPU is simulated");
        }
        return plan.runtime().elsewhere()
                ? Platform.silent("tenants may run on other machines")
                : Platform.here(System.getenv());
    }

    @Override
    public Platform machine(RunPlan plan, List<Gpu> gpus, Time time) {
        return plan.gpu() instanceof GpuChoice.Simulated host
                ? SimulatedBaseboard.around(gpus, host.profile(), plan.seed(), time)
                : platform(plan);
    }

    @Override
    public List<RunOutcome> execute(RunPlan plan, Bench bench) throws InterruptedException {
        return executor.execute(plan, bench);
    }

    @Override
    public BenchPlace open(RunPlan plan, Time time, Consumer<String> note, StopRequest stop)
            throws InterruptedException {
        requireBinds(plan);
        plan.requireServersHere();
        if (plan.runtime().elsewhere()) {
            ElsewhereFactory factory = plan.runtime() == RuntimeChoice.SLURM ? slurm : kubernetes;
            Elsewhere opened = factory.open(plan, time, note, stop);
            TenantRuntime nodes = requiring(opened.runtime(), plan);
            return place(
                    nodes,
                    new ElsewhereModes(opened.othersMps(), plan.kubernetes().placement()),
                    time);
        }
        return switch (plan.gpu()) {
            case GpuChoice.Simulated host when host.several() -> throw severalAtOnce();
            case GpuChoice.Simulated host -> simulations.open(plan, host, 0, time);
            case GpuChoice.Several _ -> throw severalAtOnce();
            case GpuChoice.None() -> withoutGpu(plan, time, note);
            case GpuChoice.Any() -> onGpu(plan, time, Optional.empty(), note);
            case GpuChoice.Named(String name) -> onGpu(plan, time, Optional.of(name), note);
        };
    }

    private static GpushareException severalAtOnce() {
        return GpushareException.usage(
                "only `gpushare bench` runs on several GPUs at the same time", "Choose one of them.");
    }

    @Override
    public List<BenchPlace> openAll(RunPlan plan, Time time, Consumer<String> note, StopRequest stop)
            throws InterruptedException {
        requireBinds(plan);
        plan.requireServersHere();
        return switch (plan.gpu()) {
            case GpuChoice.Simulated host ->
                IntStream.range(0, host.count())
                        .mapToObj(index -> simulations.open(plan, host, index, time))
                        .toList();
            case GpuChoice.Several(List<String> names) -> onGpus(plan, time, names, note);
            case GpuChoice.Any _, GpuChoice.Named _, GpuChoice.None _ -> List.of(open(plan, time, note, stop));
        };
    }

    /** On one connection to the driver, which some changes of a GPU need to be let go of. */
    private List<BenchPlace> onGpus(RunPlan plan, Time time, List<String> names, Consumer<String> note)
            throws InterruptedException {
        ReopenableDriver driver = findingAGpu(() -> ReopenableDriver.open(drivers));
        List<BenchPlace> places = new ArrayList<>();
        boolean all = false;
        try {
            List<Gpu> chosen = findingAGpu(() -> new GpuSelection(names).from(driver.gpus()));
            AtomicInteger open = new AtomicInteger(chosen.size());
            for (Gpu gpu : chosen) {
                try {
                    places.add(on(gpu, driver, plan, time, note, () -> {
                        if (open.decrementAndGet() == 0) {
                            driver.close();
                        }
                    }));
                } catch (GpushareException unable) {
                    throw Member.naming(gpu.identity().index(), unable);
                }
            }
            all = true;
            return places;
        } finally {
            if (!all) {
                places.forEach(BenchPlace::close);
                driver.close();
            }
        }
    }

    private static void requireBinds(RunPlan plan) {
        for (Mount bind : plan.binds()) {
            if (!Files.exists(bind.host())) {
                throw GpushareException.usage(
                        "there is no " + bind.host() + " that tenants could see as " + bind.tenant(),
                        "A container engine would make an empty folder of it: create it first, or correct --bind.");
            }
        }
    }

    private BenchPlace withoutGpu(RunPlan plan, Time time, Consumer<String> note) throws InterruptedException {
        return place(runtime(plan, Optional.empty(), note), new HostModes(), time);
    }

    /** Where no GPU of this machine takes part. */
    private static BenchPlace place(TenantRuntime runtime, ModeAdapter modes, Time time) {
        Reading<String> unknown = Reading.notMeasured("no GPU of this machine takes part");
        return new BenchPlace(
                Optional.empty(),
                new DriverVersions(unknown, unknown, unknown),
                DriverPause.NONE,
                new ForeignRuntime(runtime, time),
                modes,
                () -> {});
    }

    private BenchPlace onGpu(RunPlan plan, Time time, Optional<String> name, Consumer<String> note)
            throws InterruptedException {
        ReopenableDriver driver = findingAGpu(() -> ReopenableDriver.open(drivers));
        try {
            List<Gpu> all = driver.gpus();
            Gpu gpu = findingAGpu(
                    () -> new GpuSelection(name.stream().toList()).from(all).getFirst());
            return on(gpu, driver, plan, time, note, driver::close);
        } catch (RuntimeException | InterruptedException failure) {
            driver.close();
            throw failure;
        }
    }

    private BenchPlace on(
            Gpu gpu, ReopenableDriver driver, RunPlan plan, Time time, Consumer<String> note, Runnable driverDone)
            throws InterruptedException {
        HeldModes held = gpuModes.hold(gpu, driver, note);
        try {
            return new BenchPlace(
                    Optional.of(gpu),
                    driver.versions(),
                    driver,
                    new ForeignRuntime(runtime(plan, Optional.of(gpu), note), time),
                    held.modes(),
                    () -> {
                        driverDone.run();
                        held.release().run();
                    });
        } catch (RuntimeException | InterruptedException failure) {
            held.release().run();
            throw failure;
        }
    }

    private static <T> T findingAGpu(Supplier<T> look) {
        try {
            return look.get();
        } catch (GpushareException failure) {
            // A GPU that is merely called something else is a slip of the keyboard.
            throw failure.status() == ExitStatus.UNABLE ? new NoGpuException(failure) : failure;
        }
    }

    private TenantRuntime runtime(RunPlan plan, Optional<Gpu> gpu, Consumer<String> note) throws InterruptedException {
        return switch (plan.runtime()) {
            case RuntimeChoice.DOCKER -> requiring(docker, plan, gpu);
            case RuntimeChoice.PROCESS -> requiring(processes, plan, gpu);
            case RuntimeChoice.SLURM, RuntimeChoice.KUBERNETES ->
                throw new IllegalStateException("tenants elsewhere use no GPU of this machine");
            case RuntimeChoice.AUTO -> chosen(plan, gpu, note);
        };
    }

    private TenantRuntime chosen(RunPlan plan, Optional<Gpu> gpu, Consumer<String> note) throws InterruptedException {
        try {
            TenantRuntime runtime = requiring(docker, plan, gpu);
            note.accept("Tenants run in containers: an engine answers and has their images.");
            return runtime;
        } catch (GpushareException unusable) {
            note.accept(
                    "Tenants run as plain processes, because containers cannot be used: " + unusable.sentence() + ".");
        }
        return requiring(processes, plan, gpu);
    }

    private static TenantRuntime requiring(RuntimeFactory factory, RunPlan plan, Optional<Gpu> gpu)
            throws InterruptedException {
        return requiring(factory.open(plan, gpu), plan);
    }

    private static TenantRuntime requiring(TenantRuntime runtime, RunPlan plan) throws InterruptedException {
        try {
            runtime.require(started(plan));
            return runtime;
        } catch (RuntimeException | InterruptedException failure) {
            runtime.close();
            throw failure;
        }
    }

    private static List<Workload> started(RunPlan plan) {
        return plan.tenants().stream()
                .map(TenantPlan::workload)
                .filter(workload -> !workload.attached())
                .distinct()
                .toList();
    }
}
