package io.gpushare.experiment.stress;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.experiment.stress.ModeStress.End;
import io.gpushare.experiment.stress.StepWork.Kept;
import io.gpushare.experiment.stress.StressStep.Worked;
import io.gpushare.mode.ModeKind;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class StressWordsTest {
    private static StressWords words(StressGoal goal, End end, StressStep... steps) {
        return new StressWords(
                new ModeStress("mps", ModeKind.MPS, Optional.of("sample"), 0.99, goal, List.of(steps), end));
    }

    private static StressWords words(End end, StressStep... steps) {
        return words(new StressGoal(8, false, false), end, steps);
    }

    private static StressStep worked(int tenants, double total) {
        return SomeSteps.step(tenants, SomeSteps.worked(tenants, total));
    }

    private static StressStep bound(int tenants, Kept kept) {
        return SomeSteps.step(tenants, new Worked(SomeSteps.work(tenants, 1000, 0.5, Optional.of(kept))));
    }

    @Test
    void saysWhatIsTooMuchAndWhy() {
        StressWords words =
                words(new End.Answered(), worked(1, 1000), worked(2, 2000), SomeSteps.step(3, SomeSteps.outOfMemory()));
        assertThat(words.headline()).isEqualTo("3 tenants are too many (out of memory); 2 do the most work");
        assertThat(words.breaks())
                .isEqualTo("3 tenants are too many: out of memory. 2 work. Tenant 3 (spin) failed: CUDA out of"
                        + " memory.");
    }

    @Test
    void saysWhereTheSearchEndedAndHowItGoesOn() {
        assertThat(words(new End.Answered(), worked(1, 1000), worked(2, 1010)).breaks())
                .isEqualTo("Nothing broke up to 2 tenants, where the search ended, because the total no longer rose;"
                        + " --past-plateau goes on.");
        assertThat(words(new End.Answered(), worked(1, 1000), worked(8, 8000)).breaks())
                .isEqualTo("Nothing broke up to 8 tenants, the most that were to be tried; --max tries more.");
    }

    @Test
    void ofAnInterruptedSearchItSaysWhatIsKnown() {
        StressWords words = words(
                new End.Interrupted(), worked(1, 1000), worked(4, 4000), SomeSteps.step(8, SomeSteps.outOfMemory()));
        assertThat(words.breaks()).contains("4 work; what is between was not tried.");
        assertThat(words.knee()).get().asString().contains("Between 1 and 4 none was tried.");
        assertThat(words.doubts()).singleElement().asString().contains("interrupted");
        assertThat(words(new End.Interrupted()).headline()).isEqualTo("nothing is known");
        assertThat(words(new End.Interrupted()).breaks()).isEqualTo("Nothing is known of it.");
    }

    @Test
    void theKneeComesWithTheMost() {
        assertThat(words(new End.Answered(), worked(1, 1000), worked(2, 1960), worked(4, 2000))
                        .knee())
                .contains("2 tenants do 1960 samples/s ± 0.5 %, 98 % of the most that was seen, 2000 samples/s ± 0.5 %"
                        + " with 4; fewer do less than 95 % of that.");
    }

    @Test
    void aBoundIsKeptOrNot() {
        StressGoal goal = new StressGoal(8, false, true);
        assertThat(words(goal, new End.Answered(), bound(1, Kept.KEPT), bound(2, Kept.MISSED))
                        .within())
                .contains("1 tenant keeps it, and 2 do not.");
        assertThat(words(goal, new End.Answered(), bound(1, Kept.MISSED)).within())
                .contains("Not even one tenant keeps it.");
        assertThat(words(goal, new End.Answered(), bound(1, Kept.TOO_FEW), bound(2, Kept.KEPT))
                        .within())
                .get()
                .asString()
                .startsWith("2 tenants keep it, and more were not tried.")
                .contains("too few latencies");
        assertThat(words(goal, new End.Answered(), worked(1, 1000)).within())
                .contains("No latency was seen that could be judged.");
    }

    @Test
    void tellsWhetherSharingRaisesPowerAndLowersEnergy() {
        StressWords words = words(new End.Answered(), worked(1, 1000), worked(2, 2000), worked(4, 4000));
        assertThat(words.power())
                .contains("Sharing raises it: 240 W on average with 4, 210 W with one (+30 W, +14 %); 260 W at most.");
        assertThat(words.energy()).contains("0.05 J a sample with 4, 0.20 J with one (-75.0 %).");
        StressWords alone = words(new End.Answered(), worked(1, 1000));
        assertThat(alone.power()).get().asString().startsWith("Sharing does not raise it: 210 W");
        assertThat(alone.energy()).contains("0.20 J a sample with one tenant, and no less with more.");
    }

    @Test
    void aRunThatIsInvalidButWorkedCountsAndIsNamed() {
        StepWork imprecise = new StepWork(
                1000,
                OptionalDouble.of(12),
                1,
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of("imprecise"));
        StressWords words = words(
                new End.Stopped("the disk is full"),
                SomeSteps.step(1, new Worked(imprecise)),
                SomeSteps.step(2, new StressStep.Unjudged("mode not proven: nothing was seen")));
        assertThat(words.doubts())
                .containsExactly(
                        "The run of 1 tenant is INVALID: imprecise. It counts, with its error.",
                        "The run of 2 tenants says nothing: mode not proven: nothing was seen",
                        "The search stopped: the disk is full.");
        assertThat(words.power()).isEmpty();
        assertThat(words.energy()).isEmpty();
    }
}
