package io.gpushare.doctor;

import io.gpushare.gpu.DriverVersions;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.reading.Reading;
import java.util.List;

/** Drives the GPUs that a test plugs in, and remembers whether it was closed. */
final class ScriptedGpuDriver implements GpuDriver {
    private final List<Gpu> gpus;
    private volatile boolean closed;

    ScriptedGpuDriver(Gpu... gpus) {
        this.gpus = List.of(gpus);
    }

    @Override
    public DriverVersions versions() {
        return new DriverVersions(Reading.of("580.159.04"), Reading.of("13.580.159.04"), Reading.of("13.0"));
    }

    @Override
    public List<Gpu> gpus() {
        return gpus;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
