package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** How much a slowed core costs, found in series like those of an H200 whose host slowed its cores. */
final class CoreSensitivityTest {
    private static final int RUNS = 1000;

    /** Rates with noise of 1 % in each window and of 1 % in each second of all tenants, and cores that flip. */
    private static List<List<FullSpeedRate.Window>> tenants(int count, int seconds, double change, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] common = new double[seconds];
        for (int second = 0; second < seconds; second++) {
            common[second] = 0.01 * random.nextGaussian();
        }
        List<List<FullSpeedRate.Window>> tenants = new ArrayList<>();
        for (int tenant = 0; tenant < count; tenant++) {
            List<FullSpeedRate.Window> windows = new ArrayList<>();
            boolean slowed = random.nextBoolean();
            for (int second = 0; second < seconds; second++) {
                slowed ^= random.nextDouble() < 0.3;
                double share = slowed ? 1 - 0.2 * random.nextDouble() : 0.2 * random.nextDouble();
                double rate = 1000 * (1 + change * share) * (1 + common[second] + 0.01 * random.nextGaussian());
                windows.add(new FullSpeedRate.Window(second, second + 1, rate, share));
            }
            tenants.add(windows);
        }
        return tenants;
    }

    private static double harmless(int count, int seconds, double change) {
        int harmless = 0;
        for (int run = 0; run < RUNS; run++) {
            if (CoreSensitivity.of(tenants(count, seconds, change, run))
                    .filter(known -> known.isHarmless(1))
                    .isPresent()) {
                harmless++;
            }
        }
        return 1.0 * harmless / RUNS;
    }

    @Test
    void coversTheTruth() {
        for (double change : new double[] {0, -0.1, -0.4}) {
            int covered = 0;
            for (int run = 0; run < RUNS; run++) {
                CoreSensitivity known =
                        CoreSensitivity.of(tenants(4, 10, change, run)).orElseThrow();
                covered += Math.abs(known.change() - change) <= known.error() ? 1 : 0;
            }
            assertThat(1.0 * covered / RUNS).as("change %s", change).isBetween(0.91, 0.99);
        }
    }

    /** The mistake that matters: a figure that slowed cores have made smaller is taken for one at full speed. */
    @Test
    void takesWhatACoreSlowsForHarmlessNextToNever() {
        assertThat(harmless(4, 4, -0.3)).isLessThan(0.005);
        assertThat(harmless(2, 10, -0.3)).isLessThan(0.005);
        assertThat(harmless(1, 10, -0.1)).isLessThan(0.01);
        assertThat(harmless(8, 30, -0.05)).isLessThan(0.005);
    }

    @Test
    void findsThatACoreDoesNotMatter() {
        assertThat(harmless(1, 30, 0)).isGreaterThan(0.8);
        assertThat(harmless(4, 10, 0)).isGreaterThan(0.9);
        assertThat(harmless(8, 4, 0)).isGreaterThan(0.8);
    }

    /** What it may cost grows with the time for which the core was slowed. */
    @Test
    void asksForMoreWhereMoreTimeWasSlowed() {
        CoreSensitivity known = new CoreSensitivity(-0.04, 0.02);
        assertThat(known.isHarmless(0.5)).isTrue();
        assertThat(known.isHarmless(0.6)).isFalse();
        assertThat(new CoreSensitivity(0.04, 0.02).isHarmless(1)).isFalse();
    }

    @Test
    void saysNothingWithoutContrast() {
        List<FullSpeedRate.Window> always = new ArrayList<>();
        for (int second = 0; second < 20; second++) {
            always.add(new FullSpeedRate.Window(second, second + 1, 1000, 0.9 + 0.005 * second));
        }
        assertThat(CoreSensitivity.of(List.of(always))).isEmpty();
        assertThat(CoreSensitivity.of(List.of(always.subList(0, 5), List.of()))).isEmpty();
        assertThat(CoreSensitivity.of(List.of())).isEmpty();
    }

    @Test
    void weighsWindowsByTheirLength() {
        List<FullSpeedRate.Window> windows = new ArrayList<>();
        for (int second = 0; second < 12; second++) {
            double share = second % 2;
            windows.add(new FullSpeedRate.Window(second, second + 1, 1000 - 200 * share, share));
        }
        // A window that the stop cut short, in which hardly a step ended.
        windows.add(new FullSpeedRate.Window(12, 12.001, 0, 0));
        assertThat(CoreSensitivity.of(List.of(windows)).orElseThrow().change()).isCloseTo(-0.2, within(0.001));
    }
}
