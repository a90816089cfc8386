package io.gpushare.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class WrappingTest {
    @Test
    void breaksBetweenWords() {
        assertThat(Wrapping.of("one two three four", 9)).containsExactly("one two", "three", "four");
        assertThat(Wrapping.of("one two", 7)).containsExactly("one two");
    }

    @Test
    void leavesAWordWholeThatIsWiderThanTheLine() {
        assertThat(Wrapping.of("run /very/long/path now", 6)).containsExactly("run", "/very/long/path", "now");
    }

    @Test
    void losesNoWord() {
        String text = "In a container, it must be started with a GPU. `gpushare doctor` looks further.";
        for (int width = 1; width < text.length() + 3; width++) {
            assertThat(String.join(" ", Wrapping.of(text, width).toList())).isEqualTo(text);
        }
    }

    @Test
    void makesOneEmptyLineOfNothing() {
        assertThat(Wrapping.of("", 10)).containsExactly("");
    }
}
