package io.gpushare.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MemoryFileTest {
    @Test
    void isReadLikeAnyFileAndHasNoNameOnADisk() throws IOException {
        Path file = MemoryFile.of("some text", "text".getBytes(UTF_8));
        assertThat(Files.readString(file)).isEqualTo("text");
        assertThat(Files.readSymbolicLink(file).toString()).isEqualTo("/memfd:some text (deleted)");
    }
}
