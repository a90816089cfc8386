package io.gpushare.experiment.isolate;

import io.gpushare.failure.ExitStatus;
import java.util.Arrays;
import java.util.List;

/**
 * What was found out: mode by mode, misbehaviour by misbehaviour.
 *
 * @param victim its workload with its settings
 * @param where GPU, runtime, duration of a run
 */
public record Isolation(String victim, String where, boolean simulated, Thresholds thresholds, List<ModeTrials> modes) {
    public Isolation {
        modes = List.copyOf(modes);
    }

    /** Those that were tried in any mode. */
    public List<Misbehaviour> misbehaviours() {
        return Arrays.stream(Misbehaviour.values())
                .filter(what -> modes.stream().anyMatch(mode -> mode.of(what).isPresent()))
                .toList();
    }

    /** It is no failure that a victim dies: to know that is what it was for. */
    public ExitStatus status() {
        List<Trial> all = modes.stream().flatMap(mode -> mode.trials().stream()).toList();
        long judged =
                all.stream().filter(trial -> trial.containment().isPresent()).count();
        if (judged == 0) {
            return ExitStatus.FAILED;
        }
        return judged == all.size() ? ExitStatus.DONE : ExitStatus.PARTLY_FAILED;
    }
}
