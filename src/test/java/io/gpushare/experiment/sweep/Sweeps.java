package io.gpushare.experiment.sweep;

import io.gpushare.mode.config.ModeSource;
import io.gpushare.plan.SomeWorkloads;
import java.util.List;
import java.util.function.Consumer;

/** Sweeps over the workloads of {@link SomeWorkloads}. */
final class Sweeps {
    static final ModeSource MODES = new ModeSource(List.of());

    private Sweeps() {}

    static SweepDraft draft() {
        return new SweepDraft(new SomeWorkloads());
    }

    static SweepPlan plan(Consumer<SweepDraft> change) {
        SweepDraft draft = draft();
        change.accept(draft);
        return draft.plan();
    }

    static SweepMatrix matrix(Consumer<SweepDraft> change) {
        return SweepMatrix.of(plan(change), MODES, MigOffer.NOT_ASKED);
    }

    static List<Turns> mixes(String... texts) {
        return List.of(texts).stream()
                .map(text -> Turns.ofWorkloads(text, path -> path))
                .toList();
    }

    static List<String> names(List<SweepCell> cells) {
        return cells.stream().map(SweepCell::name).toList();
    }
}
