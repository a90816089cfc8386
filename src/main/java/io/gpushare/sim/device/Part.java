package io.gpushare.sim.device;

import io.gpushare.sim.event.Partition;
import io.gpushare.sim.model.GpuProfile;
import io.gpushare.sim.model.MigChoice;
import io.gpushare.sim.model.StepModel;
import java.util.Optional;

/**
 * What a CUDA process can be given: the whole GPU or a MIG device.
 *
 * @param slice of a MIG device
 * @param number of the GPU instance, from 1; 0 for the whole GPU
 */
record Part(String uuid, Optional<MigChoice.Slice> slice, int number, Partition partition) {

    long memoryBytes(GpuProfile gpu) {
        return slice.map(own -> own.size().memoryBytes()).orElse(gpu.memoryBytes() - gpu.reservedBytes());
    }

    int sms(GpuProfile gpu) {
        return slice.map(own -> own.size().sms()).orElse(gpu.sms());
    }

    String name(GpuProfile gpu) {
        String title = gpu.title() + " (simulated)";
        return slice.map(own -> title + " MIG " + own.size().name()).orElse(title);
    }

    StepModel step(StepModel onWholeGpu, GpuProfile gpu) {
        return slice.map(own -> own.part(onWholeGpu, gpu)).orElse(onWholeGpu);
    }
}
