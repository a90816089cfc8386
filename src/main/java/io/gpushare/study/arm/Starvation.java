package io.gpushare.study.arm;

import java.util.List;
import java.util.Optional;

/**
 * A tenant that is slowed far more than its neighbours.
 *
 * @param victim a variant; {@code neighbour}: the variant that loses least
 * @param slowdown of the victim, {@code neighbourSlowdown} of the neighbour: means over the runs
 * @param factor the one over the other
 * @param cures in the order in which to try them
 */
public record Starvation(
        ArmKey arm,
        String victim,
        String neighbour,
        double slowdown,
        double neighbourSlowdown,
        double factor,
        int runs,
        List<Cure> cures) {
    public Starvation {
        cures = List.copyOf(cures);
    }

    /**
     * @param text what to change, and why it helps
     * @param measured the arm in which it was tried already, and what it gave, in words
     * @param command ready to run
     */
    public record Cure(String text, Optional<String> measured, String command) {}
}
