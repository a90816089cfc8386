package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EstimateTest {
    private static final double[] UNITS = {103, 98, 101, 97, 95, 96, 99, 104, 106, 103, 100, 98};
    private static final double[] SECONDS = {1, 1.01, 1, 0.99, 1.02, 1, 1, 1.01, 1, 1, 0.98, 1};

    /** By numpy and scipy, from the formulas: two cosines, neighbours alike by 0.637. */
    @Test
    void agreesWithNumpy() {
        Estimate estimate = Estimate.ofRatio(UNITS, SECONDS).orElseThrow();
        assertThat(estimate.value()).isCloseTo(99.91673605328893, within(1e-9));
        assertThat(estimate.standardError()).isCloseTo(1.407499547238619, within(1e-9));
        assertThat(estimate.halfWidth()).isCloseTo(6.055981769047375, within(1e-9));
        assertThat(estimate.percent()).isCloseTo(6.0610, within(1e-3));
        assertThat(estimate.freedom()).isEqualTo(2);
        assertThat(estimate.windows()).isEqualTo(12);
        assertThat(estimate.contains(95) && estimate.contains(105)).isTrue();
        assertThat(estimate.contains(93.8) || estimate.contains(106)).isFalse();
    }

    @Test
    void isInTheUnitOfTheFigure() {
        Estimate estimate = Estimate.ofRatio(UNITS, SECONDS).orElseThrow();
        Estimate thousandfold = Estimate.ofRatio(times(1000, UNITS), SECONDS).orElseThrow();
        assertThat(thousandfold.halfWidth()).isCloseTo(1000 * estimate.halfWidth(), within(1e-6));
        assertThat(thousandfold.percent()).isCloseTo(estimate.percent(), within(1e-9));
    }

    @Test
    void doesNotDependOnTheDirectionOfTime() {
        double forwards = Estimate.ofRatio(UNITS, SECONDS).orElseThrow().halfWidth();
        double backwards = Estimate.ofRatio(reversed(UNITS), reversed(SECONDS))
                .orElseThrow()
                .halfWidth();
        assertThat(backwards).isCloseTo(forwards, within(1e-9));
    }

    /** The same values, once in spells and once in turn. */
    @Test
    void isLessSureOfSpellsThanOfFlicker() {
        double[] spells = IntStream.range(0, 24).mapToDouble(i -> i / 6 % 2).toArray();
        double[] flicker = IntStream.range(0, 24).mapToDouble(i -> i % 2).toArray();
        assertThat(ofValues(spells).halfWidth())
                .isGreaterThan(5 * ofValues(flicker).halfWidth());
    }

    @Test
    void isSureOfASeriesThatDoesNotMove() {
        assertThat(ofValues(5, 5, 5, 5).halfWidth()).isZero();
        assertThat(ofValues(5, 5, 5, 5).percent()).isZero();
        assertThat(ofValues(0, 0, 0).percent()).isZero();
    }

    @Test
    void countsALongerWindowForMore() {
        Estimate estimate = Estimate.ofRatio(new double[] {100, 200, 50}, new double[] {1, 2, 0.5})
                .orElseThrow();
        assertThat(estimate.value()).isEqualTo(100);
        assertThat(estimate.halfWidth()).isZero();
    }

    @Test
    void saysWhenThereAreTooFewWindows() {
        assertThat(Estimate.ofRatio(new double[] {1, 2}, new double[] {1, 1})).isEmpty();
        assertThat(Estimate.ofRatio(new double[0], new double[0])).isEmpty();
        assertThat(Estimate.ofRatio(new double[] {0, 0, 0}, new double[3])).isEmpty();
    }

    /** Variances 4 and 9 of 2 and 5 degrees of freedom: (4 + 9)² / (16 / 2 + 81 / 5). */
    @Test
    void addsErrorsAsSatterthwaiteDoes() {
        Estimate sum = new Estimate(10, 2, 2, 30).plus(List.of(new Estimate(7, 3, 5, 20)));
        assertThat(sum.value()).isEqualTo(10);
        assertThat(sum.standardError()).isCloseTo(Math.sqrt(13), within(1e-12));
        assertThat(sum.freedom()).isCloseTo(169 / 24.2, within(1e-12));
        assertThat(sum.windows()).isEqualTo(20);
        Estimate sure = new Estimate(10, 0, 2, 30);
        assertThat(sure.plus(List.of(new Estimate(7, 0, 5, 40)))).isEqualTo(sure);
    }

    @Test
    void ofAVeryShortSeriesThereIsNoVariance() {
        assertThatIllegalArgumentException().isThrownBy(() -> Swings.varianceOfMean(new double[2]));
        assertThatIllegalArgumentException().isThrownBy(() -> Swings.varianceOfTrend(new double[3]));
    }

    private static Estimate ofValues(double... values) {
        double[] ones = new double[values.length];
        Arrays.fill(ones, 1);
        return Estimate.ofRatio(values, ones).orElseThrow();
    }

    private static double[] times(double factor, double[] values) {
        return DoubleStream.of(values).map(value -> factor * value).toArray();
    }

    private static double[] reversed(double[] values) {
        return IntStream.range(0, values.length)
                .mapToDouble(i -> values[values.length - 1 - i])
                .toArray();
    }
}
