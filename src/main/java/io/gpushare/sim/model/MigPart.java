package io.gpushare.sim.model;

import io.gpushare.mode.setup.ComputeInstance;
import io.gpushare.mode.setup.GpuInstance;
import java.util.Comparator;

/** A MIG device of a card: a compute instance, and the GPU instance that it is in. */
public record MigPart(GpuProfile gpu, GpuProfile.MigSize size, GpuInstance instance, ComputeInstance compute) {

    /** @param instance of a size that the card has */
    public static MigPart of(GpuProfile gpu, GpuInstance instance, ComputeInstance compute) {
        GpuProfile.MigSize size = gpu.mig().stream()
                .filter(one -> one.name().equals(instance.profile()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(gpu.title() + " has no " + instance.profile()));
        return new MigPart(gpu, size, instance, compute);
    }

    /** As {@code 3g.71gb}, or {@code 1c.3g.71gb} where it is smaller than its GPU instance. */
    public String name() {
        return whole() ? size.name() : compute.slices() + "c." + size.name();
    }

    /** Of a smaller one as many as the card's smallest GPU instance with so many slices has. */
    public int sms() {
        if (whole()) {
            return size.sms();
        }
        return gpu.mig().stream()
                .filter(one -> GpuInstance.slices(one.name()) == compute.slices())
                .min(Comparator.comparingLong(GpuProfile.MigSize::memoryMib))
                .map(GpuProfile.MigSize::sms)
                .orElseGet(() -> size.sms() * compute.slices() / slices());
    }

    /** Compute instances share their GPU instance's bandwidth; each is given what its slices are of it. */
    public double bandwidthShare() {
        return size.bandwidthShare() * compute.slices() / slices();
    }

    /** A step on it: wider kernels take longer. */
    public StepModel step(StepModel onWholeGpu) {
        return onWholeGpu.within((double) sms() / gpu.sms(), bandwidthShare());
    }

    private boolean whole() {
        return compute.slices() == slices();
    }

    private int slices() {
        return GpuInstance.slices(size.name());
    }
}
