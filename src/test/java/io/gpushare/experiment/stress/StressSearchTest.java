package io.gpushare.experiment.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.experiment.stress.StepWork.Kept;
import io.gpushare.experiment.stress.StressAnswers.BreakingPoint;
import io.gpushare.experiment.stress.StressAnswers.WithinBounds;
import io.gpushare.experiment.stress.StressStep.Outcome;
import io.gpushare.experiment.stress.StressStep.Unjudged;
import io.gpushare.experiment.stress.StressStep.Worked;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class StressSearchTest {
    private static final StressGoal USUAL = new StressGoal(64, false, false);
    private static final StressGoal UNTIL_IT_BREAKS = new StressGoal(64, true, false);
    private static final StressGoal BOUNDED = new StressGoal(64, false, true);

    static IntStream counts() {
        return IntStream.rangeClosed(1, 64);
    }

    private static IntFunction<Outcome> breaking(int at, IntFunction<Outcome> machine) {
        return tenants -> tenants >= at ? SomeSteps.outOfMemory() : machine.apply(tenants);
    }

    /** Each adds as much as the first, until the GPU is full. */
    private static IntFunction<Outcome> fullAt(double most) {
        return tenants -> SomeSteps.worked(tenants, SomeSteps.ONE * Math.min(tenants, most));
    }

    private static double log2(int count) {
        return Math.log(count) / Math.log(2);
    }

    @ParameterizedTest
    @MethodSource("counts")
    void findsExactlyWhereItBreaksInALogarithmicNumberOfSteps(int breaksAt) {
        StressSearch search = new StressSearch(UNTIL_IT_BREAKS);
        List<Integer> tried = SomeSteps.tried(search, breaking(breaksAt, fullAt(1)));

        assertThat(StressAnswers.of(UNTIL_IT_BREAKS, search.steps()).breaks())
                .get()
                .returns(breaksAt, BreakingPoint::tenants)
                .returns(true, BreakingPoint::exact)
                .returns(BreakCause.OUT_OF_MEMORY, BreakingPoint::cause);
        assertThat(tried).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo((int) (2 * log2(breaksAt) + 3));
    }

    @ParameterizedTest
    @MethodSource("counts")
    void findsTheKneeTooInALogarithmicNumberOfSteps(int full) {
        StressSearch search = new StressSearch(USUAL);
        List<Integer> tried = SomeSteps.tried(search, fullAt(full));

        assertThat(StressAnswers.of(USUAL, search.steps()).knee())
                .get()
                .returns(true, StressAnswers.Knee::exact)
                .returns((int) Math.ceil(0.95 * full), knee -> knee.step().tenants());
        assertThat(tried).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo((int) (2 * log2(full) + 4));
    }

    @ParameterizedTest
    @MethodSource("counts")
    void findsTheMostThatKeepABound(int kept) {
        StressSearch search = new StressSearch(BOUNDED);
        List<Integer> tried = SomeSteps.tried(
                search,
                tenants -> new Worked(SomeSteps.work(
                        tenants, SomeSteps.ONE, 0.5, Optional.of(tenants <= kept ? Kept.KEPT : Kept.MISSED))));

        OptionalInt missedAt = kept == 64 ? OptionalInt.empty() : OptionalInt.of(kept + 1);
        assertThat(StressAnswers.of(BOUNDED, search.steps()).within())
                .contains(new WithinBounds(kept, missedAt, false));
        assertThat(tried).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo((int) (2 * log2(kept + 1) + 4));
    }

    @Test
    void endsWhereMoreBringNoMore() {
        assertThat(SomeSteps.tried(new StressSearch(USUAL), fullAt(4))).containsExactly(1, 2, 4, 8, 3);
        assertThat(SomeSteps.tried(new StressSearch(USUAL), fullAt(1))).containsExactly(1, 2);
        StressAnswers answers = SomeSteps.answers(USUAL, fullAt(4));
        assertThat(answers.breaks()).isEmpty();
        assertThat(answers.most()).isEqualTo(8);
    }

    @Test
    void goesOnPastThePlateauWhenItIsTold() {
        assertThat(SomeSteps.tried(new StressSearch(UNTIL_IT_BREAKS), breaking(11, fullAt(1))))
                .containsExactly(1, 2, 4, 8, 16, 12, 10, 11);
    }

    @Test
    void triesNoMoreThanItMay() {
        StressGoal five = new StressGoal(5, true, false);
        assertThat(SomeSteps.tried(new StressSearch(five), fullAt(1))).containsExactly(1, 2, 4, 5);
        assertThat(SomeSteps.tried(new StressSearch(new StressGoal(1, true, false)), fullAt(1)))
                .containsExactly(1);
    }

    @Test
    void nothingFollowsWhereNotEvenOneWorks() {
        assertThat(SomeSteps.tried(new StressSearch(UNTIL_IT_BREAKS), breaking(1, fullAt(1))))
                .containsExactly(1);
        assertThat(SomeSteps.tried(new StressSearch(USUAL), _ -> new Unjudged("mode not proven")))
                .containsExactly(1);
    }

    @ParameterizedTest
    @CsvSource({"1.00, 0.1, true", "1.015, 0.1, true", "1.03, 0.1, false", "1.10, 10, true", "1.20, 10, false"})
    void itsErrorsDecideWhetherTheTotalRises(double ratio, double errorPercent, boolean plateau) {
        List<Integer> tried = SomeSteps.tried(
                new StressSearch(USUAL),
                tenants -> new Worked(SomeSteps.work(
                        tenants,
                        SomeSteps.ONE * Math.pow(ratio, log2(Math.min(tenants, 2))),
                        errorPercent,
                        Optional.empty())));
        assertThat(tried.contains(4)).isEqualTo(!plateau);
    }

    @Test
    void noiseWithinTheErrorsIsNoRise() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            List<Integer> tried = SomeSteps.tried(new StressSearch(USUAL), tenants -> {
                double noise = 1 + 0.01 * Math.max(-1.9, Math.min(1.9, random.nextGaussian()));
                return new Worked(
                        SomeSteps.work(tenants, SomeSteps.ONE * Math.min(tenants, 6) * noise, 4, Optional.empty()));
            });
            assertThat(tried).as("seed " + seed).contains(8, 16).doesNotContain(32);
            assertThat(tried).as("seed " + seed).hasSizeLessThanOrEqualTo(9);
        }
    }

    @Test
    void aBoundIsLookedForPastThePlateauAndUpToTheBreak() {
        IntFunction<Outcome> machine =
                tenants -> new Worked(SomeSteps.work(tenants, SomeSteps.ONE, 0.5, Optional.of(Kept.KEPT)));
        assertThat(SomeSteps.tried(new StressSearch(BOUNDED), breaking(7, machine)))
                .containsExactly(1, 2, 4, 8, 6, 7);
        assertThat(SomeSteps.answers(BOUNDED, breaking(7, machine)).within())
                .contains(new WithinBounds(6, OptionalInt.of(7), false));
    }

    @Test
    void whereNoLatencyIsSeenNoBoundIsLookedFor() {
        assertThat(SomeSteps.tried(new StressSearch(BOUNDED), fullAt(1))).containsExactly(1, 2);
        assertThat(SomeSteps.answers(BOUNDED, fullAt(1)).within()).isEmpty();
    }

    @Test
    void aStepThatSaysNothingIsTriedOnce() {
        IntFunction<Outcome> machine = tenants -> tenants == 4 || tenants == 6
                ? new Unjudged("mode not proven")
                : fullAt(8).apply(tenants);
        assertThat(SomeSteps.tried(new StressSearch(UNTIL_IT_BREAKS), breaking(20, machine)))
                .doesNotHaveDuplicates()
                .contains(4, 8, 16, 19, 20);
    }
}
