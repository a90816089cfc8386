package io.gpushare.mode.transaction;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;

/** Another gpushare has the GPU. Whatever else is to be done on it has to wait, too. */
public final class GpuInUseException extends GpushareException {
    private static final long serialVersionUID = 1;

    /**
     * @param gpu as people call it
     * @param holder a command, as it told itself; empty where it did not
     */
    public GpuInUseException(String gpu, String holder) {
        super(
                ExitStatus.UNABLE,
                gpu + " is in use by another gpushare" + (holder.isEmpty() ? "" : " (" + holder + ")"),
                "Wait until it has ended, or choose another GPU with --gpu.");
    }
}
