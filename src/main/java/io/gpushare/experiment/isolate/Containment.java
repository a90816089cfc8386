package io.gpushare.experiment.isolate;

import java.util.Locale;

/** What a misbehaviour does to a victim; the worst comes last. */
public enum Containment {
    /** The victim lives and works on as before. */
    CONTAINED,
    /** The victim lives, but is slower. */
    DEGRADED,
    /** The victim dies, or works no more. */
    FATAL;

    /** As in files and in sentences. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
