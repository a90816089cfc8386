package io.gpushare.study.arm;

import io.gpushare.cores.OwnCores;
import io.gpushare.mode.ModeKind;
import java.util.Comparator;

/**
 * One way of sharing: what runs that may be averaged have in common beside their mix.
 *
 * @param label with its settings, and those of single tenants: {@code MPS · stream low priority}
 * @param tenantsDiffer whether single tenants have settings of their own
 * @param runtime {@code process}, {@code docker}, {@code sim}
 * @param coresPerTenant that each had to itself; 0 where the kernel placed them
 */
public record ArmKey(ModeKind mode, String label, boolean tenantsDiffer, String runtime, int coresPerTenant)
        implements Comparable<ArmKey> {
    /** From no sharing to division; within a mode by its settings. */
    private static final Comparator<ArmKey> ORDER = Comparator.comparing(ArmKey::mode)
            .thenComparing(ArmKey::label)
            .thenComparing(ArmKey::runtime)
            .thenComparingInt(ArmKey::coresPerTenant);

    /** As in {@code process, 2 cores each}. */
    public String place() {
        return coresPerTenant == 0 ? runtime : runtime + ", " + OwnCores.words(coresPerTenant);
    }

    @Override
    public int compareTo(ArmKey other) {
        return ORDER.compare(this, other);
    }
}
