package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.analysis.Stability.Level;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StabilityTest {
    private static final int SERIES = 2000;
    private final Random random = new Random(1);

    @Test
    void allowsLessTheMoreWindowsThereAre() {
        assertThat(Stability.allowedPercent(3)).isEqualTo(50);
        assertThat(Stability.allowedPercent(10)).isEqualTo(50);
        assertThat(Stability.allowedPercent(30)).isCloseTo(33.2, within(0.1));
        assertThat(Stability.allowedPercent(60)).isCloseTo(26.4, within(0.1));
        assertThat(Stability.allowedPercent(3000)).isCloseTo(12.3, within(0.1));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 10, 30, 61})
    void findsATenantThatHalvesItsRateInMidRun(int windows) {
        Stability found = of(rates(windows, i -> i < windows / 2 ? 100 : 50));

        assertThat(found).isInstanceOfSatisfying(Stability.Unsteady.class, unsteady -> {
            assertThat(unsteady.quantity()).isEqualTo("throughput");
            assertThat(unsteady.percent()).isBetween(60.0, 80.0);
            assertThat(unsteady.allowedPercent()).isEqualTo(Stability.allowedPercent(windows));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 10, 30, 61})
    void findsAWarmUpThatLastsAThird(int windows) {
        assertThat(of(rates(windows, i -> i < windows / 3 ? 50 : 100))).isInstanceOf(Stability.Unsteady.class);
    }

    @Test
    void findsASlowSpellInTheMiddle() {
        assertThat(of(rates(30, i -> i < 10 || i >= 20 ? 100 : 60))).isInstanceOf(Stability.Unsteady.class);
    }

    @Test
    void findsDriftInSpiteOfNoise() {
        assertThat(shareUnsteady(() -> halved(10, correlated(10, 0.1, 0.5)))).isGreaterThan(0.9);
        assertThat(shareUnsteady(() -> halved(30, correlated(30, 0.2, 0.5)))).isGreaterThan(0.98);
    }

    @Test
    void passesSingleWindowsThatAreFarOff() {
        assertThat(of(rates(30, i -> i >= 28 ? 20 : 100))).isEqualTo(new Stability.Steady());
        assertThat(of(rates(10, i -> i == 9 ? 10 : 100))).isEqualTo(new Stability.Steady());
    }

    /**
     * Coefficients of variation of 3 to 20 % were measured of steady tenants, neighbouring windows correlated by 0.5.
     */
    @ParameterizedTest
    @ValueSource(ints = {10, 30, 60})
    void passesTheWobbleOfRealHosts(int windows) {
        assertThat(shareUnsteady(() -> correlated(windows, 0.1, 0.5))).isLessThan(0.001);
        assertThat(shareUnsteady(() -> correlated(windows, 0.2, 0))).isLessThan(0.05);
        assertThat(shareUnsteady(() -> correlated(windows, 0.2, 0.5))).isLessThan(0.07);
    }

    /** A quarter of the time, for two seconds in the mean. */
    @ParameterizedTest
    @ValueSource(ints = {5, 10, 30, 60})
    void passesACoreThatFlipsBetweenItsTwoSpeeds(int windows) {
        assertThat(shareUnsteady(() -> flipping(windows))).isLessThan(0.03);
    }

    @Test
    void judgesLatencyToo() {
        assertThat(Stability.of(List.of(level(100, 5), level(100, 10), level(100, 15))))
                .isEqualTo(new Stability.Unsteady("latency", 100, 50));
    }

    @Test
    void doesNotJudgeAQuantityThatIsUnknown() {
        Level without = new Level(100, OptionalDouble.empty());
        assertThat(Stability.of(List.of(level(100, 5), level(100, 50), without)))
                .isEqualTo(new Stability.Steady());
    }

    @Test
    void needsThreeWindows() {
        assertThat(Stability.of(List.of(level(1, 1), level(1, 1)))).isEqualTo(new Stability.TooFewWindows(2));
        assertThat(Stability.of(List.of())).isEqualTo(new Stability.TooFewWindows(0));
    }

    @Test
    void nothingDoneIsSteady() {
        assertThat(of(rates(3, _ -> 0))).isEqualTo(new Stability.Steady());
    }

    private double shareUnsteady(Supplier<double[]> series) {
        long unsteady = IntStream.range(0, SERIES)
                .filter(_ -> of(series.get()) instanceof Stability.Unsteady)
                .count();
        return (double) unsteady / SERIES;
    }

    /** Of mean 1. */
    private double[] correlated(int windows, double variation, double withNext) {
        double[] rates = new double[windows];
        double state = random.nextGaussian();
        for (int i = 0; i < windows; i++) {
            rates[i] = Math.max(0, 1 + variation * state);
            state = withNext * state + Math.sqrt(1 - withNext * withNext) * random.nextGaussian();
        }
        return rates;
    }

    private double[] flipping(int windows) {
        double[] rates = new double[windows];
        boolean slow = random.nextDouble() < 0.25;
        for (int i = 0; i < windows; i++) {
            for (int tenth = 0; tenth < 10; tenth++) {
                rates[i] += slow ? 0.065 : 0.1;
                slow = random.nextDouble() < (slow ? 1 / 20.0 : 1 / 60.0) != slow;
            }
        }
        return rates;
    }

    private static double[] halved(int windows, double[] rates) {
        return rates(windows, i -> i < windows / 2 ? rates[i] : rates[i] / 2);
    }

    private static double[] rates(int windows, IntToDoubleFunction rate) {
        return IntStream.range(0, windows).mapToDouble(rate).toArray();
    }

    private static Stability of(double[] rates) {
        return Stability.of(IntStream.range(0, rates.length)
                .mapToObj(i -> new Level(rates[i], OptionalDouble.empty()))
                .toList());
    }

    private static Level level(double unitsPerSec, double latencyMs) {
        return new Level(unitsPerSec, OptionalDouble.of(latencyMs * 1e6));
    }
}
