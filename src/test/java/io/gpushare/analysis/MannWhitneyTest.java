package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MannWhitneyTest {

    /** {@code scipy.stats.mannwhitneyu(a, b, method='exact')}, scipy 1.17.1. */
    static Stream<Arguments> exactOfScipy() {
        return Stream.of(
                Arguments.of(values(19, 22, 16, 29, 24), values(20, 11, 17, 12), 17, 0.1111111111111111),
                Arguments.of(values(1, 2, 3, 4), values(5, 6, 7, 8), 0, 0.02857142857142857),
                Arguments.of(values(1, 2, 3), values(4, 5, 6), 0, 0.1),
                Arguments.of(values(1.1, 2.2, 3.3, 4.4, 5.5, 6.6), values(2, 3, 4, 5, 6, 7, 8), 15, 0.4452214452214452),
                Arguments.of(values(1, 5, 9), values(2, 3, 4, 6, 7, 8, 10), 9, 0.8333333333333333));
    }

    @ParameterizedTest
    @MethodSource("exactOfScipy")
    void agreesWithScipy(List<Double> a, List<Double> b, double u, double p) {
        MannWhitney test = MannWhitney.of(a, b);
        assertThat(test.u()).isEqualTo(u);
        assertThat(test.p()).isCloseTo(p, within(1e-12));
        assertThat(test.exact()).isTrue();
        assertThat(test.superiority()).isCloseTo(u / (a.size() * b.size()), within(1e-12));
    }

    /**
     * {@code scipy.stats.permutation_test((a, b), lambda x, y, axis=-1: mannwhitneyu(x, y, axis=axis).statistic,
     * permutation_type='independent', n_resamples=np.inf)}, which counts every way to deal the values.
     */
    static Stream<Arguments> permutationsOfScipy() {
        return Stream.of(
                Arguments.of(values(1, 1, 1), values(2, 2, 2), 0, 0.1),
                Arguments.of(values(1, 2, 2, 3), values(2, 3, 3, 4), 3, 0.2857142857142857),
                Arguments.of(values(1, 1, 2), values(2, 2, 3, 3, 3), 1, 0.10714285714285714),
                Arguments.of(values(5, 5, 5), values(5, 5, 5, 5), 6, 1),
                Arguments.of(values(1, 2, 2, 3, 7), values(2, 3, 3, 4, 4, 9), 8, 0.21212121212121213));
    }

    @ParameterizedTest
    @MethodSource("permutationsOfScipy")
    void countsWithTiesToo(List<Double> a, List<Double> b, double u, double p) {
        MannWhitney test = MannWhitney.of(a, b);
        assertThat(test.u()).isEqualTo(u);
        assertThat(test.p()).isCloseTo(p, within(1e-12));
        assertThat(test.exact()).isTrue();
    }

    /** {@code scipy.stats.mannwhitneyu(a, b, method='asymptotic')}. */
    @Test
    void takesTheNormalDistributionForMany() {
        List<Double> a = IntStream.rangeClosed(1, 30).mapToObj(i -> (double) i).toList();
        List<Double> b = a.stream().map(value -> value + 5.5).toList();
        MannWhitney distinct = MannWhitney.of(a, b);
        assertThat(distinct.u()).isEqualTo(300);
        assertThat(distinct.exact()).isFalse();
        assertThat(distinct.p()).isCloseTo(0.027086318388295935, within(1e-9));

        List<Double> c = IntStream.range(0, 30).mapToObj(i -> i % 7 + 0.0).toList();
        List<Double> d = IntStream.range(0, 40).mapToObj(i -> i % 5 + 2.0).toList();
        MannWhitney tied = MannWhitney.of(c, d);
        assertThat(tied.u()).isEqualTo(400);
        assertThat(tied.p()).isCloseTo(0.016454432520034316, within(1e-9));

        assertThat(MannWhitney.of(Collections.nCopies(30, 1.0), Collections.nCopies(40, 1.0))
                        .p())
                .isEqualTo(1);
    }

    /** The largest U that is significant at 0.05, two-sided: as in the tables at the end of textbooks. */
    @ParameterizedTest
    @CsvSource({
        "4, 4, 0",
        "4, 5, 1",
        "5, 5, 2",
        "5, 8, 6",
        "6, 6, 5",
        "7, 7, 8",
        "8, 8, 13",
        "10, 10, 23",
        "9, 12, 26",
        "15, 15, 64",
        "20, 20, 127"
    })
    void agreesWithPublishedCriticalValues(int n, int m, int critical) {
        assertThat(withU(n, m, critical).isSignificant()).isTrue();
        assertThat(withU(n, m, critical + 1).isSignificant()).isFalse();
    }

    /** A side of n values, the pairs of which beat just u of the other's. */
    private static MannWhitney withU(int n, int m, int u) {
        List<Double> a = new ArrayList<>();
        int left = u;
        for (int i = 0; i < n; i++) {
            int beaten = Math.min(m, left);
            left -= beaten;
            a.add(beaten + 0.5 + i * 1e-3);
        }
        MannWhitney test = MannWhitney.of(
                a, IntStream.rangeClosed(1, m).mapToObj(i -> (double) i).toList());
        assertThat(test.u()).isEqualTo(u);
        return test;
    }

    @Test
    void agreesWithCommonsStatisticsWhereThatIsExact() {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            double[] a = random.doubles(1 + random.nextInt(20)).toArray();
            double[] b = random.doubles(1 + random.nextInt(20)).toArray();
            MannWhitneyUTest.Result other =
                    MannWhitneyUTest.withDefaults().with(PValueMethod.EXACT).test(a, b);
            MannWhitney test = MannWhitney.of(boxed(a), boxed(b));
            assertThat(test.u()).isEqualTo(other.getStatistic());
            assertThat(test.p()).isCloseTo(other.getPValue(), within(1e-12));
        }
    }

    @Test
    void saysTheSameOfSidesThatAreSwapped() {
        Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            List<Double> a = tied(random);
            List<Double> b = tied(random);
            MannWhitney test = MannWhitney.of(a, b);
            MannWhitney swapped = MannWhitney.of(b, a);
            assertThat(test.u() + swapped.u()).isEqualTo(a.size() * b.size());
            assertThat(test.superiority() + swapped.superiority()).isCloseTo(1, within(1e-12));
            assertThat(test.p()).isCloseTo(swapped.p(), within(1e-12)).isBetween(0.0, 1.0);
            Collections.shuffle(a, random);
            assertThat(MannWhitney.of(a, b)).isEqualTo(test);
        }
    }

    private static List<Double> tied(Random random) {
        List<Double> values = new ArrayList<>();
        int n = 1 + random.nextInt(9);
        for (int i = 0; i < n; i++) {
            values.add((double) random.nextInt(6));
        }
        return values;
    }

    /** What a p promises, over every way to deal eight values with ties to two sides of four. */
    @ParameterizedTest
    @CsvSource({"0.05", "0.1", "0.2", "0.5"})
    void isNoMoreOftenSignificantByChanceThanItSays(double level) {
        double[] values = {1, 1, 2, 2, 3, 3, 3, 4};
        int ways = 0;
        int significant = 0;
        for (int dealt = 0; dealt < 256; dealt++) {
            if (Integer.bitCount(dealt) == 4) {
                List<Double> a = new ArrayList<>();
                List<Double> b = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    ((dealt >> i & 1) == 1 ? a : b).add(values[i]);
                }
                ways++;
                significant += MannWhitney.of(a, b).p() <= level ? 1 : 0;
            }
        }
        assertThat(ways).isEqualTo(70);
        assertThat((double) significant / ways).isLessThanOrEqualTo(level);
    }

    @Test
    void cannotBeLessThanTheLeast() {
        assertThat(MannWhitney.leastRuns()).isEqualTo(4);
        assertThat(MannWhitney.leastP(4, 4)).isCloseTo(0.0286, within(1e-4));
        assertThat(MannWhitney.leastP(3, 3)).isCloseTo(0.1, within(1e-12));
        assertThat(MannWhitney.leastP(3, 5)).isCloseTo(0.0357, within(1e-4));
        assertThat(MannWhitney.leastP(1, 1)).isEqualTo(1);
        for (int n = 1; n <= 8; n++) {
            for (int m = 1; m <= 8; m++) {
                List<Double> low = Collections.nCopies(n, 1.0);
                List<Double> high = Collections.nCopies(m, 2.0);
                assertThat(MannWhitney.of(low, high).p()).isCloseTo(MannWhitney.leastP(n, m), within(1e-12));
            }
        }
    }

    @Test
    void takesBothZerosForOneValue() {
        assertThat(MannWhitney.of(values(-0.0, 0.0), values(0.0, -0.0)))
                .isEqualTo(MannWhitney.of(values(1, 1), values(1, 1)));
    }

    @Test
    void refusesSidesWithoutValues() {
        assertThatIllegalArgumentException().isThrownBy(() -> MannWhitney.of(List.of(), values(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> MannWhitney.of(values(1), values(Double.NaN)));
        assertThatIllegalArgumentException().isThrownBy(() -> MannWhitney.leastP(0, 3));
    }

    private static List<Double> values(double... values) {
        return boxed(values);
    }

    private static List<Double> boxed(double[] values) {
        return new ArrayList<>(Arrays.stream(values).boxed().toList());
    }
}
