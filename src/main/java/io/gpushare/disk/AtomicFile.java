package io.gpushare.disk;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file that appears whole or not at all, also when the machine loses power: written under another name in the
 * same folder, made durable, then renamed. A failure leaves nothing behind and an earlier file untouched.
 */
public final class AtomicFile {
    private AtomicFile() {}

    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    public static void write(Path target, Content content) throws IOException {
        Path absolute = target.toAbsolutePath();
        Path unfinished = absolute.resolveSibling("." + absolute.getFileName() + ".unfinished");
        try {
            writeDurably(unfinished, content);
            Files.move(unfinished, absolute, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        Path folder = absolute.getParent();
        if (folder != null) {
            makeDurable(folder);
        }
    }

    private static void writeDurably(Path file, Content content) throws IOException {
        try (FileOutputStream raw = new FileOutputStream(file.toFile())) {
            OutputStream out = new BufferedOutputStream(raw);
            content.writeTo(out);
            out.flush();
            raw.getFD().sync();
        }
    }

    /** The new name is part of the folder's content. */
    private static void makeDurable(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (ClosedByInterruptException hurried) {
            // The file is there and complete; only the wait for the disk was cut short.
            Thread.currentThread().interrupt();
        }
    }
}
