package io.gpushare.gpu;

import java.util.List;

/**
 * An open connection to the driver. Handles belong to it: no {@link Gpu} of it may be used after {@link #close()}.
 * Opening fails with a {@code GpushareException} (status UNABLE) where there is no usable driver.
 */
public interface GpuDriver extends AutoCloseable {
    DriverVersions versions();

    /** In the driver's order, which is also the order of {@code nvidia-smi -L}. */
    List<Gpu> gpus();

    /** Idempotent. May come back before all is given back, from a driver that hangs: see {@link #released}. */
    @Override
    void close();

    /** After {@link #close()}: whether nothing of this connection holds the GPU any more. */
    default boolean released() {
        return true;
    }
}
