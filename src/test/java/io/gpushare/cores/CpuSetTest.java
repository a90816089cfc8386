package io.gpushare.cores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CpuSetTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "0", "3", "0-1", "0-3,8", "1,3,5", "0-1,3,6-7", "63-64,1023"})
    void isWrittenAsTheKernelDoes(String text) {
        assertThat(CpuSet.parse(text)).hasToString(text);
    }

    @Test
    void numbersThatFollowEachOtherAreARange() {
        assertThat(CpuSet.of(List.of(9, 2, 1, 0, 2))).hasToString("0-2,9");
        assertThat(CpuSet.parse(" 1,0\n")).hasToString("0-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "0-", "0,,1", "-1", "1 2", "0-99999999999"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> CpuSet.parse(text)).hasMessageContaining("no list of processors");
    }

    @Test
    void readsWhereAProcessMayRun() {
        assertThat(CpuSet.allowedTo(Path.of("/proc/self")).orElseThrow().isEmpty())
                .isFalse();
        assertThat(CpuSet.allowedTo(Path.of("/proc/0"))).isEmpty();
    }
}
