package io.gpushare.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class StyledLineTest {
    private static final String ESCAPE = "\u001b\\[\\d+m";

    @Test
    void cutsTheTextAndKeepsItsEscapesWhole() {
        assertThat(new StyledLine(5, true).add("ab").add(Style.BAD, "cdefg")).hasToString("ab\u001b[31mcde\u001b[0m");
        assertThat(new StyledLine(5, false).add("ab").add(Style.BAD, "cdefg")).hasToString("abcde");
    }

    @Test
    void beginsNoColourForTextThatHasNoRoom() {
        assertThat(new StyledLine(2, true).add("ab").add(Style.BAD, "c").add("d"))
                .hasToString("ab");
    }

    @Test
    void beginsTheNextTextAtAColumnOrBehindWhatIsThere() {
        assertThat(new StyledLine(20, false).add("ab").column(4).add("c")).hasToString("ab  c");
        assertThat(new StyledLine(20, false).add("abcdef").column(4).add("g")).hasToString("abcdefg");
        assertThat(new StyledLine(3, false).add("ab").column(9).add("c")).hasToString("ab ");
    }

    @Test
    void isNeverWiderThanItsLimitWhateverIsAdded() {
        Random random = new Random(7);
        Style[] styles = Style.values();
        for (int round = 0; round < 500; round++) {
            int limit = random.nextInt(12);
            StyledLine line = new StyledLine(limit, random.nextBoolean());
            for (int part = 0; part < 4; part++) {
                line.add("x".repeat(random.nextInt(6)))
                        .add(styles[random.nextInt(styles.length)], "y".repeat(random.nextInt(6)))
                        .column(random.nextInt(14));
            }
            String seen = line.toString().replaceAll(ESCAPE, "");
            assertThat(seen).hasSizeLessThanOrEqualTo(limit).doesNotContain("\u001b");
            assertThat(line.remaining()).isEqualTo(limit - seen.length());
        }
    }

    @Test
    void showsControlCharactersInsteadOfObeyingThem() {
        assertThat(new StyledLine(20, true).add("a\u001b[2Jb\nc\u009bd")).hasToString("a?[2Jb?c?d");
    }

    @Test
    void neverCutsACharacterInHalf() {
        assertThat(new StyledLine(3, false).add("ab🔥c")).hasToString("ab");
        assertThat(new StyledLine(4, false).add("ab🔥c")).hasToString("ab🔥");
    }
}
