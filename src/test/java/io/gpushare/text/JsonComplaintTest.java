package io.gpushare.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonComplaintTest {
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static String complaint(String text) {
        JacksonException[] problem = new JacksonException[1];
        assertThatThrownBy(() -> STRICT.readTree(text))
                .isInstanceOfSatisfying(JacksonException.class, thrown -> problem[0] = thrown);
        return JsonComplaint.of(problem[0]);
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(complaint("{\"a\":\n]}")).isEqualTo("Unexpected character (']' (code 93)): expected a valid value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "root:HUSH:1",
                "HUSH",
                "{\"a\": HUSH'hush}",
                "{\"it's HUSH\": 1, \"it's HUSH\": 2}",
                "{\"HUSH",
                "{'HUSH': 1}",
                "-HUSH"
            })
    void quotesNothing(String text) {
        assertThat(complaint(text)).isNotBlank().doesNotContainIgnoringCase("hush");
    }
}
