package io.gpushare.mode.setup;

import io.gpushare.gpu.MigPlacement;
import java.util.Comparator;
import java.util.List;

/**
 * A part of a divided GPU. The driver's number of it is left out: it differs after each creation.
 *
 * @param profile as {@code 3g.71gb}
 * @param computeInstances ordered by their start; empty where somebody created none, or could not
 */
public record GpuInstance(String profile, MigPlacement placement, List<ComputeInstance> computeInstances) {
    public GpuInstance {
        computeInstances = computeInstances.stream()
                .sorted(Comparator.comparingInt(ComputeInstance::start))
                .toList();
    }

    /** As in {@code 3g.71gb at 4}, with compute instances where they are not one of all of it. */
    public String words() {
        String name = profile + " at " + placement.start();
        if (computeInstances.size() == 1 && computeInstances.getFirst().slices() == slices(profile)) {
            return name;
        }
        if (computeInstances.isEmpty()) {
            return name + " without a compute instance";
        }
        List<String> sizes = computeInstances.stream()
                .map(instance -> instance.slices() + "c")
                .toList();
        return name + " cut into " + String.join("+", sizes);
    }

    /** Of compute, as the name of the profile says: 3 in {@code 3g.71gb}. */
    public static int slices(String profile) {
        int end = profile.indexOf('g');
        return Integer.parseInt(profile.substring(profile.lastIndexOf('.', end) + 1, end));
    }
}
