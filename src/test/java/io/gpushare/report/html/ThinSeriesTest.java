package io.gpushare.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.results.reading.timeline.RunTimeline.Series;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ThinSeriesTest {

    @Test
    void aShortSeriesStaysAsItIs() {
        ThinSeries thin = ThinSeries.of(series(1, Double.NaN, 3), 3);

        assertThat(thin.values()).containsExactly(1.0, Double.NaN, 3.0);
        assertThat(thin.thinned()).isFalse();
    }

    @Test
    void everyStretchKeepsItsLowestAndItsHighestInTheirOrder() {
        ThinSeries thin = ThinSeries.of(series(5, 9, 1, 5, 5, 2, 7, 5), 4);

        assertThat(thin.values()).containsExactly(9.0, 1.0, 2.0, 7.0);
        assertThat(thin.atS()).containsExactly(1.0, 2.0, 5.0, 6.0);
        assertThat(thin.thinned()).isTrue();
    }

    @Test
    void aPeakAmongVeryManySamplesIsKept() {
        double[] values = new double[100_000];
        values[77_777] = 700;

        ThinSeries thin = ThinSeries.of(series(values), 300);

        assertThat(thin.values()).hasSizeLessThanOrEqualTo(300).contains(700.0);
        assertThat(thin.atS()).isSorted().contains(77_777.0);
    }

    @Test
    void aStretchWithoutReadingsStaysAGap() {
        ThinSeries thin = ThinSeries.of(series(1, 1, Double.NaN, Double.NaN, Double.NaN, 2), 4);

        assertThat(thin.values()).containsExactly(1.0, 2.0);
    }

    private static Series series(double... values) {
        List<Double> atS =
                IntStream.range(0, values.length).mapToObj(i -> (double) i).toList();
        return new Series("W", atS, Arrays.stream(values).boxed().toList());
    }
}
