package io.gpushare.sim.device;

import io.gpushare.mode.setup.MpsDaemon.Device;
import io.gpushare.sim.event.Partition;
import io.gpushare.sim.model.GpuProfile;
import io.gpushare.sim.model.MigPart;
import io.gpushare.sim.model.StepModel;
import java.util.Optional;

/**
 * What a CUDA process can be given: the whole GPU or a MIG device.
 *
 * @param gpuInstance the driver's number of it, from 1; 0 for the whole GPU
 * @param computeInstance the driver's number of it, from 0
 */
record Part(String uuid, Optional<MigPart> mig, int gpuInstance, int computeInstance, Partition partition) {

    /** Compute instances share the memory of their GPU instance. */
    long memoryBytes(GpuProfile gpu) {
        return mig.map(own -> own.size().memoryBytes()).orElse(gpu.memoryBytes() - gpu.reservedBytes());
    }

    int sms(GpuProfile gpu) {
        return mig.map(MigPart::sms).orElse(gpu.sms());
    }

    String name(GpuProfile gpu) {
        String title = gpu.title() + " (simulated)";
        return mig.map(own -> title + " MIG " + own.name()).orElse(title);
    }

    StepModel step(StepModel onWholeGpu) {
        return mig.map(own -> own.step(onWholeGpu)).orElse(onWholeGpu);
    }

    boolean sharesMemoryWith(Part other) {
        return gpuInstance == other.gpuInstance;
    }

    Device place() {
        return mig.<Device>map(own -> new Device.Instance(
                        own.instance().placement().start(), own.compute().start()))
                .orElseGet(Device.WholeGpu::new);
    }
}
