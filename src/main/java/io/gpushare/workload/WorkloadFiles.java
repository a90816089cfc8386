package io.gpushare.workload;

import io.gpushare.failure.GpushareException;
import io.gpushare.text.Amount;
import io.gpushare.text.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The files that a workload is made of: those of its folder, by their names, and then those beside it that it shares.
 * One list for the digest and for the image, so that an image holds what its digest says.
 */
public final class WorkloadFiles {
    /** They are read whenever workloads are looked at. */
    private static final long MOST_BYTES = 2L << 30;

    private final List<ProgramFile> files;

    private WorkloadFiles(List<ProgramFile> files) {
        this.files = List.copyOf(files);
    }

    /** Says where the content of a file, which comes next, is to go; it is closed after that. */
    @FunctionalInterface
    public interface Destination {
        OutputStream of(ProgramFile file) throws IOException;
    }

    public static WorkloadFiles of(Workload workload) throws IOException {
        return of(workload.folder(), workload.shares());
    }

    /**
     * @param shares files beside the folder
     * @throws GpushareException a usage error, when a link leads out of the folder or there is too much in it
     */
    static WorkloadFiles of(Path folder, List<Path> shares) throws IOException {
        List<ProgramFile> files = new ArrayList<>(FolderWalk.of(folder));
        for (Path share : shares.stream().sorted().toList()) {
            files.add(shared(folder, share));
        }
        long bytes = files.stream().mapToLong(ProgramFile::bytes).sum();
        if (bytes > MOST_BYTES) {
            throw GpushareException.usage(
                    "the files of the workload in %s have %s, and %s is the most"
                            .formatted(folder, Amount.bytes(bytes), Amount.bytes(MOST_BYTES)),
                    "Keep data elsewhere: --bind shows it to a container.");
        }
        return new WorkloadFiles(files);
    }

    private static ProgramFile shared(Path folder, Path share) throws IOException {
        Path real = share.toRealPath();
        if (!real.startsWith(folder.resolveSibling("").toRealPath())) {
            throw FolderWalk.leadsOut(folder, ProgramFile.BESIDE + share.getFileName(), real);
        }
        return new ProgramFile(ProgramFile.BESIDE + share.getFileName(), real, Files.size(real));
    }

    /** SHA-256 of their names, lengths and contents. */
    public String digest() throws IOException {
        return copy(file -> OutputStream.nullOutputStream());
    }

    /** @return the digest of exactly what was copied */
    public String copy(Destination destination) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[1 << 16];
        for (ProgramFile file : files) {
            byte[] name = file.name().getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
            digest.update(name);
            // Lengths come first, so that no other files give the same stream of bytes.
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(file.bytes()).flip());
            try (InputStream in = Files.newInputStream(file.path());
                    OutputStream out = destination.of(file)) {
                for (long left = file.bytes(); left > 0; ) {
                    int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
                    requireUnchanged(file, count > 0);
                    digest.update(buffer, 0, count);
                    out.write(buffer, 0, count);
                    left -= count;
                }
                requireUnchanged(file, in.read() < 0);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void requireUnchanged(ProgramFile file, boolean unchanged) throws IOException {
        if (!unchanged) {
            throw new IOException(file.path() + " changed while it was read");
        }
    }
}
