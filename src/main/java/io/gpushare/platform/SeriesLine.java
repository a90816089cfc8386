package io.gpushare.platform;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A line of Prometheus' text format that has a value: {@code NAME{label="…",…} VALUE [TIME]}.
 *
 * @param value may be infinite or no number
 */
record SeriesLine(String name, Map<String, String> labels, double value) {
    SeriesLine {
        labels = Map.copyOf(labels);
    }

    /** Empty for a comment, an empty line, and whatever else is no such line. */
    static Optional<SeriesLine> of(String line) {
        if (line.isBlank() || line.startsWith("#")) {
            return Optional.empty();
        }
        int brace = line.indexOf('{');
        int space = line.indexOf(' ');
        if (brace < 0 || (space >= 0 && space < brace)) {
            return space <= 0 ? Optional.empty() : valued(line.substring(0, space), Map.of(), line.substring(space));
        }
        Map<String, String> labels = new HashMap<>();
        int end = readLabels(line, brace + 1, labels);
        return end < 0 ? Optional.empty() : valued(line.substring(0, brace), labels, line.substring(end));
    }

    private static Optional<SeriesLine> valued(String name, Map<String, String> labels, String rest) {
        String[] words = rest.strip().split("\\s+", -1);
        try {
            return Optional.of(new SeriesLine(name, labels, number(words[0])));
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static double number(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "+Inf", "Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** @return where what follows the labels begins; below 0 where they never end */
    private static int readLabels(String line, int from, Map<String, String> labels) {
        int at = from;
        while (at < line.length()) {
            if (line.charAt(at) == '}') {
                return at + 1;
            }
            int equals = line.indexOf("=\"", at);
            if (equals < 0) {
                return -1;
            }
            StringBuilder value = new StringBuilder();
            int next = readQuoted(line, equals + 2, value);
            if (next < 0) {
                return -1;
            }
            labels.put(line.substring(at, equals).strip(), value.toString());
            at = next < line.length() && line.charAt(next) == ',' ? next + 1 : next;
        }
        return -1;
    }

    private static int readQuoted(String line, int from, StringBuilder value) {
        int at = from;
        while (at < line.length()) {
            char character = line.charAt(at);
            if (character == '"') {
                return at + 1;
            }
            boolean escape = character == '\\';
            if (escape && at + 1 == line.length()) {
                return -1;
            }
            char meant = escape ? line.charAt(at + 1) : character;
            value.append(escape && meant == 'n' ? '\n' : meant);
            at += escape ? 2 : 1;
        }
        return -1;
    }
}
