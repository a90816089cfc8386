package io.gpushare.run.stage;

import io.gpushare.file.WriteFailure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's own output, in a file that appears with its first byte. Only so much of it is kept: a tenant that floods
 * must not fill the disk.
 */
public final class TenantLog implements AutoCloseable {
    private static final long LIMIT_BYTES = 16L << 20;

    private final LogFolder folder;
    private final Path file;
    private @Nullable OutputStream out;
    private long bytes;
    private long dropped;
    private @Nullable String failure;

    TenantLog(LogFolder folder, Path file) {
        this.folder = folder;
        this.file = file;
    }

    /** Never throws: a full disk must not end a measurement. */
    synchronized void write(byte[] data, int offset, int count) {
        int kept = (int) Math.min(count, LIMIT_BYTES - bytes);
        dropped += count - kept;
        if (failure != null || kept <= 0) {
            return;
        }
        try {
            open().write(data, offset, kept);
            bytes += kept;
        } catch (IOException unwritable) {
            failure = "the output of a tenant could not be kept in " + file + ": " + WriteFailure.reason(unwritable);
        }
    }

    private OutputStream open() throws IOException {
        if (out == null) {
            folder.make();
            out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        return out;
    }

    /** Whether there is no such file: nothing was printed, or nothing could be written. */
    public synchronized boolean isEmpty() {
        return bytes == 0;
    }

    /** Why it is incomplete, if it is. */
    public synchronized Optional<String> problem() {
        if (failure != null) {
            return Optional.of(failure);
        }
        return dropped > 0
                ? Optional.of("a tenant printed more than " + (LIMIT_BYTES >> 20) + " MiB; the rest is not in " + file)
                : Optional.empty();
    }

    @Override
    public synchronized void close() {
        if (out == null) {
            return;
        }
        try (OutputStream ending = out) {
            if (dropped > 0) {
                ending.write(
                        ("\n[gpushare: " + dropped + " bytes more were dropped]\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException unwritable) {
            failure = "the output of a tenant could not be kept in " + file + ": " + WriteFailure.reason(unwritable);
        } finally {
            out = null;
        }
    }
}
