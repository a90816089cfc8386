package io.gpushare.load.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArrivalsTest {
    private static final Duration SECONDS_100 = Duration.ofSeconds(100);

    @TempDir
    Path folder;

    private static double[] seconds(Arrivals arrivals, Duration warmUp, Duration duration, long seed) {
        Schedule schedule = arrivals.schedule(warmUp, duration, seed);
        return LongStream.iterate(0, i -> i + 1)
                .mapToObj(_ -> schedule.next())
                .takeWhile(OptionalLong::isPresent)
                .mapToDouble(next -> next.getAsLong() / 1e9)
                .toArray();
    }

    private static double[] gaps(double[] seconds) {
        double[] gaps = new double[seconds.length - 1];
        Arrays.setAll(gaps, i -> seconds[i + 1] - seconds[i]);
        return gaps;
    }

    private static double pValue(double[] gaps, ContinuousDistribution expected) {
        return KolmogorovSmirnovTest.withDefaults()
                .test(gaps, expected::cumulativeProbability)
                .getPValue();
    }

    @Test
    void gapsOfPoissonAreExponential() {
        double[] gaps = gaps(seconds(new Arrivals.Steady(100, Gaps.poisson()), Duration.ZERO, SECONDS_100, 7));
        assertThat(gaps).hasSizeGreaterThan(9_500);
        assertThat(pValue(gaps, ExponentialDistribution.of(0.01))).isGreaterThan(0.01);
        // The test can tell: a rate that is 5 % off does not pass.
        assertThat(pValue(gaps, ExponentialDistribution.of(0.0105))).isLessThan(0.01);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 3})
    void gapsOfGammaHaveTheShapeAndTheRate(double shape) {
        double[] gaps = gaps(seconds(new Arrivals.Steady(100, new Gaps.Gamma(shape)), Duration.ZERO, SECONDS_100, 11));
        assertThat(pValue(gaps, GammaDistribution.of(shape, 0.01 / shape))).isGreaterThan(0.01);
        assertThat(pValue(gaps, ExponentialDistribution.of(0.01))).isLessThan(0.01);
    }

    @Test
    void constantArrivalsAreEvenlySpacedFromTheBeginning() {
        double[] seconds =
                seconds(new Arrivals.Steady(4, new Gaps.Constant()), Duration.ofSeconds(1), Duration.ofSeconds(1), 1);
        assertThat(seconds).containsExactly(0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75);
    }

    @Test
    void aRampBeginsAtItsFirstRateAndEndsAtItsLast() {
        Arrivals ramp = new Arrivals.Ramp(10, 100);
        double[] seconds = seconds(ramp, Duration.ofSeconds(100), SECONDS_100, 3);
        assertThat(count(seconds, 0, 100)).isCloseTo(1000, within(100L));
        assertThat(count(seconds, 100, 150)).isCloseTo(1625, within(130L));
        assertThat(count(seconds, 150, 200)).isCloseTo(3875, within(200L));
        assertThat(ramp.meanRate(Duration.ZERO, SECONDS_100)).isEqualTo(55);
    }

    @Test
    void aRampMayFall() {
        double[] seconds = seconds(new Arrivals.Ramp(100, 10), Duration.ZERO, SECONDS_100, 3);
        assertThat(count(seconds, 0, 50)).isCloseTo(3875, within(200L));
        assertThat(count(seconds, 50, 100)).isCloseTo(1625, within(130L));
    }

    @Test
    void stepsShareTheDuration() {
        double[] seconds = seconds(new Arrivals.Steps(List.of(10.0, 40.0)), Duration.ofSeconds(10), SECONDS_100, 5);
        assertThat(count(seconds, 0, 60)).isCloseTo(600, within(75L));
        assertThat(count(seconds, 60, 110)).isCloseTo(2000, within(140L));
        assertThat(seconds[seconds.length - 1]).isLessThan(110);
    }

    private static long count(double[] seconds, double from, double to) {
        return Arrays.stream(seconds).filter(one -> one >= from && one < to).count();
    }

    @Test
    void theSeedDecides() {
        Arrivals arrivals = new Arrivals.Steady(50, Gaps.poisson());
        double[] once = seconds(arrivals, Duration.ZERO, SECONDS_100, 1);
        assertThat(seconds(arrivals, Duration.ZERO, SECONDS_100, 1)).isEqualTo(once);
        assertThat(seconds(arrivals, Duration.ZERO, SECONDS_100, 2)).isNotEqualTo(once);
    }

    @Test
    void aTraceIsReplayedFromItsFirstTime() throws IOException {
        Path file = Files.writeString(folder.resolve("trace.csv"), "# seconds\n100.5\n101,512,64\n\n103.25\n200\n");
        Arrivals trace = ArrivalText.parse("trace:" + file, OptionalDouble.empty());
        assertThat(seconds(trace, Duration.ZERO, Duration.ofSeconds(10), 1)).containsExactly(0, 0.5, 2.75);
        assertThat(trace.meanRate(Duration.ofSeconds(0), Duration.ofSeconds(10)))
                .isEqualTo(0.3);
    }

    @Test
    void aTraceOfMooncakeIsInMilliseconds() throws IOException {
        Path file = Files.writeString(
                folder.resolve("trace.jsonl"),
                "{\"timestamp\": 1000, \"input_length\": 5}\n{\"timestamp\": 1500, \"input_length\": 5}\n");
        Schedule schedule = TraceTimes.read(file).schedule(Duration.ofSeconds(1));
        assertThat(schedule.next()).hasValue(0);
        assertThat(schedule.next()).hasValue(500_000_000);
        assertThat(schedule.next()).isEmpty();
    }

    @Test
    void namesTheLineOfATraceThatIsWrong() throws IOException {
        Path file = Files.writeString(folder.resolve("trace.csv"), "1\nsoon\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceTimes.read(file))
                .withMessage(file + ", line 2: 'soon' is not a number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceTimes.of(2, 1))
                .withMessage("time 2 of the trace lies before the one above it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TraceTimes.read(folder.resolve("none")))
                .withMessage(folder.resolve("none") + ": there is no such file");
    }

    @Test
    void arrivalsAreReadAsTheyAreWritten() {
        OptionalDouble ten = OptionalDouble.of(10);
        OptionalDouble none = OptionalDouble.empty();
        assertThat(ArrivalText.parse("poisson", ten)).isEqualTo(new Arrivals.Steady(10, Gaps.poisson()));
        assertThat(ArrivalText.parse("constant", ten)).isEqualTo(new Arrivals.Steady(10, new Gaps.Constant()));
        assertThat(ArrivalText.parse("gamma:0.5", ten)).isEqualTo(new Arrivals.Steady(10, new Gaps.Gamma(0.5)));
        assertThat(ArrivalText.parse("ramp:1:20", none)).isEqualTo(new Arrivals.Ramp(1, 20));
        assertThat(ArrivalText.parse("steps:10,20", none)).isEqualTo(new Arrivals.Steps(List.of(10.0, 20.0)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "poison",
                "gamma",
                "gamma:0",
                "gamma:-1",
                "ramp:1",
                "ramp:1:2:3",
                "steps:",
                "steps:1,,2",
                "trace:"
            })
    void otherArrivalsAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> {
            boolean needsRate = text.startsWith("gamma") || text.startsWith("poison");
            ArrivalText.parse(text, needsRate ? OptionalDouble.of(1) : OptionalDouble.empty());
        });
    }

    @Test
    void aRateIsNeededOrToBeLeftOut() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArrivalText.parse("poisson", OptionalDouble.empty()))
                .withMessage("'poisson' needs a rate: give --rate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArrivalText.parse("ramp:1:2", OptionalDouble.of(3)))
                .withMessage("'ramp:1:2' brings its own rate: leave out --rate");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ArrivalText.parse("poisson", OptionalDouble.of(0)))
                .withMessage("a rate is from 0.001 to 1000000 requests a second, got 0.0");
    }
}
