package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LatencyCountsTest {
    private static LatencyCounts of(long... nanos) {
        Map<Integer, Long> counts = new TreeMap<>();
        Arrays.stream(nanos).forEach(each -> counts.merge(LatencyCounts.bucketOf(each), 1L, Long::sum));
        return LatencyCounts.of(counts);
    }

    @Test
    void findsQuantilesWithinAQuarterOfAPercentOfNearestRank() {
        Random random = new Random(5);
        for (int size : new int[] {1, 2, 10, 999}) {
            long[] nanos = random.doubles(size)
                    .mapToLong(u -> (long) Math.exp(3 + 20 * u))
                    .sorted()
                    .toArray();
            for (double q : new double[] {0.001, 0.5, 0.9, 0.99, 1}) {
                long exact = nanos[(int) Math.ceil(q * size) - 1];
                assertThat(of(nanos).quantileNanos(q).orElseThrow() / exact).isCloseTo(1, within(0.00251));
            }
            double mean = Arrays.stream(nanos).average().orElseThrow();
            assertThat(of(nanos).meanNanos().orElseThrow() / mean).isCloseTo(1, within(0.00251));
        }
    }

    @Test
    void countsWhatIsAboveABoundByBuckets() {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            long[] nanos =
                    random.doubles(300).mapToLong(u -> (long) Math.exp(20 * u)).toArray();
            LatencyCounts counts = of(nanos);
            // At a latency's own value, just below, just above, and anywhere.
            long latency = nanos[round];
            for (double bound :
                    new double[] {latency, latency - 0.5, latency + 0.5, Math.exp(20 * random.nextDouble())}) {
                long above = Arrays.stream(nanos).filter(each -> each > bound).count();
                long clearlyAbove = Arrays.stream(nanos)
                        .filter(each -> each > 1.0051 * bound)
                        .count();
                assertThat(counts.countAbove(bound)).isBetween(clearlyAbove, above);
            }
        }
    }

    @Test
    void countsTheBucketThatHoldsTheBoundAsNotAbove() {
        LatencyCounts counts = of(1, 10_000_000, 10_010_000, 10_100_000);
        assertThat(LatencyCounts.bucketOf(10_010_000)).isEqualTo(LatencyCounts.bucketOf(10_000_000));
        assertThat(counts.countAbove(10_000_000)).isEqualTo(1);
        assertThat(counts.countAbove(9_900_000)).isEqualTo(3);
        assertThat(counts.countAbove(0)).isEqualTo(3);
        assertThat(counts.countAbove(Double.POSITIVE_INFINITY)).isZero();
        assertThat(LatencyCounts.NONE.countAbove(0)).isZero();
        assertThatThrownBy(() -> counts.countAbove(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> counts.countAbove(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void addsUpExactlyInAnyOrder() {
        Random random = new Random(6);
        for (int round = 0; round < 50; round++) {
            long[] left = random.longs(random.nextInt(40), 1, 3000).toArray();
            long[] right = random.longs(random.nextInt(40), 1, 3000).toArray();
            long[] both =
                    LongStream.concat(Arrays.stream(left), Arrays.stream(right)).toArray();
            assertThat(of(left).plus(of(right)))
                    .isEqualTo(of(both))
                    .isEqualTo(of(right).plus(of(left)));
            assertThat(of(both).hashCode()).isEqualTo(of(right).plus(of(left)).hashCode());
            assertThat(of(both).count()).isEqualTo(both.length);
        }
    }

    @Test
    void listsBucketsInOrderWhateverOrderTheyCameIn() {
        LatencyCounts counts = LatencyCounts.of(Map.of(900, 1L, 0, 2L, 31, 3L));
        assertThat(counts.counts().keySet()).containsExactlyElementsOf(List.of(0, 31, 900));
        assertThat(counts).hasToString("{0=2, 31=3, 900=1}").isNotEqualTo(LatencyCounts.NONE);
        assertThatThrownBy(() -> counts.counts().put(1, 1L)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void refusesCountsThatAreNone() {
        assertThatThrownBy(() -> LatencyCounts.of(Map.of(3, 0L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("bucket 3 holds 0");
        assertThatThrownBy(() -> LatencyCounts.NONE.quantileNanos(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void knowsNothingWithoutLatencies() {
        assertThat(LatencyCounts.NONE.count()).isZero();
        assertThat(LatencyCounts.NONE.quantileNanos(0.5)).isEmpty();
        assertThat(LatencyCounts.NONE.meanNanos()).isEmpty();
        assertThat(of(5).plus(LatencyCounts.NONE)).isEqualTo(of(5));
    }
}
