package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RatioErrorTest {

    /** Deviation 0.1 with two degrees of freedom: t is 4.303. */
    @Test
    void isStudentsIntervalOfTheRatio() {
        assertThat(RatioError.half(1, 3, 1, List.of(List.of(90.0, 100.0, 110.0)))
                        .orElseThrow())
                .isCloseTo(4.303 * 0.1 * Math.sqrt(1 / 3.0 + 1), within(0.001));
        assertThat(RatioError.half(0.5, 3, 3, List.of(List.of(90.0, 100.0, 110.0)))
                        .orElseThrow())
                .isCloseTo(0.5 * 4.303 * 0.1 * Math.sqrt(2 / 3.0), within(0.001));
    }

    @Test
    void groupsOfOtherMeansSayTogetherHowMuchValuesScatter() {
        List<Double> slow = List.of(9.0, 10.0, 11.0);
        List<Double> fast = List.of(90.0, 100.0, 110.0);

        assertThat(RatioError.half(1, 3, 3, List.of(slow, fast)).orElseThrow())
                .isCloseTo(2.776 * 0.1 * Math.sqrt(2 / 3.0), within(0.001));
    }

    @Test
    void isUnknownWithoutTwoValuesOfOneGroup() {
        assertThat(RatioError.half(1, 1, 1, List.of(List.of(90.0), List.of(100.0))))
                .isEmpty();
        assertThat(RatioError.half(1, 1, 1, List.of())).isEmpty();
        assertThat(RatioError.half(1, 2, 2, List.of(List.of(0.0, 0.0)))).isEmpty();
    }

    @Test
    void holdsTheTruthNineteenTimesInTwenty() {
        SplittableRandom random = new SplittableRandom(5);
        int held = 0;
        for (int trial = 0; trial < 4000; trial++) {
            List<Double> before = values(random, 4, 300);
            List<Double> during = values(random, 2, 240);
            List<Double> after = values(random, 4, 300);
            double ratio = mean(during) / mean(before);
            double half = RatioError.half(ratio, 4, 2, List.of(before, after)).orElseThrow();
            held += Math.abs(ratio - 0.8) <= half ? 1 : 0;
        }
        assertThat(held / 4000.0).isBetween(0.93, 0.97);
    }

    private static List<Double> values(SplittableRandom random, int count, double mean) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(mean * (1 + 0.05 * random.nextGaussian()));
        }
        return values;
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
