package io.gpushare.disk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private long entries() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
