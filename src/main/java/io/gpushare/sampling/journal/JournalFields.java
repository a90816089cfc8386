package io.gpushare.sampling.journal;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * What a line of a journal holds, if it is what was written: each throws an {@link IllegalArgumentException} otherwise.
 */
final class JournalFields {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
    /** A hundred years: no run has a later time, and no driver recorded anything longer before one. */
    private static final BigDecimal LATEST_MILLIS = BigDecimal.valueOf(100L * 366 * 24 * 3600 * 1000);

    private JournalFields() {}

    static String text(JsonNode line, String field) {
        String text = line.required(field).textValue();
        if (text == null) {
            throw new IllegalArgumentException(field + " is no text");
        }
        return text;
    }

    static String someText(JsonNode line, String field) {
        String text = text(line, field);
        if (text.isEmpty()) {
            throw new IllegalArgumentException(field + " is empty");
        }
        return text;
    }

    /** As tables and metrics are called. */
    static String name(JsonNode line, String field) {
        String name = text(line, field);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(field + " is no name");
        }
        return name;
    }

    /** Not negative. */
    static int count(JsonNode line, String field) {
        JsonNode count = line.required(field);
        if (!count.isInt() || count.intValue() < 0) {
            throw new IllegalArgumentException(field + " is no count");
        }
        return count.intValue();
    }

    /** Not negative. */
    static long amount(JsonNode line, String field) {
        JsonNode amount = line.required(field);
        if (!amount.canConvertToExactIntegral() || !amount.canConvertToLong() || amount.longValue() < 0) {
            throw new IllegalArgumentException(field + " is no amount");
        }
        return amount.longValue();
    }

    static <E extends Enum<E>> E choice(JsonNode line, String field, Class<E> type) {
        return Enum.valueOf(type, text(line, field));
    }

    /** Of a time in milliseconds since the beginning, not before it. */
    static long nanos(JsonNode line, String field) {
        JsonNode millis = line.required(field);
        if (!millis.isNumber() || !Double.isFinite(millis.doubleValue())) {
            throw new IllegalArgumentException(field + " is no time");
        }
        BigDecimal exactly = millis.decimalValue();
        if (exactly.signum() < 0 || exactly.compareTo(LATEST_MILLIS) > 0) {
            throw new IllegalArgumentException(field + " is out of reach");
        }
        return exactly.movePointRight(6).longValue();
    }

    /** As {@link #nanos(JsonNode, String)}; negative for what a driver recorded shortly before. */
    static long nanos(double millis) {
        if (!(Math.abs(millis) <= LATEST_MILLIS.doubleValue())) {
            throw new IllegalArgumentException("a time is out of reach");
        }
        return Math.round(millis * 1e6);
    }
}
