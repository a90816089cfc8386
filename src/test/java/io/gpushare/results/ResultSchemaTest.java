package io.gpushare.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class ResultSchemaTest {
    @Test
    void speaksEnglishOnAMachineThatSpeaksAnotherLanguage() throws Exception {
        Locale ours = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(ResultSchema.benchmark().problemsOf(new ObjectMapper().readTree("{}")))
                    .contains("required property 'kind' not found");
        } finally {
            Locale.setDefault(ours);
        }
    }
}
