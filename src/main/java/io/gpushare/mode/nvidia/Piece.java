package io.gpushare.mode.nvidia;

import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuInstance;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A GPU instance that is to be created.
 *
 * @param size of its place
 * @param cuts the sizes of its compute instances, as they lie behind one another
 * @param start where it is to lie; empty to leave that to the driver
 */
record Piece(String profile, int size, List<Integer> cuts, OptionalInt start) {
    static final Comparator<Piece> LARGEST_FIRST = Comparator.comparingInt(
                    (Piece piece) -> -GpuInstance.slices(piece.profile()))
            .thenComparingInt(piece -> -piece.size());

    static Piece of(GpuInstance instance) {
        return new Piece(
                instance.profile(),
                instance.placement().size(),
                instance.computeInstances().stream()
                        .map(ComputeInstance::slices)
                        .toList(),
                OptionalInt.of(instance.placement().start()));
    }

    Piece anywhere() {
        return new Piece(profile, size, cuts, OptionalInt.empty());
    }

    /** In any order: a driver may cut from the other end. */
    Piece looselyCut() {
        return new Piece(profile, size, cuts.stream().sorted().toList(), OptionalInt.empty());
    }

    /** Whether one compute instance is all of it. */
    boolean whole() {
        return cuts.equals(List.of(GpuInstance.slices(profile)));
    }

    /** As the driver takes it: {@code 3g.71gb:4}. */
    String words() {
        return start.isPresent() ? profile + ":" + start.getAsInt() : profile;
    }

    /** As the driver takes them: {@code 1c.3g.71gb,2c.3g.71gb}. */
    String computeProfiles(List<Integer> order) {
        return order.stream()
                .map(slices -> slices == GpuInstance.slices(profile) ? profile : slices + "c." + profile)
                .collect(Collectors.joining(","));
    }
}
