package io.gpushare.experiment.stress;

import io.gpushare.mode.ModeKind;
import java.util.List;
import java.util.Optional;

/**
 * The search in one mode.
 *
 * @param mode with its settings, in short words
 * @param unit of the total, of one; empty where workloads differ: it is times the work of one tenant alone then
 * @param tail of latency that is told, as a share
 * @param steps in the order of their tenants
 * @param end why there are no more
 */
public record ModeStress(
        String mode,
        ModeKind kind,
        Optional<String> unit,
        double tail,
        StressGoal goal,
        List<StressStep> steps,
        End end) {
    public ModeStress {
        steps = List.copyOf(steps);
    }

    public sealed interface End {
        /** All was found that was asked. */
        record Answered() implements End {}

        record Interrupted() implements End {}

        /** @param words why a step could not be carried out, which says nothing of its number of tenants */
        record Stopped(String words) implements End {}
    }

    public StressAnswers answers() {
        return StressAnswers.of(goal, steps);
    }

    /** Whether so much as one tenant worked. */
    public boolean worked() {
        return steps.stream().anyMatch(step -> step.work().isPresent());
    }

    /** Whether every step that was tried says something. */
    public boolean complete() {
        return end instanceof End.Answered
                && steps.stream().noneMatch(step -> step.outcome() instanceof StressStep.Unjudged);
    }
}
