package io.gpushare.sampling.host;

import io.gpushare.platform.KernelFile;
import io.gpushare.reading.Reading;
import java.nio.file.Path;

/** Levels of the machine that need no earlier look. */
public final class HostFiles {
    private final Path procRoot;

    public HostFiles(Path procRoot) {
        this.procRoot = procRoot;
    }

    public Reading<HostMemory> memory() {
        return KernelFile.read(procRoot.resolve("meminfo"), HostMemory::parse);
    }

    /** Runnable or waiting for a disk, averaged over a minute. */
    public Reading<Double> load1m() {
        return KernelFile.read(
                procRoot.resolve("loadavg"), text -> Double.parseDouble(text.substring(0, text.indexOf(' '))));
    }
}
