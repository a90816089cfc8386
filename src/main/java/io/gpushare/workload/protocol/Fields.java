package io.gpushare.workload.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.analysis.LatencyCounts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the fields of one JSON object in a message, each of them at most once, and keeps those that nobody asks for.
 */
final class Fields {
    /** Sums and rates of such numbers are numbers still, and no program does as much. */
    private static final double MOST = 1e18;

    private final JsonParser json;
    private final ObjectMapper trees;
    private final String owner;
    private String[] seen = new String[8];
    private int seenCount;
    private Map<String, JsonNode> more = Map.of();

    /**
     * @param json at the begin of the object
     * @param owner as in "a window message"
     */
    Fields(JsonParser json, ObjectMapper trees, String owner) {
        this.json = json;
        this.trees = trees;
        this.owner = owner;
    }

    /** Goes to the next field, whose value must then be read or kept; false at the end of the object. */
    boolean next() throws IOException {
        return json.nextToken() == JsonToken.FIELD_NAME;
    }

    /** The same, of what every message has besides: it was looked at before. */
    boolean nextOfMessage() throws IOException, ProtocolViolationException {
        while (next()) {
            String name = name();
            if (!name.equals("gpushare") && !name.equals("type")) {
                return true;
            }
            note(name);
            json.nextToken();
        }
        return false;
    }

    String name() throws IOException {
        return json.currentName();
    }

    /** Whole and not negative. */
    long count(long most) throws IOException, ProtocolViolationException {
        begin();
        return count(most, name());
    }

    double number() throws IOException, ProtocolViolationException {
        begin();
        double number = anyNumber(name());
        if (number < 0 || number > MOST) {
            throw wrong(name(), "a number from 0 to 1e18");
        }
        return number;
    }

    String text() throws IOException, ProtocolViolationException {
        begin();
        return text(name());
    }

    Optional<String> optionalText() throws IOException, ProtocolViolationException {
        begin();
        return isNull() ? Optional.empty() : Optional.of(text(name()));
    }

    OptionalLong optionalCount(long most) throws IOException, ProtocolViolationException {
        begin();
        return isNull() ? OptionalLong.empty() : OptionalLong.of(count(most, name()));
    }

    /** A list of whole numbers that are not negative. */
    List<Long> counts(int mostCounts, long most) throws IOException, ProtocolViolationException {
        begin();
        String field = name();
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(field, "a list of whole numbers");
        }
        List<Long> counts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (counts.size() == mostCounts) {
                throw new ProtocolViolationException(
                        "'" + field + "' of " + owner + " has more than " + mostCounts + " numbers");
            }
            counts.add(count(most, field));
        }
        return counts;
    }

    Map<String, String> texts() throws IOException, ProtocolViolationException {
        String field = beginObject("an object of strings");
        Map<String, String> texts = new LinkedHashMap<>();
        while (next()) {
            String key = name();
            json.nextToken();
            if (texts.put(key, text(field + "." + key)) != null) {
                throw twice(field + "." + key);
            }
        }
        return Collections.unmodifiableMap(texts);
    }

    Map<String, Double> numbers() throws IOException, ProtocolViolationException {
        String field = beginObject("an object of numbers");
        Map<String, Double> numbers = new LinkedHashMap<>();
        while (next()) {
            String key = name();
            json.nextToken();
            if (numbers.put(key, anyNumber(field + "." + key)) != null) {
                throw twice(field + "." + key);
            }
        }
        return Collections.unmodifiableMap(numbers);
    }

    LatencyCounts latency(LatencyScratch scratch) throws IOException, ProtocolViolationException {
        String field = beginObject("an object of counts by bucket");
        scratch.clear();
        while (next()) {
            String bucket = name();
            json.nextToken();
            scratch.add(bucket, count(LatencyScratch.MOST, bucket));
        }
        Optional<String> problem = scratch.problem();
        if (problem.isPresent()) {
            throw new ProtocolViolationException("'" + field + "' of " + owner + " " + problem.get());
        }
        return scratch.counts();
    }

    /** The fields of an object, or none where it is null. */
    Optional<Fields> object(String what) throws IOException, ProtocolViolationException {
        begin();
        if (isNull()) {
            return Optional.empty();
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(name(), "an object or null");
        }
        return Optional.of(new Fields(json, trees, what));
    }

    void keep() throws IOException, ProtocolViolationException {
        String name = name();
        json.nextToken();
        JsonNode value = trees.readTree(json);
        if (more.isEmpty()) {
            more = new LinkedHashMap<>();
        }
        if (more.put(name, value) != null) {
            throw twice(name);
        }
    }

    /** What an object inside kept, as {@code device.driver}. */
    void keepOf(String field, Fields inner) {
        if (inner.more.isEmpty()) {
            return;
        }
        if (more.isEmpty()) {
            more = new LinkedHashMap<>();
        }
        inner.more.forEach((name, value) -> more.putIfAbsent(field + "." + name, value));
    }

    Map<String, JsonNode> more() {
        return more.isEmpty() ? more : Collections.unmodifiableMap(more);
    }

    void require(String... names) throws ProtocolViolationException {
        for (String name : names) {
            if (!isSeen(name)) {
                throw new ProtocolViolationException(owner + " lacks '" + name + "'");
            }
        }
    }

    private void note(String name) throws ProtocolViolationException {
        if (isSeen(name)) {
            throw twice(name);
        }
        if (seenCount == seen.length) {
            seen = Arrays.copyOf(seen, 2 * seenCount);
        }
        seen[seenCount++] = name;
    }

    private boolean isSeen(String name) {
        for (int i = 0; i < seenCount; i++) {
            if (seen[i].equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void begin() throws IOException, ProtocolViolationException {
        note(name());
        json.nextToken();
    }

    private String beginObject(String wanted) throws IOException, ProtocolViolationException {
        begin();
        String field = name();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(field, wanted);
        }
        return field;
    }

    private boolean isNull() {
        return json.currentToken() == JsonToken.VALUE_NULL;
    }

    private long count(long most, String field) throws IOException, ProtocolViolationException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            throw wrong(field, "a whole number from 0");
        }
        boolean fits = json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        long count = fits ? json.getLongValue() : -1;
        if (count < 0 || count > most) {
            throw wrong(field, most == Long.MAX_VALUE ? "a whole number from 0" : "a whole number from 0 to " + most);
        }
        return count;
    }

    private double anyNumber(String field) throws IOException, ProtocolViolationException {
        JsonToken token = json.currentToken();
        if (token != JsonToken.VALUE_NUMBER_INT && token != JsonToken.VALUE_NUMBER_FLOAT) {
            throw wrong(field, "a number");
        }
        double number = json.getDoubleValue();
        if (!Double.isFinite(number)) {
            throw wrong(field, "a number that a double can hold");
        }
        return number;
    }

    private String text(String field) throws IOException, ProtocolViolationException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(field, "a string");
        }
        return json.getText();
    }

    private ProtocolViolationException twice(String field) {
        return new ProtocolViolationException(owner + " has '" + Excerpt.of(field) + "' twice");
    }

    private ProtocolViolationException wrong(String field, String wanted) throws IOException {
        JsonToken token = json.currentToken();
        String found = token == null || !token.isScalarValue()
                ? "something else"
                : token == JsonToken.VALUE_STRING
                        ? "\"" + Excerpt.of(json.getText()) + "\""
                        : Excerpt.of(json.getText());
        return new ProtocolViolationException(
                "'" + Excerpt.of(field) + "' of " + owner + " must be " + wanted + " and is " + found);
    }
}
