package io.gpushare.sim.model;

import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigSlice;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** Divides a GPU as MIG would. */
public final class MigChoice {
    private static final int SLICES = 8;

    private MigChoice() {}

    /** A part of a divided GPU. */
    public record Slice(GpuProfile.MigSize size, int start) {

        /** A step on it: wider kernels take longer. */
        public StepModel part(StepModel step, GpuProfile gpu) {
            return step.within((double) size.sms() / gpu.sms(), size.bandwidthShare());
        }
    }

    /** @throws GpushareException (status UNABLE) that says what would fit */
    public static List<Slice> choose(GpuProfile gpu, MigLayout layout, int tenants) {
        return choose(gpu, names(layout, tenants), tenants);
    }

    private static List<String> names(MigLayout layout, int tenants) {
        return switch (layout) {
            case MigLayout.Balanced() -> List.of();
            case MigLayout.Each(MigSlice slice) -> Collections.nCopies(tenants, slice.profile());
            case MigLayout.Slices(List<MigSlice> slices) ->
                slices.stream().map(MigSlice::profile).toList();
        };
    }

    /**
     * @param names one for each tenant; empty for the largest that fits all alike
     * @throws GpushareException (status UNABLE) that says what would fit
     */
    public static List<Slice> choose(GpuProfile gpu, List<String> names, int tenants) {
        if (gpu.mig().isEmpty()) {
            throw new GpushareException(
                    ExitStatus.UNABLE, "The " + gpu.title() + " has no MIG.", "Use --mode time-slicing or --mode mps.");
        }
        List<GpuProfile.MigSize> sizes = names.isEmpty() ? largestForAll(gpu, tenants) : named(gpu, names, tenants);
        List<Slice> placed = new ArrayList<>(Collections.nCopies(sizes.size(), new Slice(sizes.getFirst(), 0)));
        if (!place(sizes, 0, 0, placed)) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "The " + gpu.title() + " cannot be divided into " + String.join(", ", names) + ".",
                    "Alone, these fit: " + fits(gpu) + ".");
        }
        return List.copyOf(placed);
    }

    private static List<GpuProfile.MigSize> largestForAll(GpuProfile gpu, int tenants) {
        return gpu.mig().stream()
                .filter(size -> size.instances() >= tenants)
                .findFirst()
                .map(size -> Collections.nCopies(tenants, size))
                .orElseThrow(() -> new GpushareException(
                        ExitStatus.UNABLE,
                        "The " + gpu.title() + " cannot be divided among " + tenants + " tenants.",
                        "These fit: " + fits(gpu) + "."));
    }

    private static List<GpuProfile.MigSize> named(GpuProfile gpu, List<String> names, int tenants) {
        if (names.size() != tenants) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    "There are " + names.size() + " MIG profiles for " + tenants + " tenants.",
                    "Name one for each tenant, or none.");
        }
        return names.stream().map(name -> named(gpu, name)).toList();
    }

    private static GpuProfile.MigSize named(GpuProfile gpu, String name) {
        return gpu.mig().stream()
                .filter(size -> size.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new GpushareException(
                        ExitStatus.UNABLE,
                        "The " + gpu.title() + " has no MIG profile " + name + ".",
                        "It has " + fits(gpu) + "."));
    }

    private static String fits(GpuProfile gpu) {
        return gpu.mig().stream()
                .map(size -> size.instances() + " × " + size.name())
                .collect(Collectors.joining(", "));
    }

    /** Tries every placement that the hardware allows: the order in which profiles are named does not matter. */
    private static boolean place(List<GpuProfile.MigSize> sizes, int index, int taken, List<Slice> placed) {
        if (index == sizes.size()) {
            return true;
        }
        GpuProfile.MigSize size = sizes.get(index);
        for (int start : size.starts()) {
            int mask = ((1 << size.slices()) - 1) << start & (1 << SLICES) - 1;
            if ((taken & mask) == 0) {
                placed.set(index, new Slice(size, start));
                if (place(sizes, index + 1, taken | mask, placed)) {
                    return true;
                }
            }
        }
        return false;
    }
}
