package io.gpushare.mode.setup;

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
public record Piece(String profile, int size, List<Integer> cuts, OptionalInt start) {
    public static final Comparator<Piece> LARGEST_FIRST = Comparator.comparingInt(
                    (Piece piece) -> -GpuInstance.slices(piece.profile()))
            .thenComparingInt(piece -> -piece.size());

    public static Piece of(GpuInstance instance) {
        return new Piece(
                instance.profile(),
                instance.placement().size(),
                instance.computeInstances().stream()
                        .map(ComputeInstance::slices)
                        .toList(),
                OptionalInt.of(instance.placement().start()));
    }

    public Piece anywhere() {
        return new Piece(profile, size, cuts, OptionalInt.empty());
    }

    /** In any order: a driver may cut from the other end. */
    public Piece looselyCut() {
        return new Piece(profile, size, cuts.stream().sorted().toList(), OptionalInt.empty());
    }

    /** Whether one compute instance is all of it. */
    public boolean whole() {
        return cuts.equals(List.of(GpuInstance.slices(profile)));
    }

    /** As the driver takes it: {@code 3g.71gb:4}. */
    public String words() {
        return start.isPresent() ? profile + ":" + start.getAsInt() : profile;
    }

    /** As the driver takes them: {@code 1c.3g.71gb,2c.3g.71gb}. */
    public String computeProfiles(List<Integer> order) {
        return order.stream()
                .map(slices -> slices == GpuInstance.slices(profile) ? profile : slices + "c." + profile)
                .collect(Collectors.joining(","));
    }
}
