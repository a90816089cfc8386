package io.gpushare.mode;

/** Brings one GPU into a mode. */
public interface ModeAdapter {

    /** What baselines run with: the GPU as it was found. */
    Placement alone();

    /**
     * Returns when the mode is in force and was read back.
     *
     * @throws io.gpushare.outcome.GpushareException (status UNABLE) when this GPU, driver or user cannot have it
     */
    ActiveMode activate(SharingMode mode, int tenants) throws InterruptedException;
}
