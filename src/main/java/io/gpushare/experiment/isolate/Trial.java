package io.gpushare.experiment.isolate;

import java.util.Optional;

/**
 * One misbehaviour in one mode.
 *
 * @param runId of the run that shows it, which names its file; empty where nothing was run
 */
public record Trial(Misbehaviour what, Outcome outcome, Optional<String> runId) {

    /** Empty where it could not be judged. */
    public Optional<Containment> containment() {
        return switch (outcome) {
            case Outcome.Judged judged -> Optional.of(judged.containment());
            case Outcome.Unjudged _ -> Optional.empty();
        };
    }
}
