package io.gpushare.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;

/** A lock that the kernel takes away from a process that dies: a file without it belongs to nobody any more. */
public final class KernelLock {
    private KernelLock() {}

    /**
     * Held until the channel is closed.
     *
     * @return false when somebody else holds it
     */
    public static boolean take(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        } catch (IOException unsupported) {
            // Some network file systems have no locks. Then there is none to respect either.
            return true;
        }
    }
}
