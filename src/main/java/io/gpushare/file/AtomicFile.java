package io.gpushare.file;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file that appears whole or not at all, also when the machine loses power: written under another name in the
 * same folder, made durable, then renamed. A failure leaves nothing behind and an earlier file untouched.
 *
 * <p>Others may write to the folder, too. So the other name cannot be guessed, and is given only to a file that is
 * made: a link that somebody laid there leads nowhere, and two that write one file at once do not meet.
 */
public final class AtomicFile {
    private AtomicFile() {}

    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    public static void write(Path target, Content content) throws IOException {
        Path absolute = target.toAbsolutePath();
        requireFile(absolute);
        Path unfinished = Unfinished.beside(absolute);
        try {
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
                content.writeTo(out);
            }
            makeDurable(unfinished, StandardOpenOption.WRITE);
            Files.move(unfinished, absolute, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        Path folder = absolute.getParent();
        if (folder != null) {
            // The new name is part of the folder's content.
            makeDurable(folder, StandardOpenOption.READ);
            Unfinished.sweep(folder);
        }
    }

    /** A device, or {@code /dev/stdout}, would be replaced by a file: for all programs, where root does it. */
    private static void requireFile(Path target) throws IOException {
        boolean special = Files.exists(target) && !Files.isRegularFile(target) && !Files.isDirectory(target);
        boolean openFile =
                Files.isSymbolicLink(target) && Files.readSymbolicLink(target).startsWith("/proc");
        if (special || openFile) {
            throw new FileSystemException(target.toString(), null, "it is no regular file");
        }
    }

    /** Whoever hurries the thread does not want half a file either: it is waited for the disk, and the wish kept. */
    private static void makeDurable(Path path, OpenOption how) throws IOException {
        boolean interrupted = false;
        boolean done = false;
        try {
            while (!done) {
                interrupted |= Thread.interrupted();
                try (FileChannel channel = FileChannel.open(path, how)) {
                    channel.force(true);
                    done = true;
                } catch (ClosedByInterruptException _) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
