package io.gpushare.mode.mig;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigSlice;
import io.gpushare.mode.setup.GpuInstance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which instances a GPU is to have, and where. */
public final class MigPlan {
    private MigPlan() {}

    /**
     * @param offer in which sizes the GPU can be divided
     * @param present what is there; whatever of it is wanted stays where it is
     * @return in the order in which tenants get their devices
     * @throws GpushareException (status UNABLE) that says what would fit
     */
    public static List<GpuInstance> choose(
            MigLayout layout, int tenants, List<MigProfile> offer, List<GpuInstance> present) {
        if (offer.isEmpty()) {
            throw GpushareException.unable("this GPU has no MIG", "Use --mode time-slicing or --mode mps.");
        }
        return switch (layout) {
            case MigLayout.Balanced() ->
                balanced(tenants, offer, present)
                        .orElseThrow(() -> GpushareException.unable(
                                "this GPU cannot be divided among " + tenants + " tenants",
                                "These fit: " + ProfileNames.counted(offer) + "."));
            case MigLayout.None() -> List.of();
            case MigLayout.Each(MigSlice slice) -> {
                // Where one is cut, a few tenants find a device each in it.
                int count = Math.max(1, Math.ceilDiv(tenants, slice.devices()));
                yield placed(Collections.nCopies(count, slice), tenants, offer, present);
            }
            case MigLayout.Slices(List<MigSlice> slices) -> placed(slices, tenants, offer, present);
        };
    }

    /** The largest of a kind that fits as often as there are tenants. */
    private static Optional<List<GpuInstance>> balanced(
            int tenants, List<MigProfile> offer, List<GpuInstance> present) {
        return offer.stream()
                .filter(ProfileNames::plain)
                .sorted(Comparator.comparingInt(MigProfile::smCount)
                        .thenComparingLong(MigProfile::memoryBytes)
                        .reversed())
                .map(profile -> Places.of(Collections.nCopies(Math.max(1, tenants), Wanted.whole(profile)), present))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static List<GpuInstance> placed(
            List<MigSlice> slices, int tenants, List<MigProfile> offer, List<GpuInstance> present) {
        List<Wanted> wanted =
                slices.stream().map(slice -> Wanted.of(slice, offer)).toList();
        return Places.of(wanted, present)
                .orElseThrow(() -> GpushareException.unable(
                        "this GPU cannot be divided into " + words(slices),
                        fitting(slices, wanted) + balancedInstead(tenants, offer) + "Alone, these fit: "
                                + ProfileNames.counted(offer) + "."));
    }

    /** As many of those named, from the first on, as find a place. */
    private static String fitting(List<MigSlice> slices, List<Wanted> wanted) {
        List<MigSlice> named = new ArrayList<>();
        List<Wanted> together = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            together.add(wanted.get(i));
            if (Places.of(together, List.of()).isPresent()) {
                named.add(slices.get(i));
            } else {
                together.removeLast();
            }
        }
        return "Of these, " + words(named) + " would fit. ";
    }

    private static String balancedInstead(int tenants, List<MigProfile> offer) {
        return balanced(tenants, offer, List.of())
                .map(List::getFirst)
                .map(largest -> "For " + tenants + (tenants == 1 ? " tenant" : " tenants alike") + " the largest is "
                        + largest.profile() + ". ")
                .orElse("");
    }

    /** As in {@code 2 × 3g.71gb, 1g.18gb}. */
    private static String words(List<MigSlice> slices) {
        return slices.stream()
                .distinct()
                .map(slice -> {
                    int count = Collections.frequency(slices, slice);
                    return (count > 1 ? count + " × " : "") + slice.text();
                })
                .collect(Collectors.joining(", "));
    }
}
