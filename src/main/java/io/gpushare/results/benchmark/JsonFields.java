package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/** Fields of a result that are neither plain numbers nor readings of numbers. */
final class JsonFields {
    private JsonFields() {}

    /**
     * In alphabetical order. A number that JSON does not have is null: a loss that became infinite is no reason to lose
     * a run.
     */
    static ObjectNode of(Map<String, Double> numbers) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(numbers).forEach((name, number) -> node.put(name, Double.isFinite(number) ? number : null));
        return node;
    }

    static Map<String, Double> numbers(JsonNode node) {
        Map<String, Double> numbers = new TreeMap<>();
        node.properties().forEach(field -> numbers.put(field.getKey(), numberOf(field.getValue())));
        return numbers;
    }

    private static double numberOf(JsonNode node) {
        return node.isNull() ? Double.NaN : node.asDouble();
    }
}
