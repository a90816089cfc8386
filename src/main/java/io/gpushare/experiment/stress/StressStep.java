package io.gpushare.experiment.stress;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A number of tenants that was tried.
 *
 * @param file of the run; empty where none came about
 */
public record StressStep(int tenants, Outcome outcome, Optional<Path> file) {

    public sealed interface Outcome {}

    /** All tenants worked. Whether the run is VALID or imprecise, its figures count with their errors. */
    public record Worked(StepWork work) implements Outcome {}

    /** @param words who failed, and how */
    public record Broke(BreakCause cause, String words) implements Outcome {}

    /** Nobody failed, and still the figures say nothing of so many tenants. */
    public record Unjudged(String words) implements Outcome {}

    public Optional<StepWork> work() {
        return outcome instanceof Worked(StepWork work) ? Optional.of(work) : Optional.empty();
    }

    public boolean broke() {
        return outcome instanceof Broke;
    }
}
