package io.gpushare.mode.transaction;

import io.gpushare.failure.GpushareException;
import io.gpushare.file.KernelLock;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.text.SafeText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Held by the one gpushare that measures on a GPU or sets it up. The kernel takes it away from a process that dies, so
 * what is left of one is a file with a name in it, and no lock.
 */
public final class GpuLock implements AutoCloseable {
    private final FileChannel channel;

    private GpuLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @param folder the same for all users of the machine
     * @param purpose told to others who want it, as a command line
     * @throws GpuInUseException when another gpushare has it, which is named
     */
    public static GpuLock take(Path folder, GpuIdentity gpu, String purpose) {
        Path file = folder.resolve("gpushare-" + gpu.uuid() + ".lock");
        try {
            FileChannel channel = open(file);
            boolean taken = false;
            try {
                taken = KernelLock.take(channel);
                if (!taken) {
                    throw held(gpu, channel);
                }
                tell(channel, "pid " + ProcessHandle.current().pid() + ": " + purpose);
                return new GpuLock(channel);
            } finally {
                if (!taken) {
                    channel.close();
                }
            }
        } catch (IOException unusable) {
            throw GpushareException.unable(
                    "the lock " + file + " of " + JournalEntry.name(gpu) + " cannot be taken: " + unusable.getMessage(),
                    "It keeps two gpushare from setting up one GPU. Delete the file if it is somebody else's, and no"
                            + " gpushare runs.",
                    unusable);
        }
    }

    /** In folders for everybody, Linux refuses to open the files of others for creation, even to root. */
    private static FileChannel open(Path file) throws IOException {
        try {
            return existing(file);
        } catch (NoSuchFileException none) {
            Files.createDirectories(file.getParent());
            try {
                Files.createFile(file);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
            } catch (FileAlreadyExistsException anotherWasFaster) {
                // Theirs will do.
            }
            return existing(file);
        }
    }

    /** Anybody may put a link there, and what it leads to would be written over, by root too. */
    private static FileChannel existing(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    private static void tell(FileChannel channel, String words) throws IOException {
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((words + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    }

    private static GpushareException held(GpuIdentity gpu, FileChannel channel) throws IOException {
        ByteBuffer words = ByteBuffer.allocate(1024);
        channel.read(words, 0);
        // Anybody may write into it, and a terminal obeys control characters.
        String holder = SafeText.of(new String(words.array(), 0, words.position(), StandardCharsets.UTF_8).strip());
        return new GpuInUseException(JournalEntry.name(gpu), holder);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException neverMind) {
            // The kernel lets go of it with the process at the latest.
        }
    }
}
