package io.gpushare.mode.nvidia;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.mode.Quantum;
import io.gpushare.reading.Reading;
import org.junit.jupiter.api.Test;

class ComputePolicyTableTest {
    private static final String TABLE = """
            +-------------------------------------+
            | GPU compute policies:               |
            | GPU     Name           Value        |
            |=====================================|
            |   0   Timeslice       Default       |
            |   1   Timeslice       Long          |
            |   2   Timeslice       Gigantic      |
            +-------------------------------------+
            """;

    @Test
    void readsTheRowOfThisGpu() {
        assertThat(ComputePolicyTable.quantum(0, TABLE)).isEqualTo(Reading.of(Quantum.DEFAULT));
        assertThat(ComputePolicyTable.quantum(1, TABLE)).isEqualTo(Reading.of(Quantum.LONG));
    }

    @Test
    void tellsWhyThereIsNone() {
        assertThat(ComputePolicyTable.quantum(2, TABLE)
                        .whyAbsent()
                        .orElseThrow()
                        .reason())
                .contains("Gigantic");
        assertThat(ComputePolicyTable.quantum(3, TABLE).asOptional()).isEmpty();
    }
}
