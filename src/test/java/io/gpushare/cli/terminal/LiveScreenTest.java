package io.gpushare.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveScreenTest {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LiveScreen screen = new LiveScreen(new PrintStream(bytes, false, StandardCharsets.UTF_8));

    private String written() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void bringsBackTheTerminalOnceHoweverOftenItIsClosed() {
        screen.close();
        screen.close();
        assertThat(written()).isEqualTo(ENTER + LEAVE);
    }

    @Test
    void drawsNothingOnATerminalThatItHasGivenBack() {
        screen.close();
        screen.draw(List.of("late"), 10);
        assertThat(written()).isEqualTo(ENTER + LEAVE);
    }

    /**
     * A terminal keeps its cursor on the last column of a full line: clearing from there would take that column away.
     */
    @Test
    void clearsALineBeforeItsTextAndTheRestBelowTheLast() {
        screen.draw(List.of("one", "two"), 10);
        assertThat(written()).isEqualTo(ENTER + "\u001b[H\u001b[2Kone\r\n\u001b[2Ktwo\r\n\u001b[J");
    }

    @Test
    void neverScrollsATerminalThatIsTooLow() {
        screen.draw(List.of("one", "two", "three"), 2);
        assertThat(written()).isEqualTo(ENTER + "\u001b[H\u001b[2Kone\r\n\u001b[2Ktwo");
    }
}
