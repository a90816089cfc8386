package io.gpushare.doctor;

import io.gpushare.failure.GpushareException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Disks, as far as writing results goes. */
@FunctionalInterface
interface Volumes {
    /** @param folder exists */
    Space at(Path folder);

    record Space(boolean writable, long usableBytes) {}

    static Volumes ofThisMachine() {
        return folder -> {
            try {
                return new Space(
                        Files.isWritable(folder), Files.getFileStore(folder).getUsableSpace());
            } catch (IOException e) {
                throw GpushareException.unable(
                        "the disk of " + folder + " cannot be examined: " + e.getMessage(),
                        "Choose another directory with --out.",
                        e);
            }
        };
    }
}
