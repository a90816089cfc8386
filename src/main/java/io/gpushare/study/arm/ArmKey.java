package io.gpushare.study.arm;

import io.gpushare.cores.OwnCores;
import io.gpushare.mode.ModeKind;
import io.gpushare.text.Amount;
import java.util.Comparator;

/**
 * One way of sharing: what runs that may be averaged have in common beside their mix.
 *
 * @param label with its settings, those of single tenants, and a layer: {@code MPS · stream low priority}
 * @param layer between the tenants and the GPU; empty for none
 * @param tenantsDiffer whether single tenants have settings of their own
 * @param runtime {@code process}, {@code docker}, {@code sim}
 * @param coresPerTenant that each had to itself; 0 where the kernel placed them
 * @param otherCards of the host, on which the same ran at the same time
 */
public record ArmKey(
        ModeKind mode,
        String label,
        String layer,
        boolean tenantsDiffer,
        String runtime,
        int coresPerTenant,
        int otherCards)
        implements Comparable<ArmKey> {
    /** From no sharing to division; within a mode by its settings. */
    private static final Comparator<ArmKey> ORDER = Comparator.comparing(ArmKey::mode)
            .thenComparing(ArmKey::label)
            .thenComparing(ArmKey::runtime)
            .thenComparingInt(ArmKey::coresPerTenant);

    /** One without a layer. */
    public ArmKey(ModeKind mode, String label, boolean tenantsDiffer, String runtime, int coresPerTenant) {
        this(mode, label, "", tenantsDiffer, runtime, coresPerTenant, 0);
    }

    /** The same with something between its tenants and the GPU. */
    ArmKey under(String name) {
        return new ArmKey(mode, label + " + " + name, name, tenantsDiffer, runtime, coresPerTenant, otherCards);
    }

    /** The same while other cards of the host work, too. */
    ArmKey beside(int cards) {
        return cards == 0
                ? this
                : new ArmKey(mode, label + besideWords(cards), layer, tenantsDiffer, runtime, coresPerTenant, cards);
    }

    /** The same where each tenant has so many cores to itself. */
    public ArmKey withCores(int each) {
        return new ArmKey(mode, label, layer, tenantsDiffer, runtime, each, otherCards);
    }

    /** Its label, without the other cards. */
    String labelOfCard() {
        return otherCards == 0
                ? label
                : label.substring(0, label.length() - besideWords(otherCards).length());
    }

    private static String besideWords(int cards) {
        return " beside " + Amount.of(cards, "other card");
    }

    /** Whether this is the other one beside more cards that work. */
    public boolean isBesideMoreThan(ArmKey resting) {
        return resting.otherCards == 0
                && otherCards > 0
                && resting.beside(otherCards).equals(this);
    }

    /** Whether this is the other one with a layer put on its tenants. */
    public boolean isLayerOn(ArmKey other) {
        return !layer.isEmpty() && other.under(layer).equals(this);
    }

    /** As in {@code process, 2 cores each}. */
    public String place() {
        return coresPerTenant == 0 ? runtime : runtime + ", " + OwnCores.words(coresPerTenant);
    }

    @Override
    public int compareTo(ArmKey other) {
        return ORDER.compare(this, other);
    }
}
