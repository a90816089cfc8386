package io.gpushare.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EarlyStoppingTest {

    @ParameterizedTest
    @CsvSource({
        "0.9, 0, 44", "0.9, 1, 64", "0.9, 2, 81", "0.9, 5, 127", "0.9, 10, 197", "0.9, 100, 1246",
        "0.99, 0, 459", "0.99, 1, 662", "0.99, 2, 838", "0.99, 5, 1307", "0.99, 10, 2010", "0.99, 100, 12571",
        "0.999, 0, 4603"
    })
    void agreesWithLoadGensTable(double percentile, long overLatency, long count) {
        assertThat(EarlyStopping.minimumCount(percentile, overLatency)).isEqualTo(count);
    }

    /**
     * LoadGen's rule in other words: were just the share p within the bound, the chance that no more than t of n are
     * over it would be at most 1 %. Added up here term by term.
     */
    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0.95, 0.99, 0.999})
    void isTheLeastCountThatIsSureForEveryNumberOverTheBound(double percentile) {
        for (int over = 0; over <= 100; over++) {
            long count = EarlyStopping.minimumCount(percentile, over);
            assertThat(chanceOfAtMost(over, count, percentile)).isLessThanOrEqualTo(0.01);
            assertThat(chanceOfAtMost(over, count - 1, percentile)).isGreaterThan(0.01);
            assertThat(EarlyStopping.mostOver(percentile, count)).hasValue(over);
            if (over > 0) {
                assertThat(EarlyStopping.mostOver(percentile, count - 1)).hasValue(over - 1L);
            }
        }
    }

    private static double chanceOfAtMost(int over, long count, double within) {
        double logOfTerm = count * Math.log(within);
        double sum = Math.exp(logOfTerm);
        for (int k = 1; k <= over; k++) {
            logOfTerm += Math.log((double) (count - k + 1) / k) + Math.log(1 - within) - Math.log(within);
            sum += Math.exp(logOfTerm);
        }
        return sum;
    }

    @Test
    void nothingMayBeSaidOfTooFew() {
        assertThat(EarlyStopping.mostOver(0.99, 458)).isEmpty();
    }

    /** Without any over the bound I(p; h, 1) = p^h. */
    @ParameterizedTest
    @ValueSource(doubles = {0.005, 0.1, 0.5, 0.9, 0.95, 0.99, 0.999, 0.9999})
    void isTheLengthOfALuckyStreakWhenNoneIsOverTheBound(double percentile) {
        long count = EarlyStopping.minimumCount(percentile);
        assertThat(Math.pow(percentile, (double) count)).isLessThanOrEqualTo(0.01);
        assertThat(Math.pow(percentile, count - 1.0)).isGreaterThan(0.01);
    }

    @Test
    void validatesFromThatCountOn() {
        assertThat(EarlyStopping.isValidated(0.99, 458)).isFalse();
        assertThat(EarlyStopping.isValidated(0.99, 459)).isTrue();
        assertThat(EarlyStopping.isValidated(0.9, 0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 99, -0.5, Double.NaN})
    void refusesWhatIsNoShare(double percentile) {
        assertThatIllegalArgumentException().isThrownBy(() -> EarlyStopping.minimumCount(percentile));
    }

    @Test
    void refusesANegativeCount() {
        assertThatIllegalArgumentException().isThrownBy(() -> EarlyStopping.minimumCount(0.9, -1));
    }
}
