package io.gpushare.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SmCountTest {
    @ParameterizedTest
    @CsvSource({"9.0, 16896, 132", "10.0, 18944, 148", "8.0, 6912, 108", "8.9, 18176, 142", "7.5, 2560, 40"})
    void dividesTheCoresByThoseThatMakeOne(String generation, int cores, int sms) {
        assertThat(GpuIdentity.smCount(Reading.of(generation), Reading.of(cores)))
                .isEqualTo(Reading.of(sms));
    }

    @Test
    void saysWhatIsNotKnown() {
        Reading<Integer> noCores = Reading.absent(Absence.Kind.NOT_IN_DRIVER);
        assertThat(GpuIdentity.smCount(Reading.of("9.0"), noCores)).isEqualTo(noCores);
        assertThat(GpuIdentity.smCount(Reading.of("99.0"), Reading.of(1024)).whyAbsent())
                .hasValueSatisfying(absence -> assertThat(absence.reason()).contains("compute capability 99.0"));
    }
}
