package io.gpushare.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Gives a document values that nobody expects, and that a reader who looks at types and ranges often lets through: of
 * the same type as what was there. Repeatable by its seed.
 */
public final class OddDocument {
    /** Half of a pair of surrogates can be said in JSON, but not in UTF-8. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The numbers of these are checked against others, and seldom come through; see {@link #renamed}. */
    private static final List<String> LEFT = List.of("windows", "columns");

    private static final List<Double> NUMBERS =
            List.of(0.0, -0.0, 1.0, -1.0, 0.5, 1e-320, 1e-9, 1e9, 1e18, 1e300, Double.MAX_VALUE, -1e300, 2147483648.0);

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\n",
            "\0",
            "\u001b[2J",
            "\ud800",
            "\udc00\ud83d",
            "\u202eexe.txt",
            "e\u0301\u0327\u200d\u200b\ufeff",
            "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67",
            "\u05d0\u05d1 \u0627\u0644\u0639\u0631\u0628\u064a\u0629 \u6f22\u5b57",
            "\uffff",
            "<script>alert(1)</script>",
            "</script><!--",
            "]]>",
            "a|b`c`*d*",
            "%s%n%d",
            "$1\\",
            "NaN",
            "-Infinity",
            "1e999",
            "../../etc/passwd",
            "/",
            "a\0b",
            "x=[y,z]",
            "x[batch=]",
            "[",
            "=1+1",
            "mig",
            "exclusive",
            "time-slicing",
            "INVALID",
            "0s",
            "9999999999h",
            "+1000000000-12-31T23:59:59Z",
            "x".repeat(300),
            "word ".repeat(20_000),
            "\ud83d\ude00".repeat(50_000));

    private final SplittableRandom random;

    public OddDocument(long seed) {
        random = new SplittableRandom(seed);
    }

    /** What stands somewhere in it is replaced, left out, or there twice; one to three times. */
    public String changed(String document) throws JsonProcessingException {
        JsonNode tree = JSON.readTree(document);
        int times = 1 + random.nextInt(3);
        for (int i = 0; i < times; i++) {
            List<Runnable> changes = new ArrayList<>();
            collect(tree, changes, random.nextInt(8) == 0);
            if (!changes.isEmpty()) {
                changes.get(random.nextInt(changes.size())).run();
            }
        }
        return JSON.writeValueAsString(tree);
    }

    /** A name that stands in many places is another in all of them. */
    public String renamed(String document, String name) throws JsonProcessingException {
        String odd = JSON.writeValueAsString(pick(TEXTS));
        return document.replace(name, odd.substring(1, odd.length() - 1));
    }

    /** @param whole whether objects and lists are changed, too */
    private void collect(JsonNode node, List<Runnable> changes, boolean whole) {
        switch (node) {
            case ObjectNode object ->
                object.properties().forEach(member -> {
                    if (!LEFT.contains(member.getKey())) {
                        if (whole || member.getValue().isValueNode()) {
                            changes.add(() -> object.set(member.getKey(), instead(member.getValue())));
                        }
                        collect(member.getValue(), changes, whole);
                    }
                });
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    int place = i;
                    if (whole || array.get(i).isValueNode()) {
                        changes.add(() -> array.set(place, instead(array.get(place))));
                    }
                    collect(array.get(i), changes, whole);
                }
            }
            default -> {}
        }
    }

    private JsonNode instead(JsonNode node) {
        if (random.nextInt(12) == 0) {
            return NODES.nullNode();
        }
        return switch (node) {
            case ObjectNode object -> emptied(object);
            case ArrayNode array ->
                random.nextBoolean() ? NODES.arrayNode() : array.deepCopy().addAll(array);
            case JsonNode number
            when number.isIntegralNumber() ->
                random.nextInt(3) > 0 ? NODES.numberNode(random.nextLong() >> random.nextInt(64)) : number();
            case JsonNode number when number.isNumber() -> number();
            case JsonNode word when word.isBoolean() -> NODES.booleanNode(!word.booleanValue());
            case JsonNode nothing
            when nothing.isNull() -> random.nextBoolean() ? number() : NODES.textNode(pick(TEXTS));
            default -> NODES.textNode(pick(TEXTS));
        };
    }

    private JsonNode emptied(ObjectNode object) {
        List<String> names =
                object.propertyStream().map(member -> member.getKey()).toList();
        if (names.isEmpty()) {
            return object.deepCopy().put(pick(TEXTS), pick(NUMBERS));
        }
        String name = names.get(random.nextInt(names.size()));
        ObjectNode other = object.deepCopy();
        JsonNode value = other.remove(name);
        return random.nextBoolean() ? other : other.set(pick(TEXTS), value);
    }

    private JsonNode number() {
        return NODES.numberNode(pick(NUMBERS));
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
