package io.gpushare.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class AbsenceTest {
    @ParameterizedTest
    @EnumSource
    void isReadBackFromItsReason(Absence.Kind kind) {
        for (Absence absence : new Absence[] {Absence.of(kind), new Absence(kind, "nvmlX (v2)")}) {
            assertThat(Absence.ofReason(absence.reason())).contains(absence);
        }
    }

    @Test
    void otherWordsAreNone() {
        assertThat(Absence.ofReason("")).isEmpty();
        assertThat(Absence.ofReason("it was not changed")).isEmpty();
    }
}
