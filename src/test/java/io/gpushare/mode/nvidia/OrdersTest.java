package io.gpushare.mode.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrdersTest {
    @Test
    void beginsWithTheLargestAndRepeatsNothing() {
        assertThat(Orders.of(List.of(1, 3, 1), Comparator.reverseOrder(), 100))
                .containsExactly(List.of(3, 1, 1), List.of(1, 3, 1), List.of(1, 1, 3));
    }

    @Test
    void stopsAtTheMost() {
        assertThat(Orders.of(List.of(1, 2, 3, 4, 5, 6, 7), Comparator.reverseOrder(), 48))
                .hasSize(48)
                .doesNotHaveDuplicates();
    }
}
