package io.gpushare.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.experiment.sweep.CellRunner.Position;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SweepExecutionTest {
    private static final String SPIN = "mps_2_spin";
    private static final String ALONE = "exclusive_1_spin";
    private final GpushareException failure = new GpushareException(ExitStatus.FAILED, "it broke", null);
    private final GpushareException unable = new GpushareException(ExitStatus.UNABLE, "it cannot", null);

    @TempDir
    Path folder;

    private final FakeRunner runner = new FakeRunner();
    private final List<String> told = new ArrayList<>();
    private final SweepListener listener = new SweepListener() {
        @Override
        public void finished(
                Position position, SweepCell cell, RunResult result, boolean again, Optional<Duration> left) {
            told.add(cell.name() + (again ? " again" : ""));
        }

        @Override
        public void failed(Position position, SweepCell cell, String why, boolean again) {
            told.add(cell.name() + ": " + why + (again ? ", again" : ""));
        }

        @Override
        public void leftOut(LeftOut cell) {
            told.add("without " + cell.cell() + ": " + cell.why());
        }
    };

    private static void small(SweepDraft draft) {
        draft.modes(List.of("mps"));
        draft.mixes(Sweeps.mixes("spin", "notebook", "spin,notebook"));
        draft.tenants(List.of(2));
    }

    private SweepOutcome run(Consumer<SweepDraft> more) throws InterruptedException {
        SweepPlan plan = Sweeps.plan(draft -> {
            small(draft);
            more.accept(draft);
        });
        try (SweepFolder open = SweepFolder.open(folder)) {
            return new SweepExecution(
                            plan,
                            SweepMatrix.of(plan, Sweeps.MODES, MigOffer.NOT_ASKED),
                            open,
                            runner,
                            listener,
                            Time.real(),
                            false)
                    .run();
        }
    }

    @Test
    void everyRoundRunsEachCellOnceWithTheBaselinesOfThatRound() throws Exception {
        SweepOutcome outcome = run(draft -> draft.rounds("3"));
        assertThat(runner.measured).hasSize(15).doesNotHaveDuplicates();
        assertThat(outcome).isEqualTo(new SweepOutcome(3, 15, 15, List.of(), List.of(), List.of(), false, false));
        for (int round = 1; round <= 3; round++) {
            int alone = runner.measured.indexOf("round-" + round + "/" + ALONE);
            assertThat(runner.baselines("round-" + round + "/mps_2_spin+notebook"))
                    .hasSize(2)
                    .contains(folder.resolve("round-" + round + "/" + ALONE + "/benchmark_" + (alone + 1) + ".json"));
        }
        assertThat(runner.positions)
                .extracting(Position::words)
                .startsWith("[ 1/15]")
                .endsWith("[15/15]")
                .doesNotHaveDuplicates();
    }

    @Test
    void beginsNoRunThatWouldEndTooLate() throws Exception {
        SweepOutcome first = run(draft -> draft.within(Duration.ZERO));
        assertThat(runner.measured).hasSize(1);
        assertThat(first.outOfTime()).isTrue();
        assertThat(first.failed()).isEmpty();
        assertThat(first.done()).isEqualTo(1);

        SweepOutcome second = run(draft -> draft.within(Duration.ofHours(1)));
        assertThat(second.outOfTime()).isFalse();
        assertThat(second.done()).isEqualTo(15);
    }

    @Test
    void aFailedCellIsTriedOnceMoreAtTheEndOfTheRoundAndThenNoted() throws Exception {
        runner.failing(SPIN, failure).failing(SPIN, failure);
        SweepOutcome outcome = run(draft -> draft.rounds("2"));
        assertThat(runner.measured.subList(0, 6).getLast()).isEqualTo("round-1/" + SPIN);
        assertThat(Collections.frequency(runner.measured, "round-1/" + SPIN)).isEqualTo(2);
        assertThat(Collections.frequency(runner.measured, "round-2/" + SPIN)).isOne();
        assertThat(outcome.failed()).containsExactly(new SweepOutcome.FailedRun(1, SPIN, "it broke"));
        assertThat(outcome.done()).isEqualTo(9);
        assertThat(told).contains(SPIN + ": it broke, again", SPIN + ": it broke");
    }

    @Test
    void aTenantThatFailedIsAFailureAndASecondTryMakesItGood() throws Exception {
        runner.invalid(SPIN, Reason.TENANT_FAILED);
        SweepOutcome outcome = run(draft -> draft.rounds("1"));
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.done()).isEqualTo(5);
        assertThat(runner.measured).hasSize(6).endsWith("round-1/" + SPIN);
    }

    @Test
    void whatIsNotPreciseIsTriedOnceMoreAndThenKept() throws Exception {
        runner.invalid(SPIN, Reason.IMPRECISE).invalid(SPIN, Reason.DRIFTING);
        SweepOutcome outcome = run(draft -> draft.rounds("1"));
        assertThat(outcome.failed()).isEmpty();
        assertThat(outcome.inexact()).containsExactly(new SweepOutcome.Run(1, SPIN));
        assertThat(outcome.done()).isEqualTo(5);
        assertThat(told).containsSequence(SPIN).contains(SPIN + " again");
    }

    @Test
    void cellsWaitForABaselineThatFailedAndRunOnceItIsThere() throws Exception {
        runner.failing(ALONE, failure);
        SweepOutcome outcome = run(draft -> draft.rounds("1"));
        assertThat(outcome.done()).isEqualTo(5);
        assertThat(runner.measured.indexOf("round-1/" + SPIN))
                .isGreaterThan(runner.measured.lastIndexOf("round-1/" + ALONE));
        assertThat(runner.baselines("round-1/" + SPIN)).hasSize(1);
    }

    @Test
    void cellsAreNotRunWithoutTheirBaseline() throws Exception {
        runner.failing(ALONE, failure).failing(ALONE, failure);
        SweepOutcome outcome = run(draft -> draft.rounds("1"));
        assertThat(runner.measured).doesNotContain("round-1/" + SPIN, "round-1/mps_2_spin+notebook");
        assertThat(outcome.failed())
                .extracting(SweepOutcome.FailedRun::cell)
                .containsExactlyInAnyOrder(ALONE, SPIN, "mps_2_spin+notebook");
    }

    @Test
    void whatTheMachineCannotDoIsLeftOutOfAllRoundsWithTheReason() throws Exception {
        runner.failing(SPIN, unable).failing(SPIN, unable);
        SweepOutcome outcome = run(draft -> draft.rounds("3"));
        assertThat(Collections.frequency(runner.measured, "round-1/" + SPIN)).isEqualTo(2);
        assertThat(runner.measured).doesNotContain("round-2/" + SPIN);
        assertThat(outcome.leftOut()).containsExactly(new LeftOut(SPIN, "it cannot"));
        assertThat(outcome.runs()).isEqualTo(12);
        assertThat(outcome.done()).isEqualTo(12);
        assertThat(outcome.failed()).isEmpty();
    }

    @Test
    void aBaselineThatCannotBeMeasuredLeavesOutWhatNeedsIt() throws Exception {
        runner.failing(ALONE, unable).failing(ALONE, unable);
        SweepOutcome outcome = run(draft -> draft.rounds("1"));
        assertThat(outcome.leftOut())
                .extracting(LeftOut::cell)
                .containsExactlyInAnyOrder(ALONE, SPIN, "mps_2_spin+notebook");
        assertThat(outcome.done()).isEqualTo(2);
    }

    /** As where somebody else used the GPU for a while. */
    @Test
    void whatWasImpossibleOnlyOnceOrWentBeforeIsNotLeftOut() throws Exception {
        runner.failing(SPIN, unable);
        assertThat(run(draft -> draft.rounds("1")).leftOut()).isEmpty();
        assertThat(runner.measured).endsWith("round-1/" + SPIN).hasSize(6);
        runner.measured.clear();
        runner.ok(SPIN).failing(SPIN, unable).failing(SPIN, unable);
        SweepOutcome outcome = run(draft -> draft.rounds("3"));
        assertThat(outcome.leftOut()).isEmpty();
        assertThat(outcome.failed()).containsExactly(new SweepOutcome.FailedRun(2, SPIN, "it cannot"));
        assertThat(runner.measured).contains("round-3/" + SPIN);
    }

    @Test
    void endsWithTheReasonWhereNothingCanBeRun() {
        for (int tries = 0; tries < 2; tries++) {
            runner.failing(ALONE, unable).failing("exclusive_1_notebook", unable);
        }
        assertThatThrownBy(() -> run(draft -> draft.rounds("3"))).isSameAs(unable);
    }

    @Test
    void endsAtOnceWhereNoOtherRunCouldBeMadeEither() {
        runner.failing(ALONE, new HopelessException(unable))
                .failing("exclusive_1_notebook", new HopelessException(unable));
        assertThatThrownBy(() -> run(_ -> {})).isInstanceOf(HopelessException.class);
        assertThat(runner.measured).hasSize(1);
    }

    @Test
    void endsAtOnceWhereTheGpuIsNotWhatItWas() {
        runner.stop = Optional.of(failure);
        assertThatThrownBy(() -> run(_ -> {})).isSameAs(failure);
        assertThat(runner.measured).hasSize(1);
    }

    @Test
    void measuresNothingMoreOnceTheUserWantsToEnd() throws Exception {
        runner.endsAfter(4);
        SweepOutcome outcome = run(draft -> draft.rounds("3"));
        assertThat(runner.measured).hasSize(4);
        assertThat(outcome.interrupted()).isTrue();
        assertThat(outcome.rounds()).isOne();
        assertThat(outcome.runs()).isEqualTo(15);
    }

    /** Nothing is on the disk here, so nothing is ever decided: of no runs nothing is open either. */
    @Test
    void autoRunsThreeRoundsAtLeast() throws Exception {
        SweepOutcome outcome = run(draft -> draft.rounds("auto"));
        assertThat(outcome.rounds()).isEqualTo(3);
        assertThat(runner.positions).extracting(Position::round).containsOnly(1, 2, 3);
        assertThat(runner.positions.getFirst().words()).isEqualTo("[1/5 of round 1]");
    }
}
