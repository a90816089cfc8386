package io.gpushare.workload;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something about a workload that a user may set.
 *
 * @param flag the program's own option, as {@code --batch}
 * @param defaultValue what the program takes when it is not set; empty where the program decides
 * @param choices the allowed values; empty when anything of the type goes
 * @param minimum of a number
 */
public record Parameter(
        String name,
        String flag,
        Type type,
        Optional<String> defaultValue,
        List<String> choices,
        Optional<BigDecimal> minimum,
        String description) {
    public enum Type {
        INTEGER("a whole number"),
        NUMBER("a number"),
        TEXT("a text");

        private final String words;

        Type(String words) {
            this.words = words;
        }
    }

    public Parameter {
        choices = List.copyOf(choices);
    }

    /**
     * The one way to write this value: {@code 16} for {@code +016}, {@code 0.001} for {@code 1e-3}.
     *
     * @throws IllegalArgumentException with a sentence, when the parameter does not take it
     */
    public String normalised(String value) {
        String written = written(value.strip());
        if (!choices.isEmpty() && !choices.contains(written)) {
            throw new IllegalArgumentException("'" + value + "' is none of " + String.join(", ", choices));
        }
        if (minimum.isPresent() && new BigDecimal(written).compareTo(minimum.get()) < 0) {
            throw new IllegalArgumentException(
                    value + " is less than " + minimum.get().toPlainString());
        }
        return written;
    }

    private String written(String value) {
        return switch (type) {
            case INTEGER -> {
                try {
                    yield Long.toString(Long.parseLong(value));
                } catch (NumberFormatException _) {
                    throw wrong(value);
                }
            }
            case NUMBER -> {
                try {
                    double number = Double.parseDouble(value);
                    BigDecimal exact = new BigDecimal(value);
                    if (!Double.isFinite(number)) {
                        throw wrong(value);
                    }
                    yield number == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
                } catch (NumberFormatException _) {
                    throw wrong(value);
                }
            }
            case TEXT -> {
                if (value.isEmpty() || value.indexOf('\0') >= 0) {
                    throw wrong(value);
                }
                yield value;
            }
        };
    }

    private IllegalArgumentException wrong(String value) {
        return new IllegalArgumentException("'" + value + "' is not " + type.words);
    }

    /** As people write it: {@code integer}. */
    public String typeName() {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
