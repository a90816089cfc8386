package io.gpushare.experiment.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RoundOrderTest {
    private static final int ORDERS = 4000;

    private final SweepMatrix matrix = Sweeps.matrix(draft -> {
        draft.modes(List.of("time-slicing", "mps"));
        draft.mixes(Sweeps.mixes("spin", "notebook", "spin,notebook", "bert-train"));
        draft.tenants(List.of(2, 4));
    });

    @Test
    void runsEverythingOnceWithEachBaselineBeforeWhatNeedsIt() {
        for (int round = 1; round <= 50; round++) {
            List<SweepCell> order = RoundOrder.of(matrix, 7, round);
            assertThat(order).containsExactlyInAnyOrderElementsOf(matrix.runs());
            Set<String> before = new HashSet<>();
            for (SweepCell cell : order) {
                assertThat(before).containsAll(cell.baselines());
                before.add(cell.name());
            }
        }
    }

    @Test
    void theSameSeedGivesTheSameOrdersAndEachRoundAnother() {
        assertThat(RoundOrder.of(matrix, 7, 3)).isEqualTo(RoundOrder.of(matrix, 7, 3));
        Set<List<String>> orders = new HashSet<>();
        for (int round = 1; round <= 20; round++) {
            orders.add(Sweeps.names(RoundOrder.of(matrix, 7, round)));
            orders.add(Sweeps.names(RoundOrder.of(matrix, 8, round)));
        }
        assertThat(orders).hasSize(40);
    }

    /** Among n cells a place has the mean (n - 1) / 2 and the variance (n² - 1) / 12. */
    @Test
    void noCellComesEarlierThanOthersBeyondChance() {
        assertBalanced(seed -> RoundOrder.of(matrix, seed, 1));
        assertBalanced(round -> RoundOrder.of(matrix, 1, round));
    }

    private interface Orders {
        List<SweepCell> of(int number);
    }

    private void assertBalanced(Orders orders) {
        int n = matrix.cells().size();
        Map<String, Integer> sums = new HashMap<>();
        Map<String, int[]> counts = new HashMap<>();
        for (int number = 1; number <= ORDERS; number++) {
            List<SweepCell> cells = new ArrayList<>(orders.of(number));
            cells.retainAll(matrix.cells());
            for (int place = 0; place < n; place++) {
                String name = cells.get(place).name();
                sums.merge(name, place, Integer::sum);
                counts.computeIfAbsent(name, _ -> new int[n])[place]++;
            }
        }
        double standardError = Math.sqrt((n * n - 1) / 12.0 / ORDERS);
        double expected = (double) ORDERS / n;
        double chiSquare = 0;
        for (SweepCell cell : matrix.cells()) {
            double mean = sums.getOrDefault(cell.name(), 0) / (double) ORDERS;
            assertThat(Math.abs(mean - (n - 1) / 2.0)).as(cell.name()).isLessThan(4 * standardError);
            for (int count : counts.getOrDefault(cell.name(), new int[n])) {
                chiSquare += (count - expected) * (count - expected) / expected;
            }
        }
        // Of (n - 1)² degrees of freedom, with a deviation of √(2 · degrees).
        double degrees = (n - 1) * (n - 1);
        assertThat(chiSquare).isBetween(degrees - 4 * Math.sqrt(2 * degrees), degrees + 4 * Math.sqrt(2 * degrees));
    }
}
