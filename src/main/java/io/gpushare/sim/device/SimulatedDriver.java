package io.gpushare.sim.device;

import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.reading.Reading;
import java.util.List;

/** A driver with one GPU. Closing it leaves the simulation running. */
public final class SimulatedDriver implements GpuDriver {
    private final List<Gpu> gpus;

    public SimulatedDriver(SimulatedMachine machine) {
        this.gpus = List.of(new SimulatedGpu(machine));
    }

    @Override
    public DriverVersions versions() {
        return new DriverVersions(
                Reading.of("simulated"), Reading.of("simulated"), Reading.absent(SimulatedGpu.NOT_SIMULATED));
    }

    @Override
    public List<Gpu> gpus() {
        return gpus;
    }

    @Override
    public void close() {}
}
