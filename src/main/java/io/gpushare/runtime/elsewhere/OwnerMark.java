package io.gpushare.runtime.elsewhere;

import io.gpushare.process.RunOwner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whose something is that runs elsewhere and may be seen from many machines.
 *
 * @param host on which its gpushare runs: what a boot and a process's number mean is known there only
 * @param owner as {@link RunOwner#text} writes it
 */
public record OwnerMark(String host, String owner) {
    public static OwnerMark ofThisProcess() {
        return new OwnerMark(thisHost(), RunOwner.current().text());
    }

    /** Empty on another host: nothing can be said of its processes from here. */
    public Optional<RunOwner> seenFromHere() {
        return host.equals(thisHost()) ? RunOwner.parse(owner) : Optional.empty();
    }

    private static String thisHost() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException unreadable) {
            return "unknown";
        }
    }
}
