package io.gpushare.doctor;

import java.util.Optional;

/**
 * Something that gpushare can, or cannot, do on this machine for this user.
 *
 * @param id stable, in kebab-case; scripts depend on it
 * @param mend the command or step that would make it possible
 */
public record Capability(String id, String title, boolean available, String why, Optional<String> mend) {

    static Capability yes(String id, String title, String why) {
        return new Capability(id, title, true, why, Optional.empty());
    }

    static Capability no(String id, String title, Obstacle obstacle) {
        return new Capability(id, title, false, obstacle.why(), obstacle.mend());
    }

    static Capability of(String id, String title, Optional<Obstacle> obstacle, String whyPossible) {
        return obstacle.map(found -> no(id, title, found)).orElseGet(() -> yes(id, title, whyPossible));
    }
}
