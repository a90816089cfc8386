package io.gpushare.results;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.function.Function;

/** A reading in a file or an answer: what is absent is null, and its reason stands beside it. */
public final class ReadingJson {
    public static final String REASON_SUFFIX = "_absent";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ReadingJson() {}

    public static void put(ObjectNode node, String name, Reading<?> reading) {
        switch (reading) {
            case Reading.Value<?>(Object value) -> node.set(name, nodeOf(value));
            case Reading.Absent<?>(Absence absence) -> node.putNull(name).put(name + REASON_SUFFIX, absence.reason());
        }
    }

    /**
     * What {@link #put} wrote.
     *
     * @throws IllegalArgumentException when neither a value nor a reason is there
     */
    public static <T> Reading<T> get(JsonNode node, String name, Function<JsonNode, T> value) {
        JsonNode field = node.path(name);
        if (!field.isMissingNode() && !field.isNull()) {
            return Reading.of(value.apply(field));
        }
        JsonNode reason = node.path(name + REASON_SUFFIX);
        if (!reason.isTextual()) {
            throw new IllegalArgumentException(name + " has neither a value nor a reason for having none");
        }
        return Reading.absent(Absence.ofReason(reason.textValue())
                .orElseThrow(() -> new IllegalArgumentException("no reason for an absence: " + reason.textValue())));
    }

    private static JsonNode nodeOf(Object value) {
        return switch (value) {
            case JsonNode node -> node;
            case String text -> JSON.textNode(text);
            case Boolean truth -> JSON.booleanNode(truth);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            default -> JSON.pojoNode(value);
        };
    }
}
