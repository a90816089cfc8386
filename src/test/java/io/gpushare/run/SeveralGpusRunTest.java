package io.gpushare.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuProcess;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.run.FakeRuntime.FakeTenant;
import io.gpushare.run.company.Company;
import io.gpushare.run.company.Member;
import io.gpushare.run.stage.RunListener.Phase;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import io.gpushare.time.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One plan on three GPUs at the same time. */
@Timeout(30)
final class SeveralGpusRunTest {
    private static final int GPUS = 3;

    @TempDir
    private Path folder;

    private final Time time = new VirtualTime();
    private final List<RunScenario> scenarios = new ArrayList<>();
    private final Map<Integer, List<RunOutcome>> outcomes = new TreeMap<>();
    private final Map<Integer, GpushareException> failures = new TreeMap<>();
    /** When who was alone, and when together: as {@code 1 alone}. */
    private final List<Spell> spells = new ArrayList<>();

    /** From the start of a tenant to its stop. */
    private record Spell(int gpu, int tenant, long fromNanos, long toNanos) {
        boolean overlaps(Spell other) {
            return fromNanos < other.toNanos && other.fromNanos < toNanos;
        }
    }

    private void each(Consumer<RunScenario> setting) {
        for (int gpu = 0; gpu < GPUS; gpu++) {
            RunScenario scenario = new RunScenario(folder.resolve("gpu" + gpu), time, gpu);
            setting.accept(scenario);
            int index = gpu;
            scenario.runtime.others(launch -> self -> recorded(index, self));
            scenarios.add(scenario);
        }
    }

    private int recorded(int gpu, FakeTenant self) throws Exception {
        int status = Lives.steady().live(self);
        synchronized (spells) {
            if (!self.start.isEmpty()) {
                long at = Long.parseLong(self.start.replaceAll(".*\"at_unix_ns\":(\\d+).*\\n?", "$1"));
                spells.add(new Spell(gpu, self.launch.number(), at, time.unixNanos()));
            }
        }
        return status;
    }

    private Company run() throws InterruptedException {
        Company company = new Company(
                time,
                "4f1c09",
                scenarios.stream().<Gpu>map(scenario -> scenario.gpu).toList());
        List<Member> members = company.members();
        try (Time.Presence _ = time.enter()) {
            List<Task> tasks = new ArrayList<>();
            for (int i = 0; i < GPUS; i++) {
                int gpu = i;
                RunScenario scenario = scenarios.get(i).in(members.get(i));
                tasks.add(time.start("gpu " + i, () -> runOne(gpu, scenario)));
            }
            for (Task task : tasks) {
                task.join();
            }
        }
        return company;
    }

    private void runOne(int gpu, RunScenario scenario) {
        try {
            List<RunOutcome> all = scenario.runAll();
            synchronized (outcomes) {
                outcomes.put(gpu, all);
            }
        } catch (GpushareException failure) {
            synchronized (failures) {
                failures.put(gpu, failure);
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private RunResult result(int gpu) {
        return Objects.requireNonNull(outcomes.get(gpu)).getFirst().result();
    }

    private double workedShare(int gpu, int other) {
        return result(gpu)
                .environment()
                .path("company")
                .path("gpus")
                .valueStream()
                .filter(card -> card.path("index").asInt() == other)
                .mapToDouble(card -> card.path("worked_share").asDouble())
                .sum();
    }

    private static List<Reason> reasons(RunResult result) {
        return result.verdict().findings().stream().map(Finding::reason).toList();
    }

    @AfterEach
    void nothingIsLeftRunning() {
        scenarios.forEach(scenario -> {
            assertThat(scenario.runtime.leftOpen()).isEmpty();
            assertThat(scenario.gpu.openResources()).isZero();
        });
    }

    @Test
    void allStartAtOneInstantThoughOneLoadsLonger() throws Exception {
        each(scenario -> scenario.tenants(2).lasting(Duration.ofMillis(400)));
        scenarios.get(1).runtime.launchTakes(Duration.ofMillis(900));

        run();

        assertThat(spells)
                .hasSize(6)
                .extracting(Spell::fromNanos)
                .containsOnly(spells.getFirst().fromNanos());
        assertThat(outcomes).containsOnlyKeys(0, 1, 2);
        for (int gpu = 0; gpu < GPUS; gpu++) {
            assertThat(result(gpu).group()).isEqualTo("4f1c09-gpu" + gpu);
            assertThat(result(gpu).environment().at("/company/id").asText()).isEqualTo("4f1c09");
            assertThat(result(gpu).otherCards()).isEqualTo(2);
            assertThat(workedShare(gpu, (gpu + 1) % GPUS)).isCloseTo(1, within(0.05));
        }
    }

    @Test
    void eachIsAloneInItsBaselineWhileTheOthersRest() throws Exception {
        each(scenario -> scenario.tenants(1)
                .baseline(new BaselineChoice.Run())
                .lasting(Duration.ofMillis(400))
                .repeat(2));

        run();

        List<Spell> together = spells.stream()
                .filter(spell -> spells.stream().anyMatch(other -> !other.equals(spell) && other.overlaps(spell)))
                .toList();
        // Of 2 repetitions on 3 GPUs, the baselines lie apart from everything else.
        assertThat(spells).hasSize(12);
        assertThat(together).hasSize(6);
        assertThat(together.stream().map(Spell::fromNanos).distinct()).hasSize(2);
        assertThat(outcomes.values())
                .allSatisfy(ofGpu -> assertThat(ofGpu)
                        .hasSize(2)
                        .allSatisfy(outcome ->
                                assertThat(outcome.result().baselines()).hasSize(1)));
    }

    @Test
    void oneAfterAnotherAlsoHasBaselinesBecauseTheOtherGpusWork() throws Exception {
        each(scenario -> scenario.tenants(2)
                .mode(new SharingMode.Exclusive())
                .baseline(new BaselineChoice.Run())
                .lasting(Duration.ofMillis(400)));

        run();

        assertThat(result(2).baselines()).hasSize(1);
        assertThat(spells).hasSize(9);
        assertThat(spells.stream().map(Spell::fromNanos).distinct()).hasSize(5);
    }

    @Test
    void whereATenantDiesTheOtherGpusGoOnToTheirEnd() throws Exception {
        each(scenario -> scenario.tenants(1).lasting(Duration.ofSeconds(2)));
        scenarios.get(1).runtime.tenant(0, Lives.working(100, 10, 3));

        run();

        assertThat(reasons(result(1))).contains(Reason.TENANT_FAILED);
        assertThat(reasons(result(0))).doesNotContain(Reason.TENANT_FAILED);
        assertThat(result(0).timeline().windowS()).isCloseTo(2, within(0.1));
        assertThat(workedShare(0, 1)).isCloseTo(0.075, within(0.01));
        assertThat(result(0).warnings()).contains("the tenants of GPU 1 worked in 7.5 % of the measured time only");
        assertThat(result(0).otherCards()).isEqualTo(1);
    }

    @Test
    void whereATenantIsNeverReadyTheOtherGpusStartWithoutIt() throws Exception {
        each(scenario -> scenario.tenants(1).lasting(Duration.ofMillis(400)).repeat(2));
        scenarios.get(2).runtime.tenant(0, Lives.failing("oom", "no memory"));

        run();

        assertThat(outcomes.get(0))
                .hasSize(2)
                .allSatisfy(outcome ->
                        assertThat(outcome.result().timeline().windowS()).isPositive());
        assertThat(outcomes.get(2)).hasSize(2);
        assertThat(reasons(result(2))).contains(Reason.TENANT_FAILED);
        assertThat(workedShare(0, 2)).isZero();
        assertThat(workedShare(0, 1)).isCloseTo(1, within(0.05));
    }

    @Test
    void whereABaselineFailsTheOtherGpusDoNotWaitForIt() throws Exception {
        each(scenario -> scenario.tenants(1).baseline(new BaselineChoice.Run()).lasting(Duration.ofMillis(400)));
        scenarios.get(0).runtime.tenant(0, Lives.failing("oom", "no memory"));

        run();

        assertThat(reasons(result(0))).contains(Reason.BASELINE_FAILED);
        assertThat(result(1).otherCards()).isEqualTo(1);
        assertThat(result(2).metrics().stp().asOptional()).isPresent();
    }

    @Test
    void whereOneGpuCannotBeHadNothingIsStartedOnAny() throws Exception {
        each(scenario -> scenario.tenants(1));
        scenarios
                .get(1)
                .gpu
                .processes
                .answers(List.of(new GpuProcess(
                        4_711_000,
                        GpuProcess.Kind.COMPUTE,
                        Reading.of(1L << 30),
                        OptionalInt.empty(),
                        OptionalInt.empty())));

        Company company = run();

        assertThat(company.veto().orElseThrow().sentence()).startsWith("GPU 1 ").contains("pid 4711000");
        assertThat(failures).containsOnlyKeys(0, 1, 2);
        assertThat(scenarios)
                .allSatisfy(scenario -> assertThat(scenario.runtime.launched()).isEmpty());
        assertThat(folder.resolve("gpu0")).isEmptyDirectory();
    }

    /** Ctrl-C reaches all at the same moment; what one is told first must not let the others wait. */
    @Test
    void anInterruptionEndsAllOfThem() throws Exception {
        each(scenario -> scenario.tenants(2).lasting(Duration.ofSeconds(20)));
        RunScenario first = scenarios.getFirst().interruptedIn(Phase.MEASURING);
        List<RunScenario> others = scenarios.subList(1, GPUS);
        first.alsoStops(others);

        run();

        for (int gpu = 0; gpu < GPUS; gpu++) {
            assertThat(reasons(result(gpu))).contains(Reason.INTERRUPTED);
        }
        assertThat(time.nanos()).isLessThan(Duration.ofSeconds(5).toNanos());
    }

    /** One that is interrupted while it waits for its turn has measured nothing, and says so. */
    @Test
    void anInterruptionEndsThoseWhoWaitForTheirTurn() throws Exception {
        each(scenario -> scenario.tenants(1).baseline(new BaselineChoice.Run()).lasting(Duration.ofSeconds(20)));
        RunScenario first = scenarios.getFirst().interruptedIn(Phase.MEASURING);
        first.alsoStops(scenarios.subList(1, GPUS));

        run();

        assertThat(outcomes).containsOnlyKeys(0, 1, 2);
        assertThat(scenarios.get(2).runtime.launched()).isEmpty();
        assertThat(reasons(result(2))).contains(Reason.INTERRUPTED);
    }

    /** The others' baselines take 3 s, which are not of its own time. */
    @Test
    void waitingForOthersCountsAgainstNoTimeout() throws Exception {
        each(scenario -> scenario.tenants(1)
                .baseline(new BaselineChoice.Run())
                .lasting(Duration.ofSeconds(1))
                .timeout(Duration.ofMillis(2_900)));

        run();

        for (int gpu = 0; gpu < GPUS; gpu++) {
            assertThat(reasons(result(gpu))).doesNotContain(Reason.TIMED_OUT);
            assertThat(result(gpu).timeline().windowS()).isCloseTo(1, within(0.1));
        }
    }
}
