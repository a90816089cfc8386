package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullSpeedRateTest {
    private static final double FULL = 1000;

    /** Seconds of tenants on cores that flip; each rate loses by its own core, and gains by those of others. */
    private static List<List<FullSpeedRate.Window>> tenants(int count, int seconds, double slowedTime, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] shares = new double[count][seconds];
        for (double[] core : shares) {
            boolean slowed = random.nextDouble() < slowedTime;
            for (int second = 0; second < seconds; second++) {
                if (random.nextDouble() < (slowed ? 0.3 : 0.3 * slowedTime / (1 - slowedTime))) {
                    double when = random.nextDouble();
                    core[second] = slowed ? when : 1 - when;
                    slowed = !slowed;
                } else {
                    core[second] = slowed ? 1 : 0;
                }
            }
        }
        List<List<FullSpeedRate.Window>> tenants = new ArrayList<>();
        for (int tenant = 0; tenant < count; tenant++) {
            List<FullSpeedRate.Window> windows = new ArrayList<>();
            for (int second = 0; second < seconds; second++) {
                double others = 0;
                for (int other = 0; other < count; other++) {
                    others += other == tenant ? 0 : shares[other][second] / (count - 1);
                }
                double noise = 1 + 0.03 * random.nextGaussian();
                double rate = FULL * (1 - 0.4 * shares[tenant][second] + 0.15 * others) * noise;
                windows.add(new FullSpeedRate.Window(second, second + 1, rate, shares[tenant][second]));
            }
            tenants.add(windows);
        }
        return tenants;
    }

    private static FullSpeedRate first(List<List<FullSpeedRate.Window>> tenants) {
        return one(tenants, 0);
    }

    /** By its own windows alone. */
    private static FullSpeedRate one(List<List<FullSpeedRate.Window>> tenants, int which) {
        return FullSpeedRate.of(List.of(beside(tenants, which))).getFirst();
    }

    private static FullSpeedRate.Beside beside(List<List<FullSpeedRate.Window>> tenants, int which) {
        List<List<FullSpeedRate.Window>> others = new ArrayList<>(tenants);
        return new FullSpeedRate.Beside(others.remove(which), others);
    }

    /** By the windows of all, which do the same. */
    private static List<FullSpeedRate> together(List<List<FullSpeedRate.Window>> tenants) {
        return FullSpeedRate.of(IntStream.range(0, tenants.size())
                .mapToObj(which -> beside(tenants, which))
                .toList());
    }

    private static double asMeasured(List<FullSpeedRate.Window> windows) {
        return windows.stream()
                .mapToDouble(FullSpeedRate.Window::units)
                .average()
                .orElseThrow();
    }

    @Test
    void findsTheRateOfFullSpeedThatHardlyAWindowShows() {
        double sum = 0;
        double measured = 0;
        for (int seed = 0; seed < 200; seed++) {
            List<List<FullSpeedRate.Window>> four = tenants(4, 30, 0.3, seed);
            sum += first(four).unitsPerSec() / 200;
            measured += asMeasured(four.getFirst()) / 200;
        }

        assertThat(sum).isCloseTo(FULL, within(0.01 * FULL));
        assertThat(measured).isLessThan(0.95 * FULL);
    }

    @Test
    void isWhatWasMeasuredOnAQuietHost() {
        List<List<FullSpeedRate.Window>> quiet = tenants(4, 30, 0, 1);

        FullSpeedRate rate = first(quiet);

        assertThat(rate.corrected()).isFalse();
        assertThat(rate.unitsPerSec()).isCloseTo(asMeasured(quiet.getFirst()), within(1e-9));
        assertThat(rate.contributions()).hasSize(30);
        assertThat(rate.contributions().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum())
                .isCloseTo(0, within(1e-9));
    }

    @Test
    void weighsLongWindowsByTheirLength() {
        FullSpeedRate rate =
                first(List.of(List.of(new FullSpeedRate.Window(0, 1, 100, 0), new FullSpeedRate.Window(1, 4, 600, 0))));

        assertThat(rate.unitsPerSec()).isEqualTo(175);
    }

    @Test
    void looksForNoSlopeInAHandfulOfWindows() {
        assertThat(first(tenants(2, 7, 0.3, 5)).corrected()).isFalse();
    }

    @Test
    void leavesARateAloneThatDoesNotDependOnTheCore() {
        List<List<FullSpeedRate.Window>> four = tenants(4, 40, 0.4, 9);
        List<FullSpeedRate.Window> steady = four.getFirst().stream()
                .map(window -> new FullSpeedRate.Window(window.fromS(), window.untilS(), 500, window.slowedShare()))
                .toList();

        four.set(0, steady);
        assertThat(first(four).unitsPerSec()).isCloseTo(500, within(1e-6));
    }

    /** What a slowed core costs is seen of the others, so that one that was never at full speed is known, too. */
    @Test
    void tenantsThatDoTheSameShowTogetherWhatASlowedCoreCosts() {
        double sum = 0;
        for (int seed = 0; seed < 200; seed++) {
            List<List<FullSpeedRate.Window>> four = tenants(4, 30, 0.3, seed);
            double lost = 0.4;
            four.set(
                    0,
                    four.getFirst().stream()
                            .map(window -> new FullSpeedRate.Window(
                                    window.fromS(),
                                    window.untilS(),
                                    window.units() * (1 - lost) / (1 - lost * window.slowedShare()),
                                    1))
                            .toList());
            sum += together(four).getFirst().unitsPerSec() / 200;
        }

        assertThat(sum).isCloseTo(FULL, within(0.02 * FULL));
    }

    @ParameterizedTest
    @CsvSource({"4, 12, 0.45, 0.75", "4, 30, 0.45, 0.75", "2, 12, 0.3, 1", "8, 12, 0.5, 0.6"})
    void anErrorOfTenantsThatAreAlikeHoldsWhatItSays(int count, int seconds, double slowedTime, double smaller) {
        int runs = 1000;
        double held = 0;
        double totalHeld = 0;
        List<Double> alone = new ArrayList<>();
        List<Double> alike = new ArrayList<>();
        for (int seed = 0; seed < runs; seed++) {
            List<List<FullSpeedRate.Window>> tenants = tenants(count, seconds, slowedTime, seed);
            List<FullSpeedRate> rates = together(tenants);
            Estimate first = rates.getFirst().estimate().orElseThrow();
            held += first.contains(FULL) ? 1 : 0;
            totalHeld += Part.sum(
                                    rates.stream()
                                            .map(rate -> rate.part(rate.unitsPerSec(), "alike"))
                                            .toList(),
                                    Map.of())
                            .filter(total -> total.contains(count * FULL))
                            .isPresent()
                    ? 1
                    : 0;
            alike.add(first.percent());
            alone.add(one(tenants, 0).estimate().orElseThrow().percent());
        }

        assertThat(held / runs).isBetween(0.92, 0.97);
        assertThat(totalHeld / runs).isBetween(0.91, 0.97);
        assertThat(Median.of(alike)).isLessThan(smaller * Median.of(alone));
    }

    /** Two cores that are slowed by turns: what the one costs and the other gives cannot be told apart. */
    @Test
    void neighboursThatAreSlowedByTurnsMakeNoneOfItUp() {
        List<List<FullSpeedRate.Window>> two = IntStream.range(0, 2)
                .mapToObj(tenant -> IntStream.range(0, 20)
                        .mapToObj(second -> new FullSpeedRate.Window(
                                second, second + 1, (second + tenant) % 2 == 0 ? 600 : 1000, (second + tenant + 1) % 2))
                        .toList())
                .toList();

        assertThat(together(two))
                .allSatisfy(rate -> assertThat(rate.unitsPerSec()).isCloseTo(1000, within(1e-6)));
        assertThat(one(two, 0).unitsPerSec()).isCloseTo(1000, within(1e-6));
    }

    /** Windows of tenants end at other moments, and some begin before the first or end behind the last of another. */
    @Test
    void whatOthersAddToAnErrorIsAllCounted() {
        List<List<FullSpeedRate.Window>> two = tenants(2, 20, 0.4, 3);
        two.set(
                1,
                two.get(1).stream()
                        .map(window -> new FullSpeedRate.Window(
                                window.fromS() * 1.1 - 0.4,
                                window.untilS() * 1.1 - 0.4,
                                window.units(),
                                window.slowedShare()))
                        .toList());

        for (FullSpeedRate rate : together(two)) {
            assertThat(rate.contributions().stream()
                            .mapToDouble(Double::doubleValue)
                            .sum())
                    .isCloseTo(0, within(1e-9));
        }
    }
}
