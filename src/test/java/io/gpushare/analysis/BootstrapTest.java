package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapTest {
    private static final List<Double> EIGHT = List.of(101.2, 99.8, 100.5, 103.1, 98.7, 100.9, 102.4, 97.6);
    private static final List<Double> SIX = List.of(51.0, 49.2, 50.1, 50.8, 48.9, 50.3);

    /** By scipy 1.17.1: {@code norm.cdf(-sqrt(n/(n-1)) * t.ppf(.975, n-1))}. */
    @ParameterizedTest
    @CsvSource({
        "2, 1.6952190726058738e-72",
        "3, 6.834137311941282e-08",
        "5, 0.0009541005518824907",
        "10, 0.008550639024406366",
        "30, 0.01875390027822054",
        "100, 0.023064387207087644"
    })
    void expandsThePercentilesAsHesterbergDoes(int n, double tail) {
        assertThat(Bootstrap.expandedTail(n) / tail).isCloseTo(1, within(1e-8));
    }

    /**
     * By numpy: {@code quantile([mean(c) for c in itertools.product(x, repeat=5)], [tail, 1 - tail])}, the tail of five
     * above.
     */
    @Test
    void enumeratesEveryResampleOfAFewValues() {
        BootstrapInterval interval =
                Bootstrap.ofMean(List.of(3.0, 1.0, 4.0, 1.5, 9.0), 1).orElseThrow();
        assertThat(interval.lower()).isCloseTo(1.1, within(1e-12));
        assertThat(interval.upper()).isCloseTo(8.0, within(1e-12));
        assertThat(Bootstrap.ofMean(List.of(3.0, 1.0, 4.0, 1.5, 9.0), 2)).contains(interval);
    }

    /** By numpy: the quantiles at the tail of three of {@code mean(c)/mean(d)} over both products. */
    @Test
    void enumeratesEveryRatioOfAFewValues() {
        BootstrapInterval interval = Bootstrap.ofRatio(List.of(1.0, 2.0, 4.0), List.of(2.0, 3.0, 7.0), 1)
                .orElseThrow();
        assertThat(interval.lower()).isCloseTo(0.1428588152107439, within(1e-9));
        assertThat(interval.upper()).isCloseTo(1.9999857849943834, within(1e-9));
    }

    /**
     * {@code scipy.stats.bootstrap((x,), np.mean, n_resamples=1_000_000, method='percentile', confidence_level=1 -
     * 2*tail)}, scipy 1.17.1. The end of an interval from 10 000 resamples has a standard error of 0.03 here.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithScipyOnAMean(long seed) {
        BootstrapInterval interval = Bootstrap.ofMean(EIGHT, seed).orElseThrow();
        assertThat(interval.lower()).isCloseTo(99.0, within(0.12));
        assertThat(interval.upper()).isCloseTo(101.9875, within(0.12));
        assertThat(interval.reaches()).isTrue();
    }

    /** As above, of {@code mean(x)/mean(y)} with both resampled; the standard error is 0.001. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void agreesWithScipyOnARatio(long seed) {
        BootstrapInterval interval = Bootstrap.ofRatio(EIGHT, SIX, seed).orElseThrow();
        assertThat(interval.lower()).isCloseTo(1.96124, within(0.005));
        assertThat(interval.upper()).isCloseTo(2.05786, within(0.005));
    }

    /** The table of {@code docs/metrics.md}, with fewer rounds; the tolerance is four standard errors. */
    @ParameterizedTest
    @CsvSource({
        "2, 0, 49.7, 4000", "3, 0, 75.0, 4000", "5, 0, 92.1, 2000", "6, 0, 93.4, 600", "10, 0, 94.2, 300",
                "30, 0, 94.7, 100",
        "2, 1, 42.4, 4000", "3, 1, 64.1, 4000", "5, 1, 81.4, 2000", "6, 1, 83.2, 600", "10, 1, 85.6, 300",
                "30, 1, 89.4, 100"
    })
    void coversTheMeanAsOftenAsDocumented(int n, double skew, double percent, int rounds) {
        Random random = new Random(3);
        int covered = 0;
        for (int round = 0; round < rounds; round++) {
            List<Double> values = drawn(random, n, skew);
            double mean = skew == 0 ? 0 : Math.exp(skew * skew / 2);
            covered += Bootstrap.ofMean(values, round).orElseThrow().contains(mean) ? 1 : 0;
        }
        double error = Math.sqrt(percent * (100 - percent) / rounds);
        assertThat(100.0 * covered / rounds).isCloseTo(percent, within(4 * error));
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1, 67.0, 2000",
        "3, 1, 90.4, 2000",
        "6, 1, 96.6, 300",
        "2, 0.1, 53.3, 2000",
        "3, 0.1, 79.7, 2000",
        "6, 0.1, 93.6, 300"
    })
    void coversTheRatioAsOftenAsDocumented(int n, double otherSpread, double percent, int rounds) {
        Random random = new Random(6);
        int covered = 0;
        for (int round = 0; round < rounds; round++) {
            List<Double> numerator =
                    drawn(random, n, 0).stream().map(value -> 100 + value).toList();
            List<Double> denominator = drawn(random, n, 0).stream()
                    .map(value -> 100 + otherSpread * value)
                    .toList();
            covered += Bootstrap.ofRatio(numerator, denominator, round)
                            .orElseThrow()
                            .contains(1)
                    ? 1
                    : 0;
        }
        double error = Math.sqrt(percent * (100 - percent) / rounds);
        assertThat(100.0 * covered / rounds).isCloseTo(percent, within(4 * error));
    }

    private static List<Double> drawn(Random random, int n, double skew) {
        return Stream.generate(random::nextGaussian)
                .limit(n)
                .map(value -> skew == 0 ? value : Math.exp(skew * value))
                .toList();
    }

    @Test
    void isTheRangeAtMostAndAdmitsItForFewerThanSix() {
        Random random = new Random(4);
        for (int n = 2; n <= 12; n++) {
            List<Double> values = drawn(random, n, 1);
            BootstrapInterval interval = Bootstrap.ofMean(values, 1).orElseThrow();
            assertThat(interval.lower())
                    .isBetween(Collections.min(values), MeanInterval.of(values).mean());
            assertThat(interval.upper()).isBetween(MeanInterval.of(values).mean(), Collections.max(values));
            assertThat(interval.reaches()).isEqualTo(n >= 6);
        }
    }

    /** A range of n values misses the centre when all fall on one side of it. */
    @Test
    void asksForAsManyValuesAsARangeNeeds() {
        assertThat(1 - Math.pow(2, 1.0 - Bootstrap.LEAST)).isGreaterThanOrEqualTo(0.95);
        assertThat(1 - Math.pow(2, 2.0 - Bootstrap.LEAST)).isLessThan(0.95);
    }

    @Test
    void aRatioReachesOnlyWhenBothSidesDo() {
        assertThat(Bootstrap.ofRatio(EIGHT, SIX, 1).orElseThrow().reaches()).isTrue();
        assertThat(Bootstrap.ofRatio(EIGHT, SIX.subList(1, 6), 1).orElseThrow().reaches())
                .isFalse();
        assertThat(Bootstrap.ofRatio(SIX.subList(1, 6), EIGHT, 1).orElseThrow().reaches())
                .isFalse();
    }

    @Test
    void dependsOnTheSeedButNotOnTheOrder() {
        List<Double> shuffled = new ArrayList<>(EIGHT);
        Collections.shuffle(shuffled, new Random(5));
        assertThat(shuffled).isNotEqualTo(EIGHT);
        assertThat(Bootstrap.ofMean(shuffled, 9)).isEqualTo(Bootstrap.ofMean(EIGHT, 9));
        assertThat(Bootstrap.ofRatio(shuffled, SIX, 9)).isEqualTo(Bootstrap.ofRatio(EIGHT, SIX, 9));
        assertThat(Bootstrap.ofRatio(SIX, shuffled, 9)).isEqualTo(Bootstrap.ofRatio(SIX, EIGHT, 9));
        assertThat(Bootstrap.ofRatio(EIGHT, SIX, 10)).isNotEqualTo(Bootstrap.ofRatio(EIGHT, SIX, 9));
    }

    @Test
    void movesAndStretchesWithTheValues() {
        List<Double> moved = EIGHT.stream().map(value -> 7 + 3 * value).toList();
        BootstrapInterval interval = Bootstrap.ofMean(EIGHT, 1).orElseThrow();
        BootstrapInterval other = Bootstrap.ofMean(moved, 1).orElseThrow();
        assertThat(other.lower()).isCloseTo(7 + 3 * interval.lower(), within(1e-9));
        assertThat(other.upper()).isCloseTo(7 + 3 * interval.upper(), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 6, 40})
    void equalValuesHaveAnIntervalOfNoWidth(int n) {
        List<Double> equal = Collections.nCopies(n, 0.1);
        assertThat(Bootstrap.ofMean(equal, 1)).contains(new BootstrapInterval(0.1, 0.1, n >= 6));
        assertThat(Bootstrap.ofRatio(equal, equal, 1)).contains(new BootstrapInterval(1, 1, n >= 6));
    }

    @Test
    void hasNoneWhereThereIsNothingToDrawFrom() {
        assertThat(Bootstrap.ofMean(List.of(7.0), 1)).isEmpty();
        assertThat(Bootstrap.ofRatio(List.of(7.0), EIGHT, 1)).isEmpty();
        assertThat(Bootstrap.ofRatio(EIGHT, List.of(7.0), 1)).isEmpty();
        assertThat(Bootstrap.ofRatio(EIGHT, List.of(1.0, 0.0), 1)).isEmpty();
        assertThat(Bootstrap.ofRatio(EIGHT, List.of(1.0, -1.0), 1)).isEmpty();
    }

    @Test
    void refusesWhatHasNoMean() {
        assertThatIllegalArgumentException().isThrownBy(() -> Bootstrap.ofMean(List.of(), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Bootstrap.ofMean(List.of(1.0, Double.NaN), 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.ofRatio(EIGHT, List.of(1.0, Double.POSITIVE_INFINITY), 1));
    }

    @Test
    void anIntervalHoldsItsEnds() {
        BootstrapInterval interval = new BootstrapInterval(1, 2, true);
        assertThat(Stream.of(1.0, 1.5, 2.0)).allMatch(interval::contains);
        assertThat(Stream.of(0.999, 2.001, Double.NaN)).noneMatch(interval::contains);
        assertThatIllegalArgumentException().isThrownBy(() -> new BootstrapInterval(2, 1, true));
        assertThatIllegalArgumentException().isThrownBy(() -> new BootstrapInterval(Double.NaN, 1, true));
    }
}
