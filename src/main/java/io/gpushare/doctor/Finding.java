package io.gpushare.doctor;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at.
 *
 * @param id stable, in kebab-case; scripts depend on it
 * @param found what was seen, one sentence fragment
 * @param mend the command or step that mends it
 * @param values the same for machines, in order: text, numbers, booleans, lists and maps of them, null where unknown
 */
public record Finding(
        String id,
        String title,
        State state,
        String found,
        Optional<String> mend,
        Map<String, @Nullable Object> values) {

    public enum State {
        /** There, and it works. */
        OK,
        /** It works, but a user should know this before trusting a measurement. */
        NOTE,
        /** Not on this machine, or not for this user. */
        MISSING,
        /** On this machine, but it does not do its job. */
        BROKEN
    }

    public Finding {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static Finding ok(String id, String title, String found) {
        return new Finding(id, title, State.OK, found, Optional.empty(), Map.of());
    }

    static Finding note(String id, String title, String found) {
        return new Finding(id, title, State.NOTE, found, Optional.empty(), Map.of());
    }

    static Finding missing(String id, String title, String found) {
        return new Finding(id, title, State.MISSING, found, Optional.empty(), Map.of());
    }

    static Finding broken(String id, String title, String found) {
        return new Finding(id, title, State.BROKEN, found, Optional.empty(), Map.of());
    }

    /** What was found where nothing stands in the way. */
    static Finding missing(String id, String title, Optional<Obstacle> obstacle, String found) {
        return obstacle.map(known -> missing(id, title, known.why()).mend(known.mend()))
                .orElseGet(() -> ok(id, title, found));
    }

    Finding mend(String step) {
        return mend(Optional.of(step));
    }

    Finding mend(Optional<String> step) {
        return new Finding(id, title, state, found, step, values);
    }

    Finding values(Values more) {
        return new Finding(id, title, state, found, mend, more.asMap());
    }
}
