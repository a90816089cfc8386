package io.gpushare.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BarTest {
    @Test
    void drawsToAnEighthOfACharacter() {
        assertThat(Bar.of(0, 4)).isEqualTo("    ");
        assertThat(Bar.of(0.5, 4)).isEqualTo("██  ");
        assertThat(Bar.of(0.5 + 1 / 32.0, 4)).isEqualTo("██▏ ");
        assertThat(Bar.of(1 - 1 / 32.0, 4)).isEqualTo("███▉");
        assertThat(Bar.of(1, 4)).isEqualTo("████");
    }

    @Test
    void isAlwaysAsWideAsAskedAndNeverShrinksWhileTheValueGrows() {
        for (int width = 0; width <= 40; width++) {
            int before = 0;
            for (double fraction = -0.5; fraction <= 1.5; fraction += 0.003) {
                String bar = Bar.of(fraction, width);
                assertThat(bar).hasSize(width);
                assertThat(eighths(bar)).isGreaterThanOrEqualTo(before);
                before = eighths(bar);
            }
            assertThat(before).isEqualTo(width * 8);
        }
    }

    private static int eighths(String bar) {
        return bar.chars().map(" ▏▎▍▌▋▊▉█"::indexOf).sum();
    }

    @Test
    void drawsWhatIsOutOfRangeAsEmptyOrFull() {
        assertThat(Bar.of(-3, 3)).isEqualTo("   ");
        assertThat(Bar.of(Double.NaN, 3)).isEqualTo("   ");
        assertThat(Bar.of(Double.POSITIVE_INFINITY, 3)).isEqualTo("███");
    }
}
