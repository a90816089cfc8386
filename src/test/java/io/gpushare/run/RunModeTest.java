package io.gpushare.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.FakeGpuDriver;
import io.gpushare.gpu.FakeMigDevice;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.gpu.MigMode;
import io.gpushare.gpu.ReopenableDriver;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.ModeRequest.TenantNeeds;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.run.stage.RunListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class RunModeTest {
    @TempDir
    private Path folder;

    private final FakeModes modes = new FakeModes();
    private RunScenario scenario;

    @BeforeEach
    void begin() {
        scenario = new RunScenario(folder.resolve("results")).modes(modes).mode(SharingMode.mps());
    }

    @AfterEach
    void nothingIsLeftRunning() {
        assertThat(scenario.runtime.leftOpen()).isEmpty();
        assertThat(scenario.gpu.openResources()).isZero();
    }

    @Test
    void requiresTheModeBeforeAnyBaselineIsMeasured() {
        modes.refusal = new GpushareException(ExitStatus.UNABLE, "not on this card", null);
        scenario.tenants(2).baseline(new BaselineChoice.Run());

        assertThatThrownBy(scenario::run).isSameAs(modes.refusal);
        assertThat(scenario.runtime.launched()).isEmpty();
        assertThat(modes.calls).containsExactly("require");
    }

    @Test
    void refusesMigBeforeBaselinesWhereTenantsCannotBeGivenAPart() {
        scenario.runtime.onlyWholeGpus = true;
        scenario.tenants(1).mode(SharingMode.mig(new MigLayout.Balanced())).baseline(new BaselineChoice.Run());

        assertThatThrownBy(scenario::run).hasMessageContaining("only whole GPUs get in here");
        assertThat(scenario.runtime.launched()).isEmpty();
        assertThat(modes.calls).isEmpty();
    }

    @Test
    void saysBeforeItStartsThatMostDriversServeFewerClients() throws Exception {
        scenario.tenants(49).mode(SharingMode.mps());

        RunResult result = scenario.run().result();

        String warning = "49 tenants use one MPS server: most drivers serve 48, only the newest 60";
        assertThat(result.warnings()).contains(warning);
        assertThat(scenario.told).containsSubsequence("checking", "note: " + warning, "launching");
    }

    @Test
    void takesNoBaselineOnAPartOfAGpuForOneOnAllOfIt() throws Exception {
        scenario.gpu.migMode.answers(new MigMode(true, true));
        scenario.tenants(1).mode(SharingMode.mig(new MigLayout.Balanced())).baseline(new BaselineChoice.Run());

        assertThatThrownBy(scenario::run).hasMessageContaining("baselines cannot be measured on all of it");
        assertThat(scenario.runtime.launched()).isEmpty();

        scenario.baseline(new BaselineChoice.None()).run();
        assertThat(modes.calls).endsWith("prove", "close");
    }

    @Test
    void tellsTheModeAsWhomItsTenantsRun() throws Exception {
        scenario.tenants(2).run();

        assertThat(modes.requests)
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.tenants())
                        .containsOnly(new TenantNeeds(MpsSettings.NONE, OptionalInt.of(1000))));
    }

    @Test
    void changesNothingWhenABaselineFailed() throws Exception {
        scenario.tenants(2).baseline(new BaselineChoice.Run());
        scenario.runtime.others(launch -> Lives.exiting(1));

        RunResult result = scenario.run().result();

        assertThat(result.tenants())
                .allMatch(tenant -> tenant.problem().orElseThrow().cancelled());
        assertThat(modes.calls).containsExactly("require");
    }

    @Test
    void looksWhileTenantsAreMeasuredAndNotBeforeOrAfter() throws Exception {
        scenario.tenants(2).baseline(new BaselineChoice.Run()).lasting(Duration.ofMillis(1_800));

        scenario.run();
        int looks = modes.looks.get();
        scenario.time.sleep(Duration.ofMillis(700));

        assertThat(looks).isEqualTo(2);
        assertThat(modes.looks).hasValue(looks);
        assertThat(modes.calls).containsExactly("require", "activate", "prove", "close");
    }

    @Test
    void neverLooksTwiceAtOnceHoweverLongALookTakes() throws Exception {
        scenario.tenants(1).lasting(Duration.ofMillis(2_800));
        modes.look = () -> scenario.time.sleep(Duration.ofMillis(1_300));

        scenario.run();

        assertThat(modes.mostLooksAtOnce).hasValue(1);
        assertThat(modes.looks).hasValue(2);
    }

    @Test
    void measuresOnWhileALookHangsAndSaysThatItDid() throws Exception {
        AtomicBoolean back = new AtomicBoolean();
        modes.look = () -> {
            while (!back.get()) {
                scenario.time.pause(Duration.ofMillis(10));
                Thread.interrupted(); // A call into a driver that hangs does not notice.
            }
        };
        scenario.tenants(2).lasting(Duration.ofMillis(900));

        RunResult result = scenario.run().result();
        back.set(true);

        assertThat(result.warnings()).anyMatch(warning -> warning.contains("look at the mode did not come back"));
        assertThat(result.timeline().windowS()).isBetween(0.8, 1.0);
        assertThat(modes.calls).endsWith("prove", "close");
    }

    @Test
    void saysThatTheModeCouldNotBeLookedAt() throws Exception {
        modes.look = () -> {
            throw new GpushareException(ExitStatus.UNABLE, "the control tool is gone", null);
        };
        scenario.tenants(1).lasting(Duration.ofMillis(700));

        assertThat(scenario.run().result().warnings())
                .contains("the mode could not be looked at while the tenants ran: the control tool is gone");
    }

    @Test
    void keepsTheResultOfARunAfterWhichTheGpuCannotBePutBack() throws Exception {
        modes.restorationFails =
                new GpushareException(ExitStatus.UNABLE, "MIG is still on", "End the program that holds GPU 0.");
        scenario.tenants(1).repeat(3);

        List<RunOutcome> outcomes = scenario.runAll();

        assertThat(outcomes).singleElement().satisfies(outcome -> {
            GpushareException told = outcome.notRestored().orElseThrow();
            assertThat(told.status()).isEqualTo(ExitStatus.FAILED);
            assertThat(told.sentence()).isEqualTo("MIG is still on");
            assertThat(told.advice().orElseThrow())
                    .isEqualTo("End the program that holds GPU 0. Then: gpushare restore");
            assertThat(RunResultFile.read(outcome.file()).warnings())
                    .contains("the GPU is not as it was before the run: MIG is still on; put it back with: gpushare"
                            + " restore");
        });
        assertThat(scenario.told).anyMatch(line -> line.startsWith("note: the GPU is not as it was"));
    }

    @Test
    void keepsTheResultOfARunAfterWhichTheGpuDoesNotTellHowItIs() throws Exception {
        modes.proofFails = new GpushareException(ExitStatus.UNABLE, "`nvidia-smi mig -lgi` did not end in 30 s", null);
        scenario.tenants(1);

        RunResult result = scenario.run().result();

        assertThat(messages(result, Reason.MODE_UNPROVEN))
                .singleElement()
                .asString()
                .contains("could not be read: `nvidia-smi mig -lgi` did not end in 30 s");
        assertThat(modes.calls).endsWith("prove", "close");
    }

    @Test
    void writesTheResultAlsoWhenPuttingBackFailsByAMistakeOfOurs() throws Exception {
        modes.restorationFails = new IllegalStateException("a mistake");
        scenario.tenants(1);

        assertThatThrownBy(scenario::run).isSameAs(modes.restorationFails);
        try (Stream<Path> files = Files.list(folder.resolve("results"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.startsWith("benchmark_mps_1_") && name.endsWith(".json"));
        }
    }

    @Test
    void putsBackWhenAStageThrowsAndKeepsBothFailures() {
        modes.restorationFails = new GpushareException(ExitStatus.UNABLE, "MIG is still on", null);
        scenario.tenants(2).listenerBreaksIn(RunListener.Phase.MEASURING);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(scenario::run)
                .withMessage("the listener is broken")
                .satisfies(failure -> assertThat(failure.getSuppressed())
                        .anyMatch(other -> other.toString().contains("MIG")));
        assertThat(modes.calls).containsExactly("require", "activate", "close");
    }

    @Test
    void putsBackWhenTheUserEndsTheRunWithNobodyLeftOnTheGpu() throws Exception {
        List<String> left = new ArrayList<>();
        modes.whileRestoring = readers -> {
            scenario.runtime.leftOpen().forEach(tenant -> left.add("tenant " + tenant));
            left.add(scenario.gpu.openResources() + " handles");
        };
        scenario.tenants(3).lasting(Duration.ofSeconds(20)).interruptedIn(RunListener.Phase.MEASURING);

        RunResult result = scenario.run().result();

        assertThat(left).containsExactly("0 handles");
        assertThat(messages(result, Reason.INTERRUPTED)).hasSize(1);
        assertThat(modes.calls).endsWith("prove", "close");
    }

    @Test
    void letsGoOfTheGpuForAChangeAndSamplesTheMigDevicesThatAreThereThen() throws Exception {
        List<FakeGpuDriver> opened = new ArrayList<>();
        ReopenableDriver driver = ReopenableDriver.open(() -> {
            opened.add(new FakeGpuDriver(scenario.gpu));
            return opened.getLast();
        });
        List<String> duringChanges = new ArrayList<>();
        FakeModes.Step change = readers -> readers.during(() -> duringChanges.add(scenario.gpu.openResources()
                + " open, closed " + opened.getLast().timesClosed()));
        modes.whileActivating = readers -> {
            change.run(readers);
            scenario.gpu.migDevices.answers(List.of(new FakeMigDevice("MIG-1", "3g.71gb", 1)));
        };
        modes.whileRestoring = change;
        scenario.on(driver).mode(SharingMode.mig(new MigLayout.Balanced())).tenants(2);

        RunOutcome outcome = scenario.run();
        driver.close();

        assertThat(duringChanges).containsExactly("0 open, closed 1", "0 open, closed 1");
        assertThat(opened)
                .hasSize(3)
                .allSatisfy(each -> assertThat(each.timesClosed()).isOne());
        String samples = Files.readString(folder.resolve("results")
                .resolve(outcome.file().getFileName().toString().replace("benchmark_", "gpu_monitor_")));
        assertThat(samples).contains("\"subject\":\"MIG-1\"", "sampling was suspended while the GPU was changed");
        assertThat(outcome.result().gpu().asOptional()).isPresent();
    }

    @Test
    void saysWhoDiedWithWhomUnderMps() throws Exception {
        AtomicBoolean fault = new AtomicBoolean();
        scenario.tenants(3).lasting(Duration.ofSeconds(3));
        scenario.runtime.tenant(1, self -> {
            work(self);
            self.say("{\"type\":\"error\",\"kind\":\"cuda\",\"message\":\"an illegal memory access.\"}");
            fault.set(true);
            return 1;
        });
        scenario.runtime.others(launch -> self -> {
            work(self);
            while (!fault.get()) {
                self.time.sleep(Duration.ofMillis(1));
            }
            self.time.sleep(Duration.ofMillis(150));
            return 134;
        });

        RunResult result = scenario.run().result();

        assertThat(messages(result, Reason.MPS_FAULT))
                .singleElement()
                .asString()
                .matches(
                        "Tenant 1 \\(steady\\) failed \\(cuda: an illegal memory access\\); tenants 0 and 2, clients of"
                                + " the same MPS server, died with it within 0\\.\\d s\\.");
        assertThat(messages(result, Reason.TENANT_FAILED)).hasSize(3);
    }

    @Test
    void blamesNoOtherTenantForADeathAlone() throws Exception {
        scenario.tenants(2).lasting(Duration.ofMillis(400));
        scenario.runtime.tenant(1, self -> {
            work(self);
            return 134;
        });

        assertThat(messages(scenario.run().result(), Reason.MPS_FAULT)).isEmpty();
    }

    @Test
    void blamesNoTenantForWhatFailsInAllOfThemAlike() throws Exception {
        scenario.tenants(3);
        scenario.runtime.others(launch -> Lives.exiting(1));

        assertThat(messages(scenario.run().result(), Reason.MPS_FAULT)).isEmpty();
    }

    private static void work(FakeRuntime.FakeTenant self) throws InterruptedException {
        Lives.hello(self);
        self.say("{\"type\":\"ready\",\"load_s\":0,\"warmup_s\":0}");
        self.startTold();
        self.say("{\"type\":\"started\",\"late_ns\":5}");
    }

    @Test
    void takesAServerOfTheModeForNoStranger() throws Exception {
        scenario.tenants(1).lasting(Duration.ofMillis(1_200));
        modes.look = () -> modes.ownProcesses = Set.of(1);
        scenario.runtime.tenant(0, self -> {
            scenario.gpu.processes.answers(List.of(process(1)));
            return Lives.steady().live(self);
        });

        assertThat(messages(scenario.run().result(), Reason.FOREIGN_PROCESS)).isEmpty();
    }

    @Test
    void seesAStrangerOnAMigDeviceThatTheWholeGpuDoesNotTellOf() throws Exception {
        FakeMigDevice device = new FakeMigDevice("MIG-1", "3g.71gb", 1);
        scenario.gpu.migDevices.answers(List.of(device));
        scenario.gpu.processes.isAbsent(Absence.Kind.UNDER_MIG);
        scenario.tenants(1).mode(SharingMode.mig(new MigLayout.Balanced())).lasting(Duration.ofMillis(700));
        scenario.runtime.tenant(0, self -> {
            device.processes.answers(List.of(process(1)));
            return Lives.steady().live(self);
        });

        assertThat(messages(scenario.run().result(), Reason.FOREIGN_PROCESS))
                .singleElement()
                .asString()
                .contains("pid 1");
    }

    private static GpuProcess process(int pid) {
        return new GpuProcess(
                pid, GpuProcess.Kind.COMPUTE, Reading.of(1L << 30), OptionalInt.empty(), OptionalInt.empty());
    }

    private static List<String> messages(RunResult result, Reason reason) {
        return result.verdict().findings().stream()
                .filter(finding -> finding.reason() == reason)
                .map(Finding::message)
                .toList();
    }
}
