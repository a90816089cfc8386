package io.gpushare.mode.mig;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigSlice;
import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.MpsDaemon.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which device each tenant gets. */
public final class MigSeats {
    private MigSeats() {}

    /**
     * Where devices are shared they are dealt one after another, and again from the first.
     *
     * @param instances of {@link MigPlan#choose} for the same layout
     * @param shared whether several tenants may have one, through MPS
     * @return by tenant number
     * @throws GpushareException (status UNABLE) where there are too few
     */
    public static List<Device.Instance> of(MigLayout layout, List<GpuInstance> instances, int tenants, boolean shared) {
        List<Device.Instance> devices = devices(layout, instances);
        if (devices.size() < tenants && (devices.isEmpty() || !shared)) {
            throw GpushareException.unable(
                    "there " + (devices.size() == 1 ? "is 1 MIG device" : "are " + devices.size() + " MIG devices")
                            + " for " + tenants + " tenants",
                    "Name a profile for each tenant, or let tenants share a device through MPS.");
        }
        return IntStream.range(0, tenants)
                .mapToObj(tenant -> devices.get(tenant % devices.size()))
                .toList();
    }

    /** In the order in which somebody named them. */
    public static List<Device.Instance> devices(MigLayout layout, List<GpuInstance> instances) {
        List<Device.Instance> devices = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            GpuInstance instance = instances.get(i);
            for (ComputeInstance part : ordered(sizes(layout, i), instance.computeInstances())) {
                devices.add(new Device.Instance(instance.placement().start(), part.start()));
            }
        }
        return List.copyOf(devices);
    }

    private static List<Integer> sizes(MigLayout layout, int index) {
        return switch (layout) {
            case MigLayout.Balanced(), MigLayout.None() -> List.of();
            case MigLayout.Each(MigSlice slice) -> slice.computeInstances();
            case MigLayout.Slices(List<MigSlice> slices) -> slices.get(index).computeInstances();
        };
    }

    /** Parts stand where the hardware wants them: {@code 1c+2c} as the two at 0 and the one behind it. */
    private static List<ComputeInstance> ordered(List<Integer> sizes, List<ComputeInstance> parts) {
        List<ComputeInstance> left = new ArrayList<>(parts);
        List<ComputeInstance> ordered = new ArrayList<>();
        for (int size : sizes) {
            left.stream().filter(part -> part.slices() == size).findFirst().ifPresent(part -> {
                ordered.add(part);
                left.remove(part);
            });
        }
        ordered.addAll(left);
        return ordered;
    }
}
