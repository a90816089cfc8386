package io.gpushare.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.gpushare.text.SafeText;

/** What {@code --json} prints. */
public final class JsonAnswer {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonAnswer() {}

    /** @param answer a tree of nodes, or maps and lists of plain values */
    public static String render(Object answer) {
        try {
            return SafeText.json(MAPPER.writeValueAsString(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values must print", e);
        }
    }
}
