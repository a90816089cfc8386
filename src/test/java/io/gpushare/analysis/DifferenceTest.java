package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static final List<Double> LOW = List.of(99.0, 100.0, 101.0, 100.5);
    private static final List<Double> HIGH = List.of(120.0, 121.0, 119.0, 122.0);

    @Test
    void isTheSecondSideOverTheFirst() {
        Difference difference = Difference.of(LOW, HIGH, 1);
        assertThat(difference.ratio()).isCloseTo(120.5 / 100.125, within(1e-12));
        assertThat(difference.separated()).isTrue();
        BootstrapInterval interval = difference.interval().orElseThrow();
        assertThat(interval.contains(difference.ratio())).isTrue();
        assertThat(interval.lower()).isGreaterThan(1.15);
        assertThat(interval.reaches()).isFalse();
        MannWhitney test = difference.test().orElseThrow();
        assertThat(test.superiority()).isZero();
        assertThat(test.isSignificant()).isTrue();
    }

    @Test
    void isTheInverseOfSidesThatAreSwapped() {
        Difference there = Difference.of(LOW, HIGH, 1);
        Difference back = Difference.of(HIGH, LOW, 1);
        assertThat(there.ratio() * back.ratio()).isCloseTo(1, within(1e-12));
        assertThat(back.separated()).isTrue();
        assertThat(back.interval().orElseThrow().upper()).isLessThan(1);
        assertThat(back.test().orElseThrow().p())
                .isEqualTo(there.test().orElseThrow().p());
    }

    @Test
    void showsNoneOfASideWithItself() {
        Difference none = Difference.of(LOW, LOW, 1);
        assertThat(none.ratio()).isEqualTo(1);
        assertThat(none.interval().orElseThrow().contains(1)).isTrue();
        assertThat(none.test().orElseThrow().p()).isEqualTo(1);
        assertThat(none.separated()).isFalse();
    }

    @Test
    void isNotSeparatedByValuesThatTouch() {
        assertThat(Difference.of(List.of(1.0, 2.0), List.of(2.0, 3.0), 1).separated())
                .isFalse();
        assertThat(Difference.of(List.of(1.0, 2.0), List.of(2.1, 3.0), 1).separated())
                .isTrue();
    }

    @Test
    void knowsNoSpreadOfSingleRuns() {
        Difference difference = Difference.of(List.of(2.0), HIGH, 1);
        assertThat(difference.ratio()).isCloseTo(60.25, within(1e-12));
        assertThat(difference.interval()).isEmpty();
        assertThat(difference.test()).isEmpty();
    }

    @Test
    void againstNothingIsNoNumber() {
        assertThat(Difference.of(List.of(0.0, 0.0), List.of(0.0, 0.0), 1).ratio())
                .isNaN();
        Difference grown = Difference.of(List.of(0.0, 0.0), HIGH, 1);
        assertThat(grown.ratio()).isPositive().isInfinite();
        assertThat(grown.interval()).isEmpty();
        assertThat(grown.test()).isPresent();
    }

    @Test
    void refusesASideWithoutRuns() {
        assertThatIllegalArgumentException().isThrownBy(() -> Difference.of(List.of(), HIGH, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Difference.of(HIGH, List.of(Double.NaN), 1));
    }
}
