package io.gpushare.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b", "\u009b", "\n", "\r", "\t", "\u0000", "\u007f", "\u2028", "\u2029", "\u202e", "\u2066",
                "\u200b", "\ufeff", "\ud800"
            })
    void takesAwayWhatDrives(String driving) {
        assertThat(SafeText.of("a" + driving + "b")).isEqualTo("a?b");
    }

    @Test
    void inJsonNothingIsLost() throws IOException {
        String text = "\u202e \u001b \n \u007f \ud83d\ude00 ##[error] ä \u2028 \udb40\udc01";
        ObjectMapper json = new ObjectMapper();
        String rendered = SafeText.json(json.writerWithDefaultPrettyPrinter().writeValueAsString(Map.of("a", text)));
        assertThat(json.readTree(rendered).path("a").asText()).isEqualTo(text);
        assertThat(rendered).contains("\\u202e", "ä").doesNotContain("\u202e", "\u007f", "\u2028", "##");
    }

    @Test
    void leavesWhatIsOnlyShown() {
        String shown = "resnet-train[batch=32] × 2 · ± 0,5 µs – “mélange” 混合 😀 <script>|`";
        assertThat(SafeText.of(shown)).isEqualTo(shown);
    }
}
