package io.gpushare.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A new file that its process holds a lock on as long as it is open, so that others see whether it is still being
 * written. What is written is in the kernel's hands at once; an interrupted thread goes on writing, which a channel
 * would not let it.
 */
public final class LockedFile extends OutputStream {
    private final OutputStream out;
    private final FileChannel lock;

    private LockedFile(OutputStream out, FileChannel lock) {
        this.out = out;
        this.lock = lock;
    }

    /** @throws java.nio.file.FileAlreadyExistsException also for a link that somebody laid there, wherever it leads */
    public static LockedFile create(Path file) throws IOException {
        OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            FileChannel lock = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            KernelLock.take(lock);
            return new LockedFile(out, lock);
        } catch (IOException failure) {
            out.close();
            throw failure;
        }
    }

    @Override
    public void write(int octet) throws IOException {
        out.write(octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        // The kernel lets go of a process's locks on a file as soon as it closes the file anywhere.
        try (lock) {
            out.close();
        }
    }
}
