package io.gpushare.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.gpushare.prose.Harmless;

/** What {@code --json} prints. */
final class JsonAnswer {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private JsonAnswer() {}

    /** @param answer a tree of nodes, or maps and lists of plain values */
    static String render(Object answer) {
        try {
            return Harmless.json(MAPPER.writeValueAsString(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values must print", e);
        }
    }
}
