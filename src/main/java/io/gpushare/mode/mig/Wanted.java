package io.gpushare.mode.mig;

import io.gpushare.gpu.MigPlacement;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.MigSlice;
import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuInstance;
import java.util.List;

/** A GPU instance that has no place yet. */
record Wanted(MigProfile profile, List<ComputeInstance> computeInstances) {

    static Wanted of(MigSlice slice, List<MigProfile> offer) {
        MigProfile profile = ProfileNames.resolve(slice.profile(), offer);
        int slices = GpuInstance.slices(profile.name());
        return new Wanted(profile, ComputeCut.of(profile.name(), slices, slice.computeInstances()));
    }

    static Wanted whole(MigProfile profile) {
        return of(MigSlice.whole(profile.name()), List.of(profile));
    }

    GpuInstance at(MigPlacement placement) {
        return new GpuInstance(profile.name(), placement, computeInstances);
    }

    /** Compute instances of the same sizes do, wherever in it they are. */
    boolean isLike(GpuInstance instance) {
        return profile.name().equals(instance.profile())
                && sizes(computeInstances).equals(sizes(instance.computeInstances()));
    }

    private static List<Integer> sizes(List<ComputeInstance> parts) {
        return parts.stream().map(ComputeInstance::slices).sorted().toList();
    }
}
