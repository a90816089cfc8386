package io.gpushare.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** As whom this process runs. */
public final class ThisUser {
    private static final int ROOT = 0;

    private ThisUser() {}

    public static int id() {
        try {
            return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException noProc) {
            throw new UncheckedIOException("the kernel does not tell as whom this process runs", noProc);
        }
    }

    public static boolean isRoot() {
        return id() == ROOT;
    }
}
