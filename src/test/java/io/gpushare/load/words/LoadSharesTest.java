package io.gpushare.load.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadSharesTest {
    @ParameterizedTest
    @CsvSource({
        "rate,    200,    1, 200",
        "rate,    200/s,  4, 50 50 50 50",
        "rate,    100,    3, 33.3333 33.3333 33.3333",
        "rate,    0.5,    2, 0.25 0.25",
        "rate,    200000, 2, 100000 100000",
        "clients, 16,     4, 4 4 4 4",
        "clients, 16,     3, 6 5 5",
        "clients, 3,      3, 1 1 1"
    })
    void eachServerGetsItsShare(String word, String total, int servers, String shares) {
        assertThat(LoadShares.of(word, total, servers)).isEqualTo(List.of(shares.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        clients  | 2    | 3 | 2 clients for 3 servers: each needs one of its own
        clients  | 0    | 1 | 0 clients for 1 server
        clients  | 2.5  | 1 | not a whole number
        rate     | fast | 2 | not a number
        think    | 1s   | 2 | a load cannot be shared among servers
        arrivals | x    | 2 | a load cannot be shared among servers
        """)
    void refusesWhatCannotBeShared(String word, String total, int servers, String sentence) {
        assertThatThrownBy(() -> LoadShares.of(word, total, servers))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void sharesAddUpToTheWhole() {
        for (int servers = 1; servers <= 64; servers++) {
            assertThat(LoadShares.of("clients", "64", servers).stream()
                            .mapToInt(Integer::parseInt)
                            .sum())
                    .isEqualTo(64);
        }
    }
}
