package io.gpushare.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LastWordsTest {
    @TempDir
    private Path folder;

    @Test
    void keepsTheEndOfALongLog() throws IOException {
        String text = IntStream.range(0, 9_999).mapToObj(i -> "line " + i).collect(Collectors.joining("\n\n"));
        Path log = Files.writeString(folder.resolve("log"), text);

        assertThat(LastWords.of(log, 80)).hasSize(6).startsWith("line 9993").endsWith("line 9998");
    }

    @Test
    void drivesNoTerminalAndFitsTheLine() throws IOException {
        Path log = Files.writeString(folder.resolve("log"), "\u001b[2J\u202eno\r\n" + "x".repeat(100) + "\n");

        assertThat(LastWords.of(log, 20)).containsExactly("?[2J?no", "x".repeat(19) + "…");
    }

    @Test
    void saysNothingOfAFileThatIsNotThere() {
        assertThat(LastWords.of(folder.resolve("none"), 80)).isEmpty();
    }
}
