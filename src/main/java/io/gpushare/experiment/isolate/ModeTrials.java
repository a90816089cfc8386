package io.gpushare.experiment.isolate;

import io.gpushare.mode.ModeKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * All that was tried in one mode.
 *
 * @param mode as it was chosen: its kind, or what names it
 */
public record ModeTrials(String mode, ModeKind kind, List<Trial> trials) {
    public ModeTrials {
        trials = List.copyOf(trials);
    }

    /** As reports call it. */
    public String title() {
        return mode.equals(kind.toString()) ? kind.title() : mode;
    }

    /** A mode is as good as what is worst in it; empty where nothing could be judged. */
    public Optional<Containment> verdict() {
        return trials.stream().flatMap(trial -> trial.containment().stream()).max(Comparator.naturalOrder());
    }

    public Optional<Trial> of(Misbehaviour what) {
        return trials.stream().filter(trial -> trial.what() == what).findFirst();
    }

    List<Misbehaviour> with(Containment containment) {
        return trials.stream()
                .filter(trial -> trial.containment().equals(Optional.of(containment)))
                .map(Trial::what)
                .toList();
    }

    List<Misbehaviour> unjudged() {
        return trials.stream()
                .filter(trial -> trial.containment().isEmpty())
                .map(Trial::what)
                .toList();
    }
}
