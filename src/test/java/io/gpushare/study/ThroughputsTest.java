package io.gpushare.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.gpushare.results.benchmark.Throughputs;
import org.junit.jupiter.api.Test;

final class ThroughputsTest {
    @Test
    void addsUpOnlyWhatIsTheSameWork() {
        Throughputs throughputs = Throughputs.of(MadeRun.in("mps")
                .tenants("train", 5000)
                .tenants("infer", 1000, 2000)
                .stored()
                .result());

        assertThat(throughputs.byVariant()).containsExactly(entry("train", 5000.0), entry("infer", 3000.0));
        assertThat(throughputs.byUnit()).isEmpty();
    }

    @Test
    void tenantsThatTakeTurnsShareTheTime() {
        Throughputs throughputs = Throughputs.of(
                MadeRun.in("exclusive").tenants("a", 100, 300).stored().result());

        assertThat(throughputs.byVariant()).containsExactly(entry("a", 200.0));
        assertThat(throughputs.byUnit()).containsExactly(entry("sample", 200.0));
    }
}
