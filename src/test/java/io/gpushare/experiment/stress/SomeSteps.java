package io.gpushare.experiment.stress;

import io.gpushare.experiment.stress.StepWork.Kept;
import io.gpushare.experiment.stress.StepWork.Tail;
import io.gpushare.experiment.stress.StressStep.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.IntFunction;

/** Steps of a machine that is a formula. */
final class SomeSteps {
    static final double ONE = 1000;

    private SomeSteps() {}

    static StepWork work(int tenants, double total, double errorPercent, Optional<Kept> bound) {
        return new StepWork(
                total,
                OptionalDouble.of(errorPercent),
                tenants * ONE / total,
                Optional.of(new Tail(4.0 * tenants, true)),
                bound,
                OptionalDouble.of(200 + 10 * Math.min(tenants, 5)),
                OptionalDouble.of(260),
                OptionalDouble.of(0.2 / Math.min(tenants, 4)),
                List.of());
    }

    static Outcome worked(int tenants, double total) {
        return new StressStep.Worked(work(tenants, total, 0.5, Optional.empty()));
    }

    static Outcome outOfMemory() {
        return new StressStep.Broke(BreakCause.OUT_OF_MEMORY, "tenant 3 (spin) failed: CUDA out of memory");
    }

    static StressStep step(int tenants, Outcome outcome) {
        return new StressStep(tenants, outcome, Optional.empty());
    }

    /** Goes on until there is no next, and returns what was tried, in order. */
    static List<Integer> tried(StressSearch search, IntFunction<Outcome> machine) {
        List<Integer> tried = new ArrayList<>();
        for (OptionalInt next = search.next(); next.isPresent(); next = search.next()) {
            tried.add(next.getAsInt());
            search.add(step(next.getAsInt(), machine.apply(next.getAsInt())));
        }
        return tried;
    }

    static StressAnswers answers(StressGoal goal, IntFunction<Outcome> machine) {
        StressSearch search = new StressSearch(goal);
        tried(search, machine);
        return StressAnswers.of(goal, search.steps());
    }
}
