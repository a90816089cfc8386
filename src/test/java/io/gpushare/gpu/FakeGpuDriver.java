package io.gpushare.gpu;

import io.gpushare.reading.Reading;
import java.util.List;

/** A driver with the GPUs that it is given; remembers whether it was closed. */
public final class FakeGpuDriver implements GpuDriver {
    public static final DriverVersions VERSIONS =
            new DriverVersions(Reading.of("580.159.04"), Reading.of("13.580.159.04"), Reading.of("13.0"));

    private final List<Gpu> gpus;
    private int closed;

    public FakeGpuDriver(Gpu... gpus) {
        this.gpus = List.of(gpus);
    }

    @Override
    public DriverVersions versions() {
        return VERSIONS;
    }

    @Override
    public List<Gpu> gpus() {
        return gpus;
    }

    @Override
    public void close() {
        closed++;
    }

    public int timesClosed() {
        return closed;
    }
}
