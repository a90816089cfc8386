package io.gpushare.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.gpu.GpuProcess;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.benchmark.WatchedResult;
import io.gpushare.runtime.attached.FakeProgram;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs beside a program of somebody else, on a GPU that lists its process, by a number beyond all of this machine. */
@Timeout(30)
final class WatchedRunTest {
    @TempDir
    private Path folder;

    private final FakeProgram neighbour = new FakeProgram("blender");

    private RunScenario beside() {
        neighbour.processes = Set.of(5_000_077);
        RunScenario scenario = new RunScenario(folder)
                .tenants(2)
                .lasting(Duration.ofSeconds(3))
                .attached("5000077", neighbour);
        scenario.gpu.processes.answers(List.of(onGpu(5_000_077)));
        return scenario;
    }

    private static GpuProcess onGpu(int pid) {
        return new GpuProcess(
                pid, GpuProcess.Kind.COMPUTE, Reading.of(3L << 30), OptionalInt.empty(), OptionalInt.empty());
    }

    private static List<Reason> reasons(RunResult run) {
        return run.verdict().findings().stream().map(Finding::reason).toList();
    }

    @Test
    void itHasNoPartInWhatIsSaidOfTheOthersAndIsNoStranger() throws InterruptedException {
        RunOutcome outcome = beside().baseline(new BaselineChoice.Run()).run();
        RunResult run = outcome.result();

        assertThat(reasons(run)).doesNotContain(Reason.FOREIGN_PROCESS, Reason.WATCHED_ENDED);
        assertThat(run.tenants()).hasSize(2);
        assertThat(run.baselines()).hasSize(1);
        assertThat(run.metrics().stp().asOptional()).isPresent();
        WatchedResult watched = run.watched().getFirst();
        assertThat(watched.number()).isEqualTo(2);
        assertThat(watched.name()).isEqualTo("blender");
        assertThat(watched.processes()).containsExactly(5_000_077);
        assertThat(watched.gpuMemoryBytes()).isEqualTo(Reading.of(3L << 30));
        assertThat(run.warnings())
                .anySatisfy(sentence -> assertThat(sentence)
                        .startsWith("tenant 2 (blender, process 5000077) is only watched")
                        .contains("no part in STP", "goes on working while the baselines"));
        RunResult back = RunResultFile.read(outcome.file());
        assertThat(back.watched()).isEqualTo(run.watched());
        assertThat(back.plan().attached()).isEqualTo(run.plan().attached());
    }

    @Test
    void aStrangerBesideItIsStillOne() throws InterruptedException {
        RunScenario scenario = beside();
        scenario.gpu.processes.answers(List.of(onGpu(5_000_077), onGpu(5_000_078)));
        assertThatThrownBy(scenario::run)
                .hasMessageContaining("is used by another process: pid 5000078")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("5000077"));
    }

    @Test
    void withoutBaselinesNothingIsSaidOfThem() throws InterruptedException {
        assertThat(beside().run().result().warnings())
                .anySatisfy(sentence -> assertThat(sentence).contains("only watched"))
                .noneSatisfy(sentence -> assertThat(sentence).contains("baselines"));
    }

    @Test
    void itsEndWhileTheOthersAreMeasuredIsAFinding() throws InterruptedException {
        RunScenario scenario = beside();
        scenario.time.start("its end", () -> {
            scenario.time.pause(Duration.ofSeconds(2));
            neighbour.whyGone = Optional.of("it ended, and another process has its number");
        });

        RunResult run = scenario.run().result();

        assertThat(reasons(run)).contains(Reason.WATCHED_ENDED);
        assertThat(run.verdict().findings())
                .extracting(Finding::message)
                .contains(
                        "Tenant 2 (blender, process 5000077), which is only watched, was not there until the end of the"
                                + " measurement of tenants: it ended, and another process has its number. What was measured is"
                                + " not what the plan says: measure again while it works.");
    }

    @Test
    void onceItIsGoneNothingMoreIsMeasuredAndNothingRepeated() throws InterruptedException {
        RunScenario scenario = beside().baseline(new BaselineChoice.Run()).repeat(3);
        scenario.time.start("its end", () -> {
            scenario.time.pause(Duration.ofSeconds(1));
            neighbour.whyGone = Optional.of("it ended");
        });

        List<RunOutcome> outcomes = scenario.runAll();

        assertThat(outcomes).hasSize(1);
        RunResult run = outcomes.getFirst().result();
        assertThat(reasons(run)).contains(Reason.WATCHED_ENDED);
        assertThat(run.tenants())
                .allSatisfy(tenant -> assertThat(tenant.problem().orElseThrow().message())
                        .contains("a tenant that is only watched was gone"));
        assertThat(run.watched().getFirst().host().asOptional()).isEmpty();
    }

    /** After the last measurement it may go. */
    @Test
    void itsEndAfterTheMeasurementIsNone() throws InterruptedException {
        RunScenario scenario = beside();
        scenario.runtime.tenant(0, self -> {
            int status = Lives.steady().live(self);
            neighbour.whyGone = Optional.of("it ended");
            return status;
        });

        assertThat(reasons(scenario.run().result())).doesNotContain(Reason.WATCHED_ENDED);
    }
}
