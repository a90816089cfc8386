package io.gpushare.experiment.isolate;

import java.util.Locale;

/** What a misbehaviour does to a victim; the worst comes last. */
public enum Containment {
    CONTAINED("the victim lives and works on as before"),
    DEGRADED("the victim lives, but is slower"),
    FATAL("the victim dies, or works no more");

    private final String meaning;

    Containment(String meaning) {
        this.meaning = meaning;
    }

    public String meaning() {
        return meaning;
    }

    /** As in files and in sentences. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
