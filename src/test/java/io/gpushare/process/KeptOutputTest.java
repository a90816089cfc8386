package io.gpushare.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptOutputTest {
    private static String keep(String text, int piece) {
        KeptOutput kept = new KeptOutput(3);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += piece) {
            kept.add(bytes, from, Math.min(piece, bytes.length - from));
        }
        return kept.text();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 100})
    void keepsAllThatFitsAndOtherwiseTheEnds(int piece) {
        assertThat(keep("", piece)).isEmpty();
        assertThat(keep("ab", piece)).isEqualTo("ab");
        assertThat(keep("abéyz", piece)).as("a character on the border").isEqualTo("abéyz");
        assertThat(keep("abcdefg", piece)).isEqualTo("abc\n… 1 bytes are left out here …\nefg");
        assertThat(keep("abc" + "x".repeat(90) + "efg", piece)).isEqualTo("abc\n… 90 bytes are left out here …\nefg");
    }
}
