package io.gpushare.workload;

import java.util.List;
import java.util.Optional;

/**
 * Something about a workload that a user may set.
 *
 * @param flag the program's own option, as {@code --batch}
 * @param defaultValue what the program takes when it is not set; empty where the program decides
 * @param choices the allowed values; empty when anything of the type goes
 */
public record Parameter(
        String name, String flag, Type type, Optional<String> defaultValue, List<String> choices, String description) {
    public enum Type {
        INTEGER,
        NUMBER,
        TEXT
    }

    public Parameter {
        choices = List.copyOf(choices);
    }
}
