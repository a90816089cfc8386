package io.gpushare.mode.setup;

import io.gpushare.mode.MpsSettings;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * An MPS control daemon of our own.
 *
 * @param folder private, with a short path: it holds the pipe directory, whose sockets' paths end at 107 bytes, and the
 *     logs
 * @param device where its server works
 * @param userId of the tenants, who own the pipe directory; empty for our own
 * @param defaults for clients that bring no settings of their own
 */
public record MpsDaemon(Path folder, Device device, OptionalInt userId, MpsSettings defaults) {

    public sealed interface Device {
        record WholeGpu() implements Device {}

        /** The MIG device, by where it is: its UUID is not known before it was created. */
        record Instance(int gpuInstanceStart, int computeInstanceStart) implements Device {}
    }

    public Path pipeDirectory() {
        return folder.resolve("pipe");
    }

    public Path logDirectory() {
        return folder.resolve("log");
    }
}
