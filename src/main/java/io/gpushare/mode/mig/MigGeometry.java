package io.gpushare.mode.mig;

import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigSlice;
import io.gpushare.mode.setup.GpuInstance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A GPU instance for somebody, and small instances beside it for neighbours.
 *
 * @param slice the first tenant's: a GPU instance with one compute instance, of all of it or of a part
 * @param neighbour the profile of each neighbour
 */
public record MigGeometry(MigSlice slice, String neighbour, int neighbours) {

    /** Tenants get their devices in this order. */
    public MigLayout.Slices layout() {
        List<MigSlice> slices = new ArrayList<>(Collections.nCopies(neighbours, MigSlice.whole(neighbour)));
        slices.addFirst(slice);
        return new MigLayout.Slices(slices);
    }

    /**
     * All that a GPU offers: each profile with each size of a compute instance, beside none, one, and as many
     * neighbours as find a place.
     */
    public static List<MigGeometry> all(List<MigProfile> offer) {
        return smallest(offer).stream()
                .flatMap(neighbour -> ordered(offer).stream()
                        .flatMap(profile -> ComputeCut.sizes(GpuInstance.slices(profile.name())).stream()
                                .map(size -> slice(profile, size)))
                        .flatMap(slice -> beside(slice, neighbour, offer).stream()))
                .toList();
    }

    /** Each profile alone, with one compute instance of all of it. */
    public static List<MigGeometry> gpuInstances(List<MigProfile> offer) {
        return all(offer).stream()
                .filter(geometry -> geometry.neighbours == 0
                        && geometry.slice.computeInstances().isEmpty())
                .toList();
    }

    /** The largest profile alone, with a compute instance of each size. */
    public static List<MigGeometry> computeInstances(List<MigProfile> offer) {
        return ordered(offer).reversed().stream()
                .filter(ProfileNames::plain)
                .findFirst()
                .map(largest -> all(offer).stream()
                        .filter(geometry -> geometry.neighbours == 0
                                && geometry.slice.profile().equals(largest.name()))
                        .toList())
                .orElse(List.of());
    }

    private static List<MigProfile> ordered(List<MigProfile> offer) {
        return offer.stream()
                .sorted(Comparator.comparingInt((MigProfile profile) -> GpuInstance.slices(profile.name()))
                        .thenComparingLong(MigProfile::memoryBytes)
                        .thenComparing(MigProfile::name))
                .toList();
    }

    private static Optional<MigProfile> smallest(List<MigProfile> offer) {
        return ordered(offer).stream().filter(ProfileNames::plain).findFirst();
    }

    private static MigSlice slice(MigProfile profile, int size) {
        return size == GpuInstance.slices(profile.name())
                ? MigSlice.whole(profile.name())
                : new MigSlice(profile.name(), List.of(size));
    }

    private static List<MigGeometry> beside(MigSlice slice, MigProfile neighbour, List<MigProfile> offer) {
        List<MigGeometry> all = new ArrayList<>();
        List<Wanted> wanted = new ArrayList<>(List.of(Wanted.of(slice, offer)));
        while (Places.of(wanted, List.of()).isPresent()) {
            all.add(new MigGeometry(slice, neighbour.name(), wanted.size() - 1));
            wanted.add(Wanted.whole(neighbour));
        }
        return all;
    }
}
