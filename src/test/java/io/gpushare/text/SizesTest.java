package io.gpushare.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SizesTest {
    @ParameterizedTest
    @CsvSource({
        "8GiB,8589934592",
        "512 MiB,536870912",
        "1.5TB,1500000000000",
        "1B,1",
        "4KB,4000",
        "4000000TiB,4398046511104000000"
    })
    void readsWhatPeopleWrite(String text, long bytes) {
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8", "8G", "8gib", "GiB", "-1GiB", "1e3MB", "8  GiB", "٣GiB"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> Sizes.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'%s' is not a size; write it as 512MiB, 8GiB or 1.5TB", text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0GiB", "0.1B", "5000000TiB", "99999999999999999999999TiB"})
    void refusesSizesThatNobodyCanMean(String text) {
        assertThatThrownBy(() -> Sizes.parse(text)).hasMessageContaining("more than nothing and less than 4 EiB");
    }

    @ParameterizedTest
    @CsvSource({
        "8589934592,8GiB",
        "1610612736,1536MiB",
        "1500000000,1500000000B",
        "1024,1KiB",
        "1,1B",
        "2199023255552,2TiB"
    })
    void writesWhatItReadsBack(long bytes, String text) {
        assertThat(Sizes.text(bytes)).isEqualTo(text);
        assertThat(Sizes.parse(text)).isEqualTo(bytes);
    }
}
