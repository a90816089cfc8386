package io.gpushare.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LiveBlockTest {
    private static final String UP_AND_CLEAR = "\u001b[A\u001b[2K";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final LiveBlock block = new LiveBlock(new PrintStream(bytes, false, StandardCharsets.UTF_8));

    private String written() {
        String written = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        return written;
    }

    /** To clear all below the uppermost row is to clear the screen, which tmux keeps in its history. */
    @Test
    void takesItselfAwayLineByLine() {
        block.draw(List.of("one", "two", "three"), 20);
        written();

        block.close();

        assertThat(written()).isEqualTo(UP_AND_CLEAR.repeat(3) + "\r\u001b[?25h");
    }

    @Test
    void makesRoomForALineAboveItWithoutClearingTheScreen() {
        block.draw(List.of("one", "two"), 20);
        written();

        block.print("a note", 20);

        assertThat(written()).isEqualTo(UP_AND_CLEAR.repeat(2) + "\ra note\r\none\r\ntwo\r\n");
    }

    @Test
    void takesAwayWhatANarrowerTerminalBrokeInTwo() {
        block.draw(List.of("x".repeat(30)), 40);
        block.draw(List.of("x".repeat(15)), 20);
        written();
        block.draw(List.of("y".repeat(30)), 20);
        written();

        block.close();

        assertThat(written()).startsWith(UP_AND_CLEAR.repeat(2) + "\r");
    }

    @Test
    void isGoneForGoodWhenClosed() {
        block.draw(List.of("one"), 20);
        block.close();
        written();

        block.draw(List.of("late"), 20);
        block.close();

        assertThat(written()).isEmpty();
    }
}
