package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyBoundTest {
    private static final double BOUND_MS = 10;

    /** The table of MLPerf's LoadGen: the count from which on it is met, with so many over the bound. */
    @ParameterizedTest
    @CsvSource({
        "0.9, 0, 44", "0.9, 1, 64", "0.9, 2, 81", "0.9, 5, 127", "0.9, 10, 197", "0.9, 100, 1246",
        "0.99, 0, 459", "0.99, 1, 662", "0.99, 2, 838", "0.99, 5, 1307", "0.99, 10, 2010", "0.99, 100, 12571",
        "0.999, 0, 4603"
    })
    void isMetFromTheCountOfTheTableOn(double percentile, long over, long needed) {
        double share = (double) (needed - over) / needed;
        assertThat(LatencyBound.judge(latencies(needed - over, over), percentile, BOUND_MS))
                .isEqualTo(new LatencyBound.Met(share));
        assertThat(LatencyBound.judge(latencies(needed - 1 - over, over), percentile, BOUND_MS))
                .isEqualTo(new LatencyBound.TooFew((needed - 1.0 - over) / (needed - 1), needed));
    }

    @Test
    void isBrokenWhenTheShareIsMissed() {
        assertThat(LatencyBound.judge(latencies(989, 11), 0.99, BOUND_MS)).isEqualTo(new LatencyBound.Broken(0.989));
        assertThat(LatencyBound.judge(latencies(990, 10), 0.99, BOUND_MS))
                .isEqualTo(new LatencyBound.TooFew(0.99, 2010));
        assertThat(LatencyBound.judge(latencies(0, 3), 0.99, BOUND_MS)).isEqualTo(new LatencyBound.Broken(0));
        assertThat(LatencyBound.judge(latencies(0, 50_000_000), 0.9, BOUND_MS)).isEqualTo(new LatencyBound.Broken(0));
    }

    @Test
    void judgesVeryManyLatencies() {
        assertThat(LatencyBound.judge(latencies(99_100_000, 900_000), 0.99, BOUND_MS))
                .isEqualTo(new LatencyBound.Met(0.991));
        assertThat(LatencyBound.judge(latencies(99_001_000, 999_000), 0.99, BOUND_MS))
                .isInstanceOf(LatencyBound.TooFew.class);
    }

    /** The percentile by nearest rank keeps the bound just when the share is reached. */
    @ParameterizedTest
    @CsvSource({"0.5, 7", "0.9, 30", "0.99, 1000", "0.9, 101"})
    void isBrokenJustWhenThePercentileIsOverTheBound(double percentile, int count) {
        for (long over = 0; over <= count; over++) {
            LatencyCounts counts = latencies(count - over, over);
            boolean broken = LatencyBound.judge(counts, percentile, BOUND_MS) instanceof LatencyBound.Broken;
            assertThat(broken).isEqualTo(counts.quantileNanos(percentile).orElseThrow() > 1e6 * BOUND_MS);
        }
    }

    @Test
    void countsALatencyAtTheBoundAsWithin() {
        LatencyCounts atTheBound = LatencyCounts.of(Map.of(LatencyCounts.bucketOf(10_000_000), 500L));
        assertThat(LatencyBound.judge(atTheBound, 0.99, BOUND_MS)).isEqualTo(new LatencyBound.Met(1));
        assertThat(LatencyBound.judge(atTheBound, 0.99, 9.9)).isEqualTo(new LatencyBound.Broken(0));
    }

    @Test
    void saysNothingOfNoLatencies() {
        assertThatIllegalArgumentException().isThrownBy(() -> LatencyBound.judge(LatencyCounts.NONE, 0.99, BOUND_MS));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 99, Double.NaN})
    void refusesWhatIsNoShare(double percentile) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LatencyBound.judge(latencies(1, 1), percentile, BOUND_MS));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesWhatIsNoBound(double boundMs) {
        assertThatIllegalArgumentException().isThrownBy(() -> LatencyBound.judge(latencies(1, 1), 0.99, boundMs));
    }

    private static LatencyCounts latencies(long within, long over) {
        Map<Integer, Long> counts = new TreeMap<>();
        if (within > 0) {
            counts.put(LatencyCounts.bucketOf(5_000_000), within);
        }
        if (over > 0) {
            counts.put(LatencyCounts.bucketOf(20_000_000), over);
        }
        return LatencyCounts.of(counts);
    }
}
