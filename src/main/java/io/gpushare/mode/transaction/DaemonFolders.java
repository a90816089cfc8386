package io.gpushare.mode.transaction;

import java.nio.file.Path;
import java.util.concurrent.ThreadLocalRandom;

/** Names of folders for new MPS daemons; they are created when the daemon is started. */
@FunctionalInterface
public interface DaemonFolders {
    Path next();

    /** Short, since the paths of sockets end at 107 bytes. */
    static DaemonFolders in(Path parent) {
        return () -> parent.resolve(
                String.format("gpushare-mps-%08x", ThreadLocalRandom.current().nextInt()));
    }
}
