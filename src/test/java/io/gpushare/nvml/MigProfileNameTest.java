package io.gpushare.nvml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigProfileNameTest {
    private static final long MIB = 1024 * 1024;

    @ParameterizedTest
    @CsvSource({
        "1, 16384, 143771, false, 1g.18gb",
        "1, 16384, 143771, true, 1g.18gb+me",
        "1, 33280, 143771, false, 1g.35gb",
        "3, 71424, 143771, false, 3g.71gb",
        "7, 143360, 143771, false, 7g.141gb",
        "1, 4864, 40960, false, 1g.5gb",
        "1, 9856, 40960, false, 1g.10gb",
        "3, 19968, 40960, false, 3g.20gb",
    })
    void composesTheNamesThatNvidiaGives(int slices, long memoryMib, long gpuMib, boolean media, String name) {
        assertThat(MigProfileName.compose(slices, memoryMib, gpuMib * MIB, media))
                .isEqualTo(name);
    }

    @Test
    void takesTheProfileOutOfADeviceName() {
        assertThat(MigProfileName.ofDevice("NVIDIA H200 MIG 1c.3g.71gb")).isEqualTo("1c.3g.71gb");
        assertThat(MigProfileName.ofDevice("MIG 1g.18gb+me")).isEqualTo("1g.18gb+me");
    }
}
