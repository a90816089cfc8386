package io.gpushare.report.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.analysis.EarlyStopping;
import io.gpushare.analysis.LatencyCounts;
import java.util.Comparator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LatencyCurveTest {
    @Test
    void endsWhereSoManyLatenciesSupportNoMore() {
        long forP99 = EarlyStopping.minimumCount(0.99);

        assertThat(LatencyCurve.of(latencies(forP99)).end().x()).isBetween(0.99, 0.9901);
        assertThat(LatencyCurve.of(latencies(forP99 - 1)).end().x()).isLessThan(0.99);
        assertThat(LatencyCurve.of(latencies(1_000_000)).end().x()).isEqualTo(0.999);
    }

    @Test
    void fewLatenciesHaveNoCurve() {
        assertThat(LatencyCurve.of(LatencyCounts.NONE).points()).isEmpty();
        assertThat(LatencyCurve.of(latencies(EarlyStopping.minimumCount(0.5) - 1))
                        .points())
                .isEmpty();
        assertThat(LatencyCurve.of(latencies(EarlyStopping.minimumCount(0.5))).points())
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 90, 5000})
    void ascendsInBoth(long count) {
        assertThat(LatencyCurve.of(ChartStudies.latencies(3, count)).points())
                .isSortedAccordingTo(Comparator.comparingDouble(Panel.Point::x))
                .isSortedAccordingTo(Comparator.comparingDouble(Panel.Point::y));
    }

    @Test
    void bearsTheQuantilesOfTheCounts() {
        LatencyCounts latencies = ChartStudies.latencies(5, 20_000);
        LatencyCurve curve = LatencyCurve.of(latencies);

        for (double share : new double[] {0.1, 0.5, 0.9, 0.99}) {
            double ms = curve.points().stream()
                    .filter(point -> point.x() >= share)
                    .findFirst()
                    .orElseThrow()
                    .y();
            assertThat(ms).isCloseTo(latencies.quantileNanos(share).orElseThrow() / 1e6, within(1e-9));
        }
    }

    private static LatencyCounts latencies(long count) {
        return LatencyCounts.of(Map.of(3000, count));
    }
}
