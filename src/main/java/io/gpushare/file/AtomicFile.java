package io.gpushare.file;

import io.gpushare.time.Time;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Writes a file that appears whole or not at all, also when the machine loses power: written under another name in the
 * same folder, made durable, then renamed. A failure leaves nothing behind and an earlier file untouched.
 *
 * <p>Others may write to the folder, too. So the other name cannot be guessed, and is given only to a file that is
 * made: a link that somebody laid there leads nowhere, and two that write one file at once do not meet.
 */
public final class AtomicFile {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int RANDOM_BYTES = 8;
    /** Of files that are being written. */
    private static final Pattern UNFINISHED = Pattern.compile("\\..+\\.[0-9a-f]{16}\\.unfinished");

    private static final Duration OLD = Duration.ofDays(1);
    /** The longest name of a file, less what is put around it here. */
    private static final int ROOM_BYTES = 255 - ".".length() - ".0123456789abcdef.unfinished".length();

    private AtomicFile() {}

    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    public static void write(Path target, Content content) throws IOException {
        Path absolute = target.toAbsolutePath();
        requireFile(absolute);
        Path unfinished = beside(absolute);
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
            sweep(folder);
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

    private static Path beside(Path target) {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        String name = String.valueOf(target.getFileName());
        // Cut by characters, of which each has four bytes at most.
        String kept =
                name.length() * 4 <= ROOM_BYTES ? name : name.substring(0, Math.min(name.length(), ROOM_BYTES / 4));
        return target.resolveSibling("." + kept + "." + HexFormat.of().formatHex(random) + ".unfinished");
    }

    /**
     * What a process that was killed left is deleted by the next one that writes a file into the same folder, once
     * nobody can be writing it any more. What cannot be looked at or deleted stays: it is not what was to be done here.
     */
    private static void sweep(Path folder) {
        FileTime limit = FileTime.from(Time.real().instant().minus(OLD));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*.unfinished")) {
            for (Path file : files) {
                if (UNFINISHED.matcher(String.valueOf(file.getFileName())).matches()
                        && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                                        .compareTo(limit)
                                < 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // A later write looks again.
        }
    }
}
