package io.gpushare.runtime.docker.image;

import io.gpushare.workload.ProgramFile;
import io.gpushare.workload.Workload;
import io.gpushare.workload.WorkloadFiles;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** What the build of an image sees: the files of its workload, as they lie in the folder above, and nothing else. */
final class BuildContext implements AutoCloseable {
    private static final int EXECUTABLE = 0755;
    private static final int PLAIN = 0644;

    private final FileChannel archive;
    private final String digest;

    private BuildContext(FileChannel archive, String digest) {
        this.archive = archive;
        this.digest = digest;
    }

    static BuildContext of(Workload workload) throws IOException {
        // On Linux its name is gone at once, so that nothing is left when this program is killed.
        FileChannel archive = FileChannel.open(
                Files.createTempFile("gpushare-build", ".tar"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        boolean complete = false;
        try {
            BuildContext context = new BuildContext(archive, write(workload, archive));
            archive.position(0);
            complete = true;
            return context;
        } finally {
            if (!complete) {
                archive.close();
            }
        }
    }

    private static String write(Workload workload, FileChannel archive) throws IOException {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(archive));
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setAddPaxHeadersForNonAsciiNames(true);
        DockerIgnore ignore = DockerIgnore.beside(workload.folder());
        String recipe = recipe(workload);
        String digest = WorkloadFiles.of(workload).copy(file -> {
            String name = file.pathBeside(workload.name());
            return ignore.leavesOut(name) && !name.equals(recipe)
                    ? OutputStream.nullOutputStream()
                    : entry(tar, name, file);
        });
        tar.finish();
        out.flush(); // The archive's own flush does not reach it.
        return digest;
    }

    private static OutputStream entry(TarArchiveOutputStream tar, String name, ProgramFile file) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(file.bytes());
        entry.setMode(Files.isExecutable(file.path()) ? EXECUTABLE : PLAIN);
        entry.setModTime(Files.getLastModifiedTime(file.path()));
        tar.putArchiveEntry(entry);
        return new FilterOutputStream(tar) {
            @Override
            public void write(byte[] bytes, int offset, int count) throws IOException {
                out.write(bytes, offset, count);
            }

            @Override
            public void close() throws IOException {
                tar.closeArchiveEntry();
            }
        };
    }

    /** Of the workload's Dockerfile, in the archive. */
    static String recipe(Workload workload) {
        return workload.name() + "/" + workload.recipe().getFileName();
    }

    /** Of the files that were read for it. */
    String digest() {
        return digest;
    }

    /** Can be read once. */
    InputStream stream() {
        return Channels.newInputStream(archive);
    }

    @Override
    public void close() throws IOException {
        archive.close();
    }
}
