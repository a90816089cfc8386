package io.gpushare.report.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.ReadingJson;
import java.util.List;
import java.util.Optional;

/** Fields that have no value of their own kind. */
final class Nodes {
    private Nodes() {}

    static void absent(ObjectNode node, String name, String reason) {
        node.putNull(name).put(name + ReadingJson.REASON_SUFFIX, reason);
    }

    /** JSON has no infinity. */
    static void number(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            absent(node, name, "no finite number");
        }
    }

    static void number(ObjectNode node, String name, Optional<Double> value, String whyNot) {
        value.ifPresentOrElse(known -> number(node, name, known), () -> absent(node, name, whyNot));
    }

    static void put(ObjectNode node, String name, List<String> texts) {
        texts.forEach(node.putArray(name)::add);
    }
}
