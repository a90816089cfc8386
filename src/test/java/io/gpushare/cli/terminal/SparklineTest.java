package io.gpushare.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SparklineTest {
    private static Sparkline of(int capacity, double... values) {
        Sparkline line = new Sparkline(capacity);
        for (double value : values) {
            line.add(value);
        }
        return line;
    }

    @Test
    void scalesFromZeroToTheFullValueAndClamps() {
        assertThat(of(5, 0, 50, 100, 250, -9).render(5, 100)).isEqualTo("▁▅██▁");
    }

    @Test
    void keepsTheNewestOnTheRightAndForgetsTheOldest() {
        Sparkline line = of(3, 7, 0, 100, 0);
        assertThat(line.render(3, 100)).isEqualTo("▁█▁");
        assertThat(line.render(2, 100)).isEqualTo("█▁");
    }

    @Test
    void fillsUpWithBlanksWhereThereIsNoPastYet() {
        assertThat(of(10, 100).render(4, 100)).isEqualTo("   █");
        assertThat(of(10).render(4, 100)).isEqualTo("    ");
        assertThat(of(2, 100, 100).render(4, 100)).isEqualTo("  ██");
        assertThat(of(2, 100).render(0, 100)).isEmpty();
    }

    @Test
    void leavesAHoleWhereThereWasNoReading() {
        assertThat(of(3, 100, Double.NaN, 100).render(3, 100)).isEqualTo("█ █");
    }

    @Test
    void growsThroughSeveralRows() {
        assertThat(of(4, 0, 50, 75, 100).render(5, 100, 2)).containsExactly("  ▁▄█", " ▁███");
    }

    @Test
    void isFlatWhereNoFullValueIsKnown() {
        assertThat(of(2, 3, 9).render(2, 0)).isEqualTo("▁▁");
    }
}
