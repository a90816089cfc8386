package io.gpushare.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.gpushare.process.Command;
import io.gpushare.process.CommandRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegularFileTest {
    private static final int MOST = 1 << 20;

    @TempDir
    private Path folder;

    private static void assertRefused(Path file, String reason) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThatThrownBy(() -> RegularFile.read(file, MOST))
                        .isInstanceOfSatisfying(FileSystemException.class, refused -> {
                            assertThat(refused.getReason()).isEqualTo(reason);
                            assertThat(RegularFile.reason(refused)).isEqualTo(reason);
                        }));
    }

    @Test
    void readsAFileAsFarAsItMayReach() throws IOException {
        Path file = Files.write(folder.resolve("x"), new byte[MOST]);
        assertThat(RegularFile.read(file, MOST)).hasSize(MOST);
        Files.write(file, new byte[MOST + 1]);
        assertRefused(file, "it is larger than 1 MiB");
    }

    @Test
    void doesNotReadAHoleToItsEnd() throws IOException {
        Path file = folder.resolve("sparse");
        try (RandomAccessFile hole = new RandomAccessFile(file.toFile(), "rw")) {
            hole.setLength(200L << 30);
        }
        assertRefused(file, "it is larger than 1 MiB");
    }

    @Test
    void neitherWaitsForAPipeNorReadsADeviceOrAFolder() throws Exception {
        Path pipe = folder.resolve("pipe");
        new CommandRunner(System.getenv())
                .run(Command.of("mkfifo", pipe.toString()).timeout(Duration.ofSeconds(10)))
                .requireSuccess("make a pipe");
        assertRefused(pipe, "it is no regular file");
        assertRefused(Files.createSymbolicLink(folder.resolve("link"), pipe), "it is no regular file");
        assertRefused(Path.of("/dev/zero"), "it is no regular file");
        assertRefused(folder, "it is a folder");
    }

    /** As a shell gives it for {@code <(command)}. */
    @Test
    void readsWhatIsOpenAlready() throws IOException {
        try (InputStream zeros = Files.newInputStream(Path.of("/dev/zero"))) {
            assertThat(zeros.read()).isZero();
            Path open = openFileOf("/dev/zero");
            assertRefused(open, "it is larger than 1 MiB");
        }
    }

    private static Path openFileOf(String target) throws IOException {
        try (var open = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : open) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().equals(target)) {
                    return descriptor;
                }
            }
        }
        throw new AssertionError(target + " is not open");
    }

    @Test
    void saysInWordsThatAFileIsNotThere() {
        assertThatThrownBy(() -> RegularFile.read(folder.resolve("none"), MOST))
                .isInstanceOfSatisfying(
                        IOException.class,
                        missing -> assertThat(RegularFile.reason(missing)).isEqualTo("there is no such file"));
    }

    @Test
    void saysThatAFileIsNoText() throws IOException {
        Path file = Files.write(folder.resolve("x"), new byte[] {(byte) 0xFF});
        assertThatThrownBy(() -> RegularFile.readText(file, MOST))
                .isInstanceOfSatisfying(
                        IOException.class,
                        bytes -> assertThat(RegularFile.reason(bytes)).isEqualTo("it is not in UTF-8"));
    }
}
