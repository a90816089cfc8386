package io.gpushare.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.text.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A value somewhere in a document, which knows where it stands: what is wrong with it can be told.
 *
 * @param path as {@code results[2].times[5]}; empty for the whole document
 */
record ForeignValue(JsonNode node, String path) {
    private static final int LONGEST_EXCERPT = 60;
    /** Beyond any time, size or count that was ever measured; sums of such numbers stay finite. */
    private static final double LARGEST = 1e18;
    /** Longer than any command; a name of a table's every line. */
    private static final int LONGEST_TEXT = 10_000;

    /** An interval over more values would take minutes, and be as narrow with fewer. */
    private static final int MOST_SAMPLES = 20_000;

    static ForeignValue whole(JsonNode document) {
        return new ForeignValue(document, "");
    }

    boolean has(String name) {
        return !at(name).isAbsent();
    }

    /** Null counts as absent: programs write it for what they do not know. */
    boolean isAbsent() {
        return node.isMissingNode() || node.isNull();
    }

    ForeignValue at(String name) {
        return new ForeignValue(node.path(name), path.isEmpty() ? name : path + "." + name);
    }

    Stream<ForeignValue> elements() {
        return IntStream.range(0, node.size()).mapToObj(i -> new ForeignValue(node.path(i), path + "[" + i + "]"));
    }

    /** Names of its fields. */
    List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    ForeignValue object() {
        return require(node.isObject(), "an object");
    }

    ForeignValue array() {
        return require(node.isArray(), "an array");
    }

    ForeignValue nonEmptyArray() {
        return array().require(!node.isEmpty(), "an array with something in it");
    }

    /** One value a run. */
    ForeignValue samples() {
        return nonEmptyArray()
                .require(node.size() <= MOST_SAMPLES, "an array with " + MOST_SAMPLES + " elements at most");
    }

    String text() {
        require(node.isTextual() && !node.textValue().isBlank(), "a text");
        require(node.textValue().length() <= LONGEST_TEXT, "a text of " + LONGEST_TEXT + " characters at most");
        return node.textValue();
    }

    /** Numbers stand for a text, too: versions and time stamps are written so. */
    Optional<String> optionalWord() {
        if (isAbsent()) {
            return Optional.empty();
        }
        require(node.isTextual() || node.isNumber(), "a text");
        return Optional.of(node.asText()).filter(word -> !word.isBlank());
    }

    /** At least 0: nothing that a benchmark measures is below. */
    double amount() {
        require(
                node.isNumber() && node.doubleValue() >= 0 && node.doubleValue() <= LARGEST,
                "a number that is not below 0, and 10^18 at most");
        return node.doubleValue();
    }

    Optional<Double> optionalAmount() {
        return isAbsent() ? Optional.empty() : Optional.of(amount());
    }

    Optional<Long> optionalCount() {
        if (isAbsent()) {
            return Optional.empty();
        }
        require(node.isIntegralNumber() && node.canConvertToLong() && node.longValue() >= 0, "a whole number");
        return Optional.of(node.longValue());
    }

    ForeignValue require(boolean kept, String what) {
        if (kept) {
            return this;
        }
        String name = path.isEmpty() ? "the document" : path;
        throw new NotInFormatException(
                name + " must be " + what + ", and is " + (node.isMissingNode() ? "missing" : excerpt(node)));
    }

    private static String excerpt(JsonNode node) {
        if (node.isContainerNode()) {
            return (node.isArray() ? "an array of " : "an object with ")
                    + node.size()
                    + (node.size() == 1 ? " element" : " elements");
        }
        String text = SafeText.of(node.toString());
        return text.length() <= LONGEST_EXCERPT ? text : text.substring(0, LONGEST_EXCERPT) + "…";
    }
}
