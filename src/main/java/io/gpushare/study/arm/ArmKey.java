package io.gpushare.study.arm;

import java.util.List;

/**
 * One way of sharing: what runs that may be averaged have in common beside their mix.
 *
 * @param mode its kind: {@code time-slicing}
 * @param label with its settings, and those of single tenants: {@code MPS · stream at low priority}
 * @param runtime {@code process}, {@code docker}, {@code sim}
 */
public record ArmKey(String mode, String label, String runtime) implements Comparable<ArmKey> {
    private static final List<String> ORDER = List.of("exclusive", "time-slicing", "mps", "mig");

    /** From no sharing to division; within a mode by its settings. */
    @Override
    public int compareTo(ArmKey other) {
        int byMode = Integer.compare(place(mode), place(other.mode));
        if (byMode != 0) {
            return byMode;
        }
        int byLabel = label.compareTo(other.label);
        return byLabel != 0 ? byLabel : runtime.compareTo(other.runtime);
    }

    /** Whether single tenants have settings of their own. */
    public boolean tenantsDiffer() {
        return label.contains(ModeLabel.OF_TENANTS);
    }

    private static int place(String mode) {
        int place = ORDER.indexOf(mode);
        return place < 0 ? ORDER.size() : place;
    }
}
