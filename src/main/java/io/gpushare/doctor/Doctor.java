package io.gpushare.doctor;

import io.gpushare.doctor.ChangesCheck.ChangesView;
import io.gpushare.doctor.DriverCheck.DriverView;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.recovery.Recovery;
import io.gpushare.runtime.LeftoverSource;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineSearch;
import io.gpushare.runtime.docker.gpu.GpuAccessProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Examines the machine. Nothing is changed, but that GPUs are put back which a killed gpushare left changed; and
 * nothing else than that can hold it up for longer than its patience.
 */
public final class Doctor {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /**
     * Dividing a GPU, and making it whole, takes the driver seconds, and up to a minute with programs that do not end.
     */
    private static final Duration PATIENCE_WITH_CHANGES = Duration.ofMinutes(5);

    private final ExaminedHost machine;
    private final Supplier<GpuDriver> driver;
    private final Supplier<EngineAnswer> engine;
    private final List<LeftoverSource> leftovers;
    private final Recovery recovery;
    private final Volumes volumes;
    private final Duration patience;

    /**
     * @param driver opens a connection, or throws a {@code GpushareException}; the doctor closes it
     * @param leftovers where crashed runs may have left something
     * @param recovery of GPUs that they may have left changed
     */
    public Doctor(ExaminedHost machine, Supplier<GpuDriver> driver, List<LeftoverSource> leftovers, Recovery recovery) {
        this(
                machine,
                driver,
                new EngineSearch(machine.environment(), machine.home(), machine.root())::find,
                leftovers,
                recovery,
                Volumes.ofThisMachine(),
                PATIENCE);
    }

    Doctor(
            ExaminedHost machine,
            Supplier<GpuDriver> driver,
            Supplier<EngineAnswer> engine,
            List<LeftoverSource> leftovers,
            Recovery recovery,
            Volumes volumes,
            Duration patience) {
        this.machine = machine;
        this.driver = driver;
        this.engine = engine;
        this.leftovers = List.copyOf(leftovers);
        this.recovery = recovery;
        this.volumes = volumes;
        this.patience = patience;
    }

    public DoctorReport examine() throws InterruptedException {
        CheckResult<ChangesView> changes = changes();
        Set<Path> ours = changes.view().map(ChangesView::pipeDirectories).orElse(Set.of());
        try (ConcurrentChecks round = new ConcurrentChecks(patience)) {
            var driverStarted = round.start("gpu", "Driver and GPUs", new DriverCheck(machine, driver));
            var engineStarted = round.start(
                    "containers", "Containers", new EngineCheck(engine, new GpuAccessProbe(machine.root())));
            var mpsStarted = round.start("mps", "MPS", new MpsCheck(machine, ours));
            var toolsStarted = round.start("tools", "NVIDIA tools", new ToolsCheck(machine));
            var userStarted = round.start("permissions", "Permissions", new UserCheck(machine));
            var resultsStarted =
                    round.start("results", "Results", new ResultsCheck(machine.resultsDirectory(), volumes));
            var leftoversStarted = round.start("leftovers", "Crashed runs", new LeftoversCheck(leftovers));
            var systemStarted = round.start("system", "System", new SystemCheck(machine));

            CheckResult<DriverView> gpus = round.finish(driverStarted);
            var containers = round.finish(engineStarted);
            var mps = round.finish(mpsStarted);
            var tools = round.finish(toolsStarted);
            var user = round.finish(userStarted);
            var results = round.finish(resultsStarted);
            var crashed = round.finish(leftoversStarted);
            var system = round.finish(systemStarted);

            Capabilities capabilities = new Capabilities(gpus, containers, mps, tools, user, results);
            return new DoctorReport(
                    capabilities.ready(),
                    List.of(
                            gpus.section(),
                            mps.section(),
                            tools.section(),
                            containers.section(),
                            user.section(),
                            results.section(),
                            crashed.section(),
                            changes.section(),
                            system.section()),
                    capabilities.list());
        }
    }

    private CheckResult<ChangesView> changes() throws InterruptedException {
        try (ConcurrentChecks round = new ConcurrentChecks(PATIENCE_WITH_CHANGES)) {
            return round.finish(round.start("changes", "Interrupted changes", new ChangesCheck(recovery)));
        }
    }
}
