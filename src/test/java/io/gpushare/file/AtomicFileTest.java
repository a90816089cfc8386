package io.gpushare.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    private Path folder;

    @Test
    void writesTheContent() throws IOException {
        AtomicFile.write(folder.resolve("a.json"), out -> out.write("{}".getBytes(UTF_8)));
        assertThat(folder.resolve("a.json")).hasContent("{}");
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void showsNothingUntilAllIsWritten() throws IOException {
        Path target = folder.resolve("a.json");
        AtomicFile.write(target, out -> {
            out.write(new byte[100_000]);
            out.flush();
            assertThat(target).doesNotExist();
        });
        assertThat(Files.size(target)).isEqualTo(100_000);
    }

    @Test
    void leavesNothingBehindAndTheEarlierFileUntouchedOnFailure() throws IOException {
        Path target = folder.resolve("a.json");
        Files.writeString(target, "earlier");
        assertThatIOException()
                .isThrownBy(() -> AtomicFile.write(target, out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }))
                .withMessage("No space left on device");
        assertThat(target).hasContent("earlier");
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void replacesAnEarlierFile() throws IOException {
        Path target = folder.resolve("a.json");
        Files.writeString(target, "earlier");
        AtomicFile.write(target, out -> out.write("later".getBytes(UTF_8)));
        assertThat(target).hasContent("later");
    }

    @Test
    void finishesOnAThreadThatWasInterrupted() throws IOException {
        Path target = folder.resolve("a.json");
        Thread.currentThread().interrupt();
        AtomicFile.write(target, out -> out.write("kept".getBytes(UTF_8)));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(target).hasContent("kept");
    }

    /** A link with the name that the unfinished file had, as anybody can lay one who may write to the folder. */
    @Test
    void writesThroughNoLinkThatSomebodyLaid() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "precious");
        Files.createSymbolicLink(folder.resolve(".a.json.unfinished"), precious);
        AtomicFile.write(folder.resolve("a.json"), out -> out.write("{}".getBytes(UTF_8)));
        assertThat(precious).hasContent("precious");
        assertThat(folder.resolve("a.json")).hasContent("{}").isRegularFile();
        assertThat(Files.isSymbolicLink(folder.resolve("a.json"))).isFalse();
    }

    @Test
    void twoThatWriteOneFileAtOnceDoNotMeet() throws IOException {
        Path target = folder.resolve("a.json");
        AtomicFile.write(target, out -> {
            AtomicFile.write(target, faster -> faster.write("faster".getBytes(UTF_8)));
            out.write("slower".getBytes(UTF_8));
        });
        assertThat(target).hasContent("slower");
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void takesANameAsLongAsAFileMayHave() throws IOException {
        assumeTrue(
                Charset.forName(System.getProperty("sun.jnu.encoding")).equals(UTF_8),
                "names beyond ASCII need a locale with UTF-8");
        Path target = folder.resolve("ü".repeat(127));
        AtomicFile.write(target, out -> out.write("{}".getBytes(UTF_8)));
        assertThat(target).hasContent("{}");
    }

    @Test
    void replacesNoDevice() {
        assertThatIOException()
                .isThrownBy(() -> AtomicFile.write(Path.of("/dev/null"), out -> out.write(1)))
                .withMessageContaining("no regular file");
    }

    @Test
    void replacesNoLinkToWhatAProgramHasOpen() throws IOException {
        Path standardOutput = Files.createSymbolicLink(folder.resolve("stdout"), Path.of("/proc/self/fd/1"));
        assertThatIOException()
                .isThrownBy(() -> AtomicFile.write(standardOutput, out -> out.write(1)))
                .withMessageContaining("no regular file");
        assertThat(Files.isSymbolicLink(standardOutput)).isTrue();
    }

    @Test
    void removesWhatAKilledProcessLeftADayAgo() throws IOException {
        Path left = Files.writeString(folder.resolve(".b.json.0123456789abcdef.unfinished"), "half");
        Path fresh = Files.writeString(folder.resolve(".c.json.0123456789abcdef.unfinished"), "half");
        Path foreign = Files.writeString(folder.resolve(".d.unfinished"), "somebody else's");
        FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(25)));
        Files.setLastModifiedTime(left, old);
        Files.setLastModifiedTime(foreign, old);
        AtomicFile.write(folder.resolve("a.json"), out -> out.write("{}".getBytes(UTF_8)));
        assertThat(left).doesNotExist();
        assertThat(fresh).exists();
        assertThat(foreign).exists();
    }

    private long entries() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
