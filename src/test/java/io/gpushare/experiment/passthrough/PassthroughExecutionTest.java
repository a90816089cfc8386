package io.gpushare.experiment.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.GpuChoice;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.SomeWorkloads;
import io.gpushare.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** States that are brought about by nobody. */
final class PassthroughExecutionTest {
    private static final Ramp RAMP = new Ramp(Duration.ofSeconds(10), "a test");

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private String endsAt = "";

    private static RunPlan tenant(Map<String, String> settings) {
        PlanDraft draft = new PlanDraft(new SomeWorkloads());
        draft.gpu(new GpuChoice.Simulated("h200:2"));
        draft.addTenants("matmul-burn", 1, settings);
        return draft.plan();
    }

    private static PassthroughPlan plan(int rounds, Ramp ramp) {
        return new PassthroughPlan(
                List.of("one", "other"), tenant(Map.of()), tenant(Map.of("batch", "2")), rounds, 81, ramp);
    }

    private PassthroughExecution.Outcome run(PassthroughPlan plan) throws Exception {
        try (PassthroughFolder open = PassthroughFolder.open(folder.resolve("p"))) {
            open.record(plan);
            return new PassthroughExecution(plan, open, this::bringAbout, listener, Time.real()).run();
        }
    }

    private StateRunner.Result bringAbout(State state, Path path) {
        if (state.name().equals(endsAt)) {
            return new StateRunner.Result.Interrupted();
        }
        if (failing.contains(state.name())) {
            return new StateRunner.Result.Failed("it would not");
        }
        try {
            Files.createDirectories(path);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
        return new StateRunner.Result.Measured(SomeStates.reading(state, Map.of("slot0", 30.0)));
    }

    private final PassthroughExecution.Listener listener = new PassthroughExecution.Listener() {
        @Override
        public void measured(StateReading reading, int position, int all, Optional<Duration> left) {
            told.add(position + "/" + all + " " + reading.state().folder());
        }

        @Override
        public void failed(State state, String why, boolean again) {
            told.add(state.folder() + ": " + why + (again ? ", again" : ""));
        }
    };

    @Test
    void goesOnWhereItEnded() throws Exception {
        endsAt = "full-half";
        PassthroughExecution.Outcome first = run(plan(1, RAMP));
        assertThat(first.interrupted()).isTrue();
        int before = first.readings().size();
        assertThat(before).isBetween(1, 9);
        told.clear();
        endsAt = "";

        PassthroughExecution.Outcome second = run(plan(1, RAMP));

        assertThat(second.interrupted()).isFalse();
        assertThat(second.readings()).hasSize(11);
        assertThat(told).hasSize(11 - before);
        assertThat(told.getFirst()).startsWith((before + 1) + "/11 round-1/full-half");
    }

    @Test
    void moreRoundsOfTheSamePlanMayBeAskedFor() throws Exception {
        run(plan(1, RAMP));
        told.clear();

        assertThat(run(plan(2, RAMP)).readings()).hasSize(22);
        assertThat(told).hasSize(11).allMatch(line -> line.contains("round-2/"));
    }

    @Test
    void anotherPlanIsRefusedByName() throws Exception {
        run(plan(1, RAMP));

        assertThatThrownBy(() -> run(plan(1, new Ramp(Duration.ofSeconds(11), "a test"))))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        refused -> assertThat(refused.status()).isEqualTo(ExitStatus.USAGE))
                .hasMessageContaining("its plan differs from this one in ramp");
    }

    @Test
    void aPlanByWhichNothingWasMeasuredIsReplaced() throws Exception {
        endsAt = "reference-before";
        assertThat(run(plan(1, RAMP)).readings()).isEmpty();

        assertThat(run(plan(1, new Ramp(Duration.ofSeconds(11), "a test"))).interrupted())
                .isTrue();
    }

    @Test
    void aStateThatFailsTwiceIsLeftForTheNextStart() throws Exception {
        failing.add("half-half");

        PassthroughExecution.Outcome outcome = run(plan(1, RAMP));

        assertThat(outcome.readings()).hasSize(10);
        assertThat(outcome.failed()).extracting(State::name).containsExactly("half-half");
        assertThat(told)
                .containsSubsequence("round-1/half-half: it would not, again", "round-1/half-half: it would not");
        Passthrough found = Passthrough.of(plan(1, RAMP), "", outcome);
        assertThat(found.status()).isEqualTo(ExitStatus.PARTLY_FAILED);
        failing.clear();

        assertThat(run(plan(1, RAMP)).failed()).isEmpty();
    }

    @Test
    void aFileThatIsNotWholeCountsAsNone() throws Exception {
        run(plan(1, RAMP));
        Files.writeString(folder.resolve("p/round-1/idle-full/state.yaml"), "round: 1\nstate: [idle");
        told.clear();

        run(plan(1, RAMP));

        assertThat(told).singleElement().asString().endsWith("round-1/idle-full");
    }

    @Test
    void twoAtATimeAreRefused() throws Exception {
        PassthroughPlan plan = plan(1, RAMP);
        try (PassthroughFolder _ = PassthroughFolder.open(folder.resolve("p"))) {
            assertThatThrownBy(() -> run(plan)).hasMessageContaining("another gpushare is at work on the experiment");
        }
    }

    /** The sensor shows the same in all states. */
    @Test
    void whatNeverMovesTellsNothing() throws Exception {
        Passthrough found = Passthrough.of(plan(2, RAMP), "", run(plan(2, RAMP)));

        assertThat(found.answer()).isEqualTo(Passthrough.Answer.CANNOT_TELL);
        assertThat(found.best(0)).isEmpty();
    }

    @Test
    void withoutSensorsOrStatesItCannotTell() throws Exception {
        Passthrough none =
                Passthrough.of(plan(1, RAMP), "", new PassthroughExecution.Outcome(List.of(), List.of(), true));
        assertThat(none.status()).isEqualTo(ExitStatus.FAILED);
        assertThat(PassthroughWords.answer(none))
                .isEqualTo("Cannot tell: 0 states were measured, which is too few to"
                        + " learn from some and try on others.");

        List<StateReading> states = SomeStates.of(2, 2, _ -> Map.of());
        Passthrough deaf =
                Passthrough.of(plan(2, RAMP), "", new PassthroughExecution.Outcome(states, List.of(), false));
        assertThat(PassthroughWords.answer(deaf)).isEqualTo("Cannot tell: no sensor of the machine gave a reading.");
        assertThat(deaf.status()).isEqualTo(ExitStatus.DONE);
    }
}
