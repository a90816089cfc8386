package io.gpushare.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.gpu.Absence;
import io.gpushare.gpu.Reading;
import java.util.Locale;

/** Builds what {@code --json} prints. An absent reading is null, and its reason stands under {@code absent}. */
final class JsonAnswer {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String REASONS = "absent";

    private JsonAnswer() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** @param reading of a String, Integer, Long, Double, Boolean or an enum */
    static void put(ObjectNode node, String field, Reading<?> reading) {
        switch (reading) {
            case Reading.Value<?>(Object value) -> node.set(field, scalar(value));
            case Reading.Absent<?>(Absence absence) -> {
                node.putNull(field);
                reason(node, field, absence);
            }
        }
    }

    static void reason(ObjectNode node, String field, Absence absence) {
        node.withObjectProperty(REASONS).put(field, absence.reason());
    }

    private static JsonNode scalar(Object value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (value) {
            case Integer number -> nodes.numberNode(number);
            case Long number -> nodes.numberNode(number);
            case Double number -> nodes.numberNode(number);
            case Boolean flag -> nodes.booleanNode(flag);
            case Enum<?> constant -> nodes.textNode(constant.name().toLowerCase(Locale.ROOT));
            case JsonNode node -> node;
            default -> nodes.textNode(value.toString());
        };
    }

    /** From maps, lists and plain values. */
    static JsonNode tree(Object plain) {
        return MAPPER.valueToTree(plain);
    }

    static String render(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain nodes must print", e);
        }
    }
}
