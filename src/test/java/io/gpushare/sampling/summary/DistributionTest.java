package io.gpushare.sampling.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.Test;

class DistributionTest {
    private static final long SEED = 20261120;

    @Test
    void agreesWithASortedReferenceToHalfAPercent() {
        Random random = new Random(SEED);
        assertNearReference(20_000, () -> 70 + 600 * random.nextDouble());
        assertNearReference(20_000, () -> Math.exp(8 * random.nextGaussian()));
        assertNearReference(37, () -> 1e11 + 1e9 * random.nextDouble());
        assertNearReference(20_000, () -> 10 * random.nextGaussian());
    }

    private static void assertNearReference(int count, DoubleSupplier values) {
        double[] all = new double[count];
        Distribution distribution = new Distribution();
        for (int i = 0; i < count; i++) {
            all[i] = values.getAsDouble();
            distribution.add(all[i]);
        }
        Arrays.sort(all);
        for (double share : new double[] {0.01, 0.5, 0.9, 0.95, 0.99, 1}) {
            double reference = all[Math.max(1, (int) Math.ceil(share * count)) - 1];
            assertThat(distribution.quantile(share)).isBetween(reference, reference + Math.abs(reference) * 0.00501);
        }
        assertThat(distribution.count()).isEqualTo(count);
        assertThat(distribution.min()).isEqualTo(all[0]);
        assertThat(distribution.max()).isEqualTo(all[count - 1]);
        double mean = Arrays.stream(all).average().orElseThrow();
        assertThat(distribution.mean()).isCloseTo(mean, offset(Math.abs(mean) * 1e-9));
    }

    @Test
    void isExactForPercentages() {
        Distribution distribution = new Distribution();
        for (int percent = 0; percent <= 100; percent++) {
            distribution.add(percent);
        }
        assertThat(distribution.quantile(0.95)).isEqualTo(95);
        assertThat(distribution.quantile(0.5)).isEqualTo(50);
        assertThat(distribution.quantile(0)).isZero();
    }

    @Test
    void takesTheNearestRankOfFewValues() {
        Distribution distribution = new Distribution();
        for (int value = 1; value <= 20; value++) {
            distribution.add(value);
        }
        assertThat(distribution.quantile(0.95)).isEqualTo(19);
        distribution.add(21);
        assertThat(distribution.quantile(0.95)).isEqualTo(20);
    }
}
