package io.gpushare.run.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.analysis.Estimate;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often the interval of a measurement that ended because it was sure enough holds the true figure. */
class StoppingTest {
    private static final int RUNS = 1500;
    private static final double PERCENT = 2;

    @ParameterizedTest
    @CsvSource({"0, 92", "0.3, 91", "0.6, 88"})
    void believesNotMuchMoreThanItMay(double alike, double leastPercent) {
        int held = 0;
        for (int run = 0; run < RUNS; run++) {
            held += stopped(new SplittableRandom(run), alike).contains(1) ? 1 : 0;
        }
        assertThat(100.0 * held / RUNS).isBetween(leastPercent, 97.0);
    }

    private static Estimate stopped(SplittableRandom random, double alike) {
        double[] rates = new double[1000];
        double state = random.nextGaussian();
        int inARow = 0;
        for (int second = 0; second < rates.length; second++) {
            rates[second] = 1 + 0.05 * state;
            state = alike * state + Math.sqrt(1 - alike * alike) * random.nextGaussian();
            if (second + 1 >= PrecisionWatch.LEAST_WINDOWS) {
                double[] seen = Arrays.copyOf(rates, second + 1);
                double[] seconds = new double[seen.length];
                Arrays.fill(seconds, 1);
                Estimate estimate = Estimate.ofRatio(seen, seconds).orElseThrow();
                inARow = estimate.percent() <= PERCENT ? inARow + 1 : 0;
                if (inARow == PrecisionWatch.IN_A_ROW) {
                    return estimate;
                }
            }
        }
        throw new AssertionError("never sure enough");
    }
}
