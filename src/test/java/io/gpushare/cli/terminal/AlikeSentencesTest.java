package io.gpushare.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AlikeSentencesTest {
    private static String slow(int tenant, int steps) {
        return "Tenant " + tenant + " (spin) finished only " + steps + " steps in the measured time.";
    }

    @Test
    void saysOnceWhatIsSaidOfMany() {
        List<String> sentences =
                IntStream.range(0, 64).mapToObj(tenant -> slow(tenant, 6)).toList();
        assertThat(AlikeSentences.joined(sentences))
                .containsExactly("Each of tenants 0–63 (spin) finished only 6 steps in the measured time.");
    }

    @Test
    void givesTheRangeOfNumbersThatDiffer() {
        assertThat(AlikeSentences.joined(List.of(slow(0, 10), slow(1, 9), slow(5, 9), slow(4, 2))))
                .containsExactly("Each of tenants 0, 1, 4, 5 (spin) finished only 2 to 10 steps in the measured time.");
    }

    /** Cores are names, not amounts, and tenants may have had more or fewer. */
    @Test
    void namesTheCoresOfAll() {
        assertThat(AlikeSentences.joined(List.of(
                        "Tenant 0 (a) cannot be judged: cores 7, 8 ran at 58 % of their speed for 14.2 of 15.0 s.",
                        "Tenant 1 (b) cannot be judged: cores 1, 2, 15 ran at 55 % of their speed for 12.4 of 15.8 s.",
                        "Tenant 2 (c) cannot be judged: cores 3, 7 ran at 55 % of their speed for 12.4 of 15.8 s.")))
                .containsExactly(
                        "Each of tenants 0–2 (a, b, c) cannot be judged: cores 1–3, 7, 8, 15 ran at 55 to 58 % of"
                                + " their speed for 12.4 to 14.2 of 15.0 to 15.8 s.");
        assertThat(AlikeSentences.joined(List.of("Tenant 0 (a) had core 7.", "Tenant 1 (a) had core 9.")))
                .containsExactly("Each of tenants 0, 1 (a) had cores 7, 9.");
    }

    @Test
    void leavesAloneWhatIsSaidOfOneOrOfNobody() {
        List<String> sentences =
                List.of(slow(3, 4), "The tenants started 12.1 ms apart.", "In the baseline of spin: " + slow(0, 4));
        assertThat(AlikeSentences.joined(sentences)).isEqualTo(sentences);
    }

    @Test
    void namesTheFolderOfTheirOutput() {
        assertThat(AlikeSentences.joined(List.of(
                        "Tenant 0 (a) failed (exit): status 1. Its output is in r_4.logs/tenant-0.log.",
                        "Tenant 1 (b) failed (exit): status 1. Its output is in r_4.logs/tenant-1.log.")))
                .containsExactly("Each of tenants 0, 1 (a, b) failed (exit): status 1. Their output is in r_4.logs.");
    }

    @Test
    void aNumberInANameIsNoAmount() {
        List<String> sentences = List.of("Tenant 0 (a) used cuda-12 on p99.", "Tenant 1 (a) used cuda-13 on p99.");
        assertThat(AlikeSentences.joined(sentences)).isEqualTo(sentences);
    }
}
