package io.gpushare.experiment.sweep;

import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.config.ModeText;
import io.gpushare.plan.PlanDraft;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A setting of a mode that a sweep can vary. It multiplies the cells of those modes that have it, and no others. */
public enum ModeSetting {
    QUANTUM("quantum"),
    PROFILES("profiles"),
    THREAD_PERCENTAGE("threads"),
    MEMORY_LIMIT("memory"),
    PRIORITY("priority");

    private final String word;

    ModeSetting(String inNames) {
        this.word = inNames;
    }

    /** In names of cells. */
    String inNames() {
        return word;
    }

    /** In files: {@code thread_percentage}. */
    public String property() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** On the command line: {@code --thread-percentage}. */
    public String option() {
        return "--" + property().replace('_', '-');
    }

    boolean appliesTo(SharingMode mode) {
        return switch (this) {
            case QUANTUM -> mode instanceof SharingMode.TimeSlicing;
            case PROFILES -> mode instanceof SharingMode.Mig;
            case THREAD_PERCENTAGE, MEMORY_LIMIT, PRIORITY -> mode.mpsSettings().isPresent();
        };
    }

    /**
     * @param draft in a mode that has the setting, with its tenants
     * @throws IllegalArgumentException with a sentence, for a value that the setting cannot have
     */
    void apply(String value, PlanDraft draft) {
        switch (this) {
            case QUANTUM -> draft.mode(new SharingMode.TimeSlicing(Optional.of(ModeText.quantum(value))));
            case PROFILES ->
                draft.mode(new SharingMode.Mig(
                        MigLayoutText.parse(List.of(value.split(",", -1))),
                        draft.mode().mpsSettings()));
            case THREAD_PERCENTAGE -> mps(value, ModeText::threadPercentage, draft);
            case MEMORY_LIMIT -> mps(value, ModeText::memoryLimit, draft);
            case PRIORITY -> mps(value, ModeText::priority, draft);
        }
    }

    /** Of all tenants as {@code 25}, of some as {@code stream=25}. */
    private static void mps(String value, Function<String, MpsSettings> meaning, PlanDraft draft) {
        int border = value.lastIndexOf('=');
        MpsSettings settings = meaning.apply(value.substring(border + 1));
        if (border >= 0) {
            draft.mps(value.substring(0, border), settings);
            return;
        }
        draft.mode(
                switch (draft.mode()) {
                    case SharingMode.Mps(var ofAll, var daemon, boolean exclusiveProcess) ->
                        new SharingMode.Mps(settings.over(ofAll), daemon, exclusiveProcess);
                    case SharingMode.Mig(var layout, var inside) ->
                        new SharingMode.Mig(layout, inside.map(settings::over));
                    case SharingMode.Exclusive exclusive -> exclusive;
                    case SharingMode.TimeSlicing slicing -> slicing;
                });
    }
}
