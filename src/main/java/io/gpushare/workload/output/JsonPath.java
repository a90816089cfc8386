package io.gpushare.workload.output;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a number stands in a JSON document: {@code $.results[0].mean}.
 *
 * @param steps names and, for places in a list, numbers
 */
public record JsonPath(String text, List<String> steps) {
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z_][\\w-]*)|\\['([^']+)']|\\[(\\d{1,6})]");

    public JsonPath {
        steps = List.copyOf(steps);
    }

    /** @throws IllegalArgumentException with a sentence for the person who wrote it */
    public static JsonPath parse(String text) {
        List<String> steps = new ArrayList<>();
        int at = text.startsWith("$") ? 1 : 0;
        Matcher matcher = STEP.matcher(text).region(at, text.length());
        while (at < text.length() && matcher.lookingAt()) {
            for (int group = 1; group <= 3; group++) {
                String step = matcher.group(group);
                if (step != null) {
                    steps.add(group == 3 ? "[" + step + "]" : step);
                }
            }
            at = matcher.end();
            matcher.region(at, text.length());
        }
        if (!text.startsWith("$") || steps.isEmpty() || at < text.length()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no path in a JSON document; write it as $.results[0].mean");
        }
        return new JsonPath(text, steps);
    }

    Optional<Double> in(JsonNode document) {
        JsonNode node = document;
        for (String step : steps) {
            node = step.startsWith("[")
                    ? node.path(Integer.parseInt(step.substring(1, step.length() - 1)))
                    : node.path(step);
        }
        return node.isNumber() ? Optional.of(node.doubleValue()) : Optional.empty();
    }

    @Override
    public String toString() {
        return text;
    }
}
