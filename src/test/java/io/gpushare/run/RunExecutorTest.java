package io.gpushare.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.run.stage.RunListener;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.time.Time;
import io.gpushare.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class RunExecutorTest {
    @TempDir
    private Path folder;

    private RunScenario scenario;

    @BeforeEach
    void begin() {
        scenario = new RunScenario(folder.resolve("results"));
    }

    @AfterEach
    void nothingIsLeftRunning() {
        assertThat(scenario.runtime.leftOpen()).isEmpty();
        assertThat(scenario.gpu.openResources()).isZero();
    }

    @Test
    void comparesTenantsWithTheirBaseline() throws Exception {
        scenario.tenants(2).baseline(new BaselineChoice.Run()).lasting(Duration.ofMillis(400));
        scenario.runtime.others(launch -> Lives.working(isFirst() ? 400 : 100, Integer.MAX_VALUE, 0));

        RunResult result = scenario.run().result();

        assertThat(result.baselines()).hasSize(1);
        assertThat(value(result.metrics().stp())).isCloseTo(0.5, within(0.01));
        assertThat(value(result.metrics().antt())).isCloseTo(4, within(0.1));
        assertThat(value(result.metrics().fairness())).isCloseTo(1, within(0.02));
        assertThat(result.tenants()).allSatisfy(tenant -> {
            assertThat(value(tenant.slowdown())).isCloseTo(4, within(0.1));
            assertThat(tenant.metrics()).containsEntry("loss", 0.5);
            assertThat(value(tenant.latency()).count()).isEqualTo(tenant.work().steps());
        });
        assertThat(scenario.told)
                .containsSubsequence("1/2 baseline of steady", "measuring", "2/2 tenants", "measuring");
    }

    @Test
    void believesNoBaselineThatASharingTenantBeats() throws Exception {
        scenario.tenants(2).baseline(new BaselineChoice.Run()).lasting(Duration.ofMillis(400));
        scenario.runtime.others(launch -> Lives.working(isFirst() ? 10 : 100, Integer.MAX_VALUE, 0));
        RunOutcome outcome = scenario.run();

        RunResult result = outcome.result();
        assertThat(messages(result, Reason.BASELINE_REFUTED))
                .singleElement(InstanceOfAssertFactories.STRING)
                .startsWith("The baseline of steady does not fit: a tenant that shared the GPU did ")
                .endsWith(
                        "Slowdown and STP are left out. Measure again, with a longer --duration if it happens twice.");
        assertThat(result.tenants()).allSatisfy(tenant -> {
            assertThat(tenant.unitsPerSec().asOptional()).isPresent();
            assertThat(tenant.slowdown().toString()).contains("the baseline of steady does not fit");
            assertThat(tenant.normalisedProgress().asOptional()).isEmpty();
        });
        assertThat(result.metrics().stp().toString()).contains("tenant 0: the baseline of steady does not fit");
        assertThat(result.metrics().antt().asOptional()).isEmpty();
        assertThat(result.metrics().fairness().asOptional()).isEmpty();
        assertThat(RunResultFile.read(outcome.file()).verdict()).isEqualTo(result.verdict());

        RunScenario later = new RunScenario(folder.resolve("later"))
                .tenants(2)
                .baseline(new BaselineChoice.FromFile(List.of(outcome.file())))
                .lasting(Duration.ofMillis(400));
        assertThat(messages(later.run().result(), Reason.BASELINE_REFUTED))
                .singleElement(InstanceOfAssertFactories.STRING)
                .endsWith("Measure it anew with --baseline run.");
    }

    @Test
    void saysBeforeAnythingIsLaunchedWhatItWillNotBeAbleToTell() throws Exception {
        scenario.tenants(1).lasting(Duration.ofMillis(300));
        scenario.runtime.doubts = List.of("this is a guess");

        RunResult result = scenario.run().result();

        String tooShort =
                "a measurement of 300ms is too short to be judged, and the run is not likely to be VALID: choose"
                        + " --duration 4s or longer";
        assertThat(scenario.told)
                .containsSubsequence("note: " + tooShort, "note: this is a guess", RunListener.Phase.LAUNCHING.words());
        assertThat(result.warnings()).contains(tooShort, "this is a guess");
    }

    @Test
    void givesEachRepetitionASeedOfItsOwn() throws Exception {
        scenario.tenants(2).repeat(3);

        List<RunOutcome> outcomes = scenario.runAll();

        assertThat(scenario.runtime.launches())
                .extracting(launch -> launch.environment().get("GPUSHARE_SEED"))
                .contains("1", "2")
                .doesNotHaveDuplicates();
        assertThat(outcomes.getFirst().result().plan().document().path("seed").asLong())
                .isEqualTo(1);
        assertThat(outcomes)
                .extracting(outcome ->
                        outcome.result().plan().document().path("seed").asLong())
                .containsExactly(
                        1L,
                        scenario.plan().repetition(2).seed(),
                        scenario.plan().repetition(3).seed());
    }

    /** The first launch of all is the baseline's. */
    private boolean isFirst() {
        return scenario.runtime.launched().isEmpty();
    }

    @Test
    void believesASteadyRunAndSavesItWithItsSamples() throws Exception {
        scenario.tenants(2).lasting(Duration.ofSeconds(2));
        scenario.runtime.others(launch -> Lives.steadyInWindowsOf(Duration.ofMillis(600)));

        RunOutcome outcome = scenario.run();

        assertThat(outcome.result().verdict().findings()).isEmpty();
        assertThat(outcome.result().proof().proven()).isTrue();
        assertThat(RunResultFile.read(outcome.file()).verdict().valid()).isTrue();
        assertThat(names(folder.resolve("results")))
                .containsExactlyInAnyOrder(
                        outcome.file().getFileName().toString(),
                        outcome.file().getFileName().toString().replace("benchmark_", "gpu_monitor_"));
    }

    @Test
    void showsTheNewestReadingsToWhoListens() throws Exception {
        scenario.tenants(1).run();

        Subject gpu = Subject.gpu(scenario.gpu.identity().uuid());
        assertThat(scenario.readings.orElseThrow().value(gpu, "power_w").asOptional())
                .isPresent();
    }

    @Test
    void toldEveryTenantTheSameInstantAndReportsTheSkew() throws Exception {
        scenario.tenants(3);

        RunResult result = scenario.run().result();

        assertThat(value(result.metrics().startSkewNanos())).isEqualTo(2_000);
        assertThat(result.tenants().get(2).start().lateNanos()).isEqualTo(Reading.of(3_000L));
    }

    @Test
    void startsATenantThatWasReadyBeforeItsLaunchReturned() throws Exception {
        scenario.tenants(2).lasting(Duration.ofMillis(200));
        scenario.runtime.launchTakes(Duration.ofMillis(150));

        RunResult result = scenario.run().result();

        assertThat(result.tenants()).extracting(TenantResult::problem).containsOnly(Optional.empty());
    }

    @Test
    void seedsAndNumbersTheTenants() throws Exception {
        scenario.tenants(2);

        scenario.run();

        assertThat(scenario.runtime.launches())
                .extracting(launch -> launch.environment().get("GPUSHARE_SEED"))
                .containsExactlyInAnyOrder("1", "2");
        assertThat(scenario.runtime.launches())
                .extracting(launch -> launch.environment().get("GPUSHARE_RUN_ID"))
                .doesNotContainNull()
                .containsOnly(scenario.runtime.launches().getFirst().runId());
    }

    @Test
    void endsAtOnceWhenATenantExitsBeforeItIsReady() throws Exception {
        scenario.tenants(3).lasting(Duration.ofSeconds(20));
        scenario.runtime.tenant(1, Lives.exiting(3));

        RunResult result = scenario.run().result();

        assertThat(problem(result, 1)).isEqualTo("exit: it exited with status 3 before it was ready");
        assertThat(problem(result, 0)).startsWith("cancelled");
        assertThat(messages(result, Reason.TENANT_FAILED)).hasSize(1);
        assertThat(result.metrics().stp().asOptional()).isEmpty();
    }

    @Test
    void reportsTheTenantsOwnError() throws Exception {
        scenario.tenants(2);
        scenario.runtime.tenant(0, Lives.failing("oom", "CUDA out of memory"));

        RunResult result = scenario.run().result();

        assertThat(problem(result, 0)).isEqualTo("oom: CUDA out of memory");
        assertThat(result.metrics().successRate()).isZero();
    }

    @Test
    void givesUpOnATenantThatIsNeverReady() throws Exception {
        scenario.tenants(1);
        scenario.tenants(1, RunScenario.workload("slow", Workload.Launch.PARALLEL, Duration.ofMillis(150)));
        scenario.runtime.tenant(1, Lives.neverReady());

        RunResult result = scenario.run().result();

        assertThat(problem(result, 1)).startsWith("timeout: it was not ready");
    }

    @Test
    void killsATenantThatHearsNothing() throws Exception {
        scenario.tenants(2);
        scenario.runtime.tenant(1, Lives.deaf());

        RunResult result = scenario.run().result();

        assertThat(problem(result, 1)).isEqualTo("timeout: it did not end after it was told to stop");
        assertThat(result.tenants().get(0).problem()).isEmpty();
        assertThat(scenario.runtime.launched()).anyMatch(tenant -> tenant.terminated);
    }

    @Test
    void countsOnlyTheTimeBeforeATenantDied() throws Exception {
        scenario.tenants(2).lasting(Duration.ofMillis(600));
        scenario.runtime.tenant(1, Lives.working(100, 5, 139));

        RunResult result = scenario.run().result();

        assertThat(problem(result, 1)).isEqualTo("exit: it exited with status 139 while it was measured");
        assertThat(result.timeline().windowS()).isBetween(0.05, 0.25);
        assertThat(messages(result, Reason.TOO_FEW_SAMPLES)).isEmpty();
        assertThat(result.tenants().get(0).problem()).isEmpty();
        assertThat(result.tenants().get(0).work().windows()).hasSizeGreaterThan(10);
        assertThat(result.metrics().successRate()).isEqualTo(0.5);
    }

    @Test
    void endsTheMeasurementWhenNobodyWorksAnyMore() throws Exception {
        scenario.tenants(2).lasting(Duration.ofSeconds(20));
        scenario.runtime.others(launch -> Lives.working(100, 3, 1));

        RunResult result = scenario.run().result();

        assertThat(result.metrics().successRate()).isZero();
    }

    @Test
    void closesTenantsWhoseLaunchReturnsAfterTheRunBroke() throws Exception {
        scenario.tenants(2).listenerBreaksIn(RunListener.Phase.LOADING);
        scenario.runtime.launchTakes(Duration.ofMillis(200));

        assertThatThrownBy(scenario::run).hasMessage("the listener is broken");

        for (int i = 0; i < 200 && !scenario.runtime.leftOpen().isEmpty(); i++) {
            scenario.time.sleep(Duration.ofMillis(10));
        }
        assertThat(scenario.runtime.launched()).hasSize(2);
    }

    @Test
    void closesTenantsWhenTheListenerBreaksInTheMeasurement() {
        scenario.tenants(2).listenerBreaksIn(RunListener.Phase.MEASURING);

        assertThatThrownBy(scenario::run).hasMessage("the listener is broken");

        assertThat(scenario.runtime.launched()).hasSize(2);
    }

    @Test
    void keepsTheLateEndOfATenantFromTheNextOne() throws Exception {
        scenario.tenants(2).mode(new SharingMode.Exclusive());
        scenario.runtime.tenant(0, Lives.undead(Duration.ofMillis(100)));

        RunResult result = scenario.run().result();

        assertThat(problem(result, 0)).isEqualTo("timeout: it did not end after it was told to stop");
        assertThat(result.tenants().get(1).problem()).isEmpty();
    }

    @Test
    void endsATenantThatBreaksTheProtocol() throws Exception {
        scenario.tenants(2).lasting(Duration.ofMillis(300));
        scenario.runtime.tenant(0, self -> {
            Lives.hello(self);
            self.say("{\"type\":\"window\",\"index\":0}");
            self.time.sleepUntil(Time.NEVER);
            return 0;
        });

        RunResult result = scenario.run().result();

        assertThat(problem(result, 0)).startsWith("protocol: it broke the tenant protocol: ");
    }

    @Test
    void endsATenantThatRunsAnotherProgramThanThePlanNames() throws Exception {
        scenario.tenants(2).lasting(Duration.ofMillis(300));
        scenario.runtime.tenant(0, self -> {
            self.say("{\"type\":\"hello\",\"workload\":\"other\",\"versions\":{},\"pid\":1,\"settings\":{},"
                    + "\"device\":null}");
            self.time.sleepUntil(Time.NEVER);
            return 0;
        });

        RunResult result = scenario.run().result();

        assertThat(problem(result, 0))
                .startsWith(
                        "program: it says that it is the workload 'other': another program runs than the plan names")
                .contains("gpushare workloads build steady");
        assertThat(messages(result, Reason.TENANT_FAILED)).hasSize(1);
    }

    @Test
    void saysInTheResultWhatIsNotKnownOfAWorkload() throws Exception {
        scenario.tenants(1).lasting(Duration.ofMillis(300));
        scenario.runtime.doubts = List.of("nobody knows what is in its image");

        assertThat(scenario.run().result().warnings()).contains("nobody knows what is in its image");
    }

    @Test
    void keepsOnlySoMuchOfAFlood() throws Exception {
        scenario.tenants(1);
        scenario.runtime.tenant(0, self -> {
            String line = "x".repeat(99_999) + "\n";
            for (int i = 0; i < 200; i++) {
                self.print(line);
            }
            return Lives.steady().live(self);
        });

        RunResult result = scenario.run().result();

        assertThat(result.tenants().getFirst().problem()).isEmpty();
        assertThat(result.warnings()).anyMatch(warning -> warning.contains("printed more than 16 MiB"));
        Path log = folder.resolve("results")
                .resolve(value(result.tenants().getFirst().log()));
        assertThat(Files.size(log)).isBetween(16_000_000L, 17_000_000L);
    }

    @Test
    void reportsARuntimeThatGoesAway() throws Exception {
        scenario.tenants(2).lasting(Duration.ofSeconds(20));
        scenario.runtime.others(launch -> self -> {
            Lives.hello(self);
            self.say("{\"type\":\"ready\",\"load_s\":0,\"warmup_s\":0}");
            self.startTold();
            self.end(new TenantExit.Lost("the engine went away"));
            return 0;
        });

        RunResult result = scenario.run().result();

        assertThat(problem(result, 0)).isEqualTo("exit: it was lost: the engine went away while it was measured");
    }

    @Test
    void reportsATenantThatCannotBeLaunched() throws Exception {
        scenario.tenants(2);
        scenario.runtime.tenant(1, new Lives.Unlaunchable());

        RunResult result = scenario.run().result();

        assertThat(problem(result, 1)).isEqualTo("launch: the engine refused tenant 1 (steady)");
    }

    @Test
    void savesWhatWasMeasuredWhenTheUserEndsIt() throws Exception {
        scenario.tenants(2).lasting(Duration.ofSeconds(20)).interruptedIn(RunListener.Phase.MEASURING);

        RunResult result = scenario.run().result();

        assertThat(messages(result, Reason.INTERRUPTED)).hasSize(1);
        assertThat(result.tenants()).allSatisfy(tenant -> {
            assertThat(tenant.problem()).isEmpty();
            assertThat(value(tenant.unitsPerSec())).isPositive();
        });
    }

    @Test
    void endsWhileTenantsAreStillLoading() throws Exception {
        scenario.tenants(2).baseline(new BaselineChoice.Run()).interruptedIn(RunListener.Phase.LOADING);
        scenario.runtime.others(launch -> Lives.neverReady());

        RunResult result = scenario.run().result();

        assertThat(messages(result, Reason.INTERRUPTED)).hasSize(1);
        assertThat(problem(result, 0)).isEqualTo("cancelled: the run was interrupted before it was launched");
        assertThat(scenario.runtime.launched()).hasSize(1);
    }

    @Test
    void endsWhenItIsOutOfTime() throws Exception {
        scenario.tenants(1).lasting(Duration.ofSeconds(20)).timeout(Duration.ofSeconds(4));

        RunResult result = scenario.run().result();

        assertThat(messages(result, Reason.TIMED_OUT)).hasSize(1);
        assertThat(value(result.tenants().getFirst().unitsPerSec())).isPositive();
    }

    @Test
    void runsTenantsOneAfterAnotherInExclusiveMode() throws Exception {
        scenario.tenants(3).mode(new SharingMode.Exclusive()).baseline(new BaselineChoice.Run());

        RunResult result = scenario.run().result();

        assertThat(result.baselines()).isEmpty();
        assertThat(value(result.metrics().stp())).isCloseTo(1, within(1e-9));
        assertThat(value(result.metrics().antt())).isEqualTo(3);
        assertThat(result.metrics().startSkewNanos().asOptional()).isEmpty();
        assertThat(scenario.told).containsSubsequence("1/3 tenant 0 alone", "2/3 tenant 1 alone", "3/3 tenant 2 alone");
    }

    @Test
    void launchesNobodyAfterABaselineThatFailed() throws Exception {
        scenario.tenants(2).baseline(new BaselineChoice.Run());
        scenario.runtime.tenant(0, Lives.failing("setup", "torch is not installed"));

        RunResult result = scenario.run().result();

        assertThat(messages(result, Reason.BASELINE_FAILED))
                .singleElement()
                .asString()
                .contains("torch is not installed");
        assertThat(messages(result, Reason.TENANT_FAILED)).isEmpty();
        assertThat(scenario.runtime.launched()).hasSize(1);
    }

    @Test
    void repeatsNothingAfterABaselineThatFailed() throws Exception {
        scenario.tenants(2).baseline(new BaselineChoice.Run()).repeat(3);
        scenario.runtime.tenant(0, Lives.failing("setup", "torch is not installed."));

        List<RunOutcome> outcomes = scenario.runAll();

        assertThat(outcomes).hasSize(1);
        assertThat(scenario.runtime.launched()).hasSize(1);
    }

    @Test
    void namesOnlyLogsThatExist() throws Exception {
        scenario.tenants(2);
        scenario.runtime.tenant(0, Lives.failing("setup", "torch is not installed."));
        scenario.runtime.tenant(1, self -> {
            self.print("hello\n");
            return 1;
        });

        RunResult result = scenario.run().result();

        assertThat(result.tenants().getFirst().log().asOptional()).isEmpty();
        assertThat(folder.resolve("results")
                        .resolve(value(result.tenants().get(1).log())))
                .hasContent("hello");
        assertThat(messages(result, Reason.TENANT_FAILED))
                .allMatch(message -> message.endsWith("(setup): torch is not installed.")
                        || message.endsWith("Its output is in "
                                + folder.resolve("results")
                                        .resolve(value(result.tenants().get(1).log()))
                                + "."));
    }

    @Test
    void saysWhyTheStepsOfATenantDoNotCount() throws Exception {
        scenario.tenants(2);
        scenario.runtime.tenant(1, self -> {
            Lives.hello(self);
            self.say("{\"type\":\"ready\",\"load_s\":0,\"warmup_s\":0}");
            self.startTold();
            self.say("{\"type\":\"started\",\"late_ns\":5}");
            Lives.window(self, 0, 0, 1_000_000, 100);
            self.stopTold(Time.NEVER);
            self.say("{\"type\":\"result\",\"units\":100,\"steps\":10,\"metrics\":{}}");
            return 0;
        });

        RunResult result = scenario.run().result();

        assertThat(messages(result, Reason.TOO_FEW_SAMPLES))
                .anyMatch(message -> message.matches("Tenant 0 \\(steady\\) finished \\d+ steps, but none of them in a"
                        + " window that lies in the time in which every tenant was active: raise --duration."));
    }

    @Test
    void weighsTheWorkOfTenantsOneAfterAnotherByTheirOwnTime() throws Exception {
        scenario.tenants(2).mode(new SharingMode.Exclusive()).costPerHour(3.6);
        scenario.runtime.tenant(0, Lives.working(1_000, Integer.MAX_VALUE, 0));
        scenario.runtime.tenant(1, Lives.working(1, 3, 1));

        RunResult result = scenario.run().result();

        double units = result.tenants().stream()
                .mapToDouble(tenant -> tenant.work().units())
                .sum();
        assertThat(value(result.metrics().costPerMillionUnits()))
                .isCloseTo(1e6 * 0.001 * result.timeline().windowS() / units, withinPercentage(25));
    }

    @Test
    void launchesAWorkloadThatSizesItselfAlone() throws Exception {
        scenario.tenants(1);
        scenario.tenants(1, RunScenario.workload("server", Workload.Launch.SERIAL, Duration.ofSeconds(5)));
        scenario.runtime.tenant(1, self -> {
            assertThat(scenario.runtime.launched()).hasSize(1);
            self.time.sleep(Duration.ofMillis(100));
            assertThat(scenario.runtime.launched()).hasSize(1);
            return Lives.steady().live(self);
        });

        RunResult result = scenario.run().result();

        assertThat(result.tenants()).extracting(TenantResult::problem).containsOnly(Optional.empty());
        assertThat(scenario.runtime.launches()).extracting(TenantLaunch::number).containsExactly(1, 0);
    }

    @Test
    void measuresBaselinesBeforeAndAfterInTurnWhereARunIsRepeated() throws Exception {
        scenario.tenants(2).baseline(new BaselineChoice.Run()).repeat(3);

        List<RunOutcome> outcomes = scenario.runAll();

        assertThat(outcomes)
                .hasSize(3)
                .allMatch(outcome -> outcome.result().baselines().size() == 1);
        assertThat(scenario.runtime.launched()).hasSize(3 * (1 + 2));
        assertThat(scenario.told)
                .filteredOn(line -> line.contains("/6 "))
                .containsExactly(
                        "1/6 baseline of steady",
                        "2/6 tenants",
                        "3/6 tenants",
                        "4/6 baseline of steady",
                        "5/6 baseline of steady",
                        "6/6 tenants");
        assertThat(outcomes)
                .extracting(outcome -> outcome.result().group())
                .containsOnly(outcomes.getFirst().result().group());
        assertThat(outcomes).extracting(RunOutcome::file).doesNotHaveDuplicates();
    }

    @Test
    void measuresHalfOfABaselineBeforeAndHalfAfterALongRun() throws Exception {
        scenario.tenants(2)
                .baseline(new BaselineChoice.Run())
                .lasting(Duration.ofSeconds(20))
                .timeout(Duration.ofMinutes(5));
        scenario.runtime.others(_ -> Lives.steadyInWindowsOf(Duration.ofSeconds(1)));

        RunResult result = scenario.run().result();

        assertThat(scenario.told)
                .filteredOn(line -> line.contains("/3 "))
                .containsExactly("1/3 baseline of steady", "2/3 tenants", "3/3 baseline of steady, again");
        TenantResult alone = result.baselines().getFirst().alone();
        assertThat(alone.work().windows().getLast().untilS()).isBetween(19.9, 20.5);
        assertThat(alone.work().windows()).hasSizeBetween(20, 22);
        assertThat(result.metrics().stp().asOptional()).isPresent();
    }

    @Test
    void saysThatABaselineMoved() throws Exception {
        scenario.tenants(1)
                .baseline(new BaselineChoice.Run())
                .lasting(Duration.ofSeconds(20))
                .timeout(Duration.ofMinutes(5));
        AtomicInteger launched = new AtomicInteger();
        scenario.runtime.others(_ -> Lives.working(launched.incrementAndGet() < 3 ? 100 : 80, Integer.MAX_VALUE, 0));

        assertThat(scenario.run().result().warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("the baseline of steady moved by 20 %: it was ")
                        .contains("before the tenants shared the GPU"));
    }

    @Test
    void takesBaselinesFromAnEarlierResult() throws Exception {
        Path earlier =
                scenario.tenants(2).baseline(new BaselineChoice.Run()).run().file();
        RunScenario later = new RunScenario(folder.resolve("later"))
                .tenants(3)
                .baseline(new BaselineChoice.FromFile(List.of(earlier)));

        RunResult result = later.run().result();

        assertThat(later.runtime.launched()).hasSize(3);
        assertThat(result.baselines().getFirst().source())
                .contains(earlier.getFileName().toString());
        assertThat(result.metrics().stp().asOptional()).isPresent();
    }

    @Test
    void theOneTenantOfAnExclusiveRunIsABaselineOfOthers() throws Exception {
        RunOutcome alone = scenario.tenants(1).mode(new SharingMode.Exclusive()).run();
        RunScenario later = new RunScenario(folder.resolve("later"))
                .tenants(3)
                .baseline(new BaselineChoice.FromFile(List.of(alone.file())));

        RunResult result = later.run().result();

        assertThat(later.runtime.launched()).hasSize(3);
        assertThat(result.baselines()).singleElement().satisfies(baseline -> {
            assertThat(baseline.source()).contains(alone.file().getFileName().toString());
            assertThat(baseline.alone().unitsPerSec())
                    .isEqualTo(alone.result().tenants().getFirst().unitsPerSec());
        });
        assertThat(result.metrics().stp().asOptional()).isPresent();
    }

    @Test
    void severalExclusiveTenantsAreNoBaseline() throws Exception {
        RunOutcome turns = scenario.tenants(2).mode(new SharingMode.Exclusive()).run();
        RunScenario later = new RunScenario(folder.resolve("later"))
                .tenants(1)
                .baseline(new BaselineChoice.FromFile(List.of(turns.file())));

        assertThatThrownBy(later::run)
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("has no baseline of steady");
    }

    @Test
    void takesBaselinesFromSeveralResults() throws Exception {
        RunScenario other = new RunScenario(folder.resolve("other"))
                .tenants(1, RunScenario.workload("other"))
                .mode(new SharingMode.Exclusive());
        other.runtime.others(_ -> Lives.working(50, Integer.MAX_VALUE, 0));
        Path first = other.run().file();
        Path second =
                scenario.tenants(1).mode(new SharingMode.Exclusive()).run().file();
        BaselineChoice both = new BaselineChoice.FromFile(List.of(first, second));

        RunResult result = new RunScenario(folder.resolve("later"))
                .tenants(2)
                .baseline(both)
                .run()
                .result();

        assertThat(result.baselines())
                .extracting(baseline -> baseline.source().orElseThrow())
                .containsExactly(second.getFileName().toString());
        RunScenario third = new RunScenario(folder.resolve("third"))
                .tenants(1, RunScenario.workload("third"))
                .baseline(both);
        assertThatThrownBy(third::run)
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("have no baseline of third")
                .satisfies(refused -> assertThat(((GpushareException) refused).advice())
                        .hasValue("They have other, steady. Settings count: they must be the same."));
    }

    @Test
    void warnsOfBaselinesFromAResultThatIsInvalid() throws Exception {
        scenario.tenants(2).baseline(new BaselineChoice.Run());
        scenario.runtime.tenant(1, Lives.failing("oom", "CUDA out of memory"));
        Path earlier = scenario.run().file();
        RunScenario later = new RunScenario(folder.resolve("later"))
                .tenants(2)
                .baseline(new BaselineChoice.FromFile(List.of(earlier)));

        assertThat(later.run().result().warnings())
                .anySatisfy(warning ->
                        assertThat(warning).contains(earlier.getFileName().toString(), "which is INVALID"));
    }

    @Test
    void refusesBaselinesOfAnotherWorkload() throws Exception {
        Path earlier =
                scenario.tenants(1).baseline(new BaselineChoice.Run()).run().file();
        RunScenario later = new RunScenario(folder.resolve("later"))
                .tenants(1, RunScenario.workload("other"))
                .baseline(new BaselineChoice.FromFile(List.of(earlier)));

        assertThatThrownBy(later::run)
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("has no baseline of other");
        assertThat(later.runtime.launched()).isEmpty();
    }

    @Test
    void savesElsewhereWhenTheResultFolderIsGone() throws Exception {
        scenario.tenants(1);
        scenario.runtime.tenant(0, self -> {
            try (Stream<Path> files = Files.list(folder.resolve("results"))) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder.resolve("results"));
            return Lives.steady().live(self);
        });

        RunOutcome outcome = scenario.run();

        assertThat(outcome.file()).exists().hasParent(Path.of(System.getProperty("java.io.tmpdir")));
        assertThat(outcome.result().warnings()).anyMatch(warning -> warning.contains("in another folder"));
        Files.delete(outcome.file());
    }

    @Test
    void refusesAGpuThatSomebodyElseUses() {
        scenario.tenants(1);
        scenario.gpu.processes.answers(List.of(process(4_711_000)));

        assertThatThrownBy(scenario::run)
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("is used by another process: pid 4711000");
        assertThat(scenario.runtime.launched()).isEmpty();
    }

    @Test
    void noticesAStrangerInMidRun() throws Exception {
        scenario.tenants(1).lasting(Duration.ofMillis(1_500));
        scenario.runtime.tenant(0, self -> {
            // A process of the tenant in another numbering, and one that is nobody's.
            scenario.gpu.processes.answers(List.of(process(4_711_000), process(1)));
            return Lives.steady().live(self);
        });

        RunResult result = scenario.run().result();

        assertThat(messages(result, Reason.FOREIGN_PROCESS))
                .singleElement()
                .asString()
                .contains("pid 1");
    }

    private static GpuProcess process(int pid) {
        return new GpuProcess(
                pid, GpuProcess.Kind.COMPUTE, Reading.of(1L << 30), OptionalInt.empty(), OptionalInt.empty());
    }

    @Test
    void saysNothingOfMpsWhenATenantWasAClient() throws Exception {
        scenario.tenants(1).lasting(Duration.ofMillis(1_200));
        scenario.runtime.tenant(0, self -> {
            scenario.gpu.processes.answers(List.of(new GpuProcess(
                    4_711_000, GpuProcess.Kind.MPS_CLIENT, Reading.of(1L), OptionalInt.empty(), OptionalInt.empty())));
            return Lives.steady().live(self);
        });

        RunResult result = scenario.run().result();

        assertThat(messages(result, Reason.MODE_UNPROVEN))
                .singleElement()
                .asString()
                .contains("was an MPS client");
    }

    @Test
    void leavesNoJournalOfARunThatCouldNotBegin() throws Exception {
        FakeModes modes = new FakeModes();
        GpushareException refused = new GpushareException(ExitStatus.UNABLE, "no daemon starts here", null);
        modes.whileActivating = readers -> {
            throw refused;
        };
        scenario.tenants(2).mode(SharingMode.mps()).modes(modes);

        assertThatThrownBy(scenario::run).isSameAs(refused);
        assertThat(names(folder.resolve("results"))).isEmpty();
    }

    @Test
    void worksWithoutAnyGpu() throws Exception {
        RunResult result = scenario.tenants(2).withoutGpu().run().result();

        assertThat(result.gpu().asOptional()).isEmpty();
        assertThat(result.proof().evidence()).containsExactly("no GPU took part");
        assertThat(result.metrics().joulesPerUnit()).isEqualTo(result.metrics().efficiency());
        assertThat(result.metrics().efficiency().whyAbsent().orElseThrow().detail())
                .isEqualTo("no GPU took part");
        assertThat(result.tenants()).extracting(TenantResult::problem).containsOnly(Optional.empty());
    }

    private static String problem(RunResult result, int tenant) {
        TenantResult.Problem problem =
                result.tenants().get(tenant).problem().orElseThrow(() -> new AssertionError("no problem"));
        return problem.kind() + ": " + problem.message();
    }

    private static List<String> messages(RunResult result, Reason reason) {
        return result.verdict().findings().stream()
                .filter(finding -> finding.reason() == reason)
                .map(Finding::message)
                .toList();
    }

    private static <T> T value(Reading<T> reading) {
        return reading.asOptional()
                .orElseThrow(() -> new AssertionError(
                        reading.whyAbsent().map(Object::toString).orElse("")));
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
