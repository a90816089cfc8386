package io.gpushare.mode;

import io.gpushare.gpu.DriverPause;

/** Brings one GPU into a mode. */
public interface ModeAdapter {

    /** What baselines run with: the whole GPU as it was found, and nothing of MPS. */
    Placement alone();

    /**
     * Finds out, as far as that is possible without changing anything, whether the mode can be had.
     *
     * @throws io.gpushare.failure.GpushareException (status UNABLE) when this GPU, driver or user cannot have it
     */
    void require(ModeRequest request) throws InterruptedException;

    /**
     * Returns when the mode is in force and was read back.
     *
     * @param readers of the GPU, who let go of it while MIG is switched
     * @throws io.gpushare.failure.GpushareException (status UNABLE) when this GPU, driver or user cannot have it; what
     *     was changed until then was put back
     */
    ActiveMode activate(ModeRequest request, DriverPause readers) throws InterruptedException;
}
