package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

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
        return FullSpeedRate.of(tenants.getFirst(), tenants.subList(1, tenants.size()));
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
        FullSpeedRate rate = FullSpeedRate.of(
                List.of(new FullSpeedRate.Window(0, 1, 100, 0), new FullSpeedRate.Window(1, 4, 600, 0)), List.of());

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

        assertThat(FullSpeedRate.of(steady, four.subList(1, 4)).unitsPerSec()).isCloseTo(500, within(1e-6));
    }
}
