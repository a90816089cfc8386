package io.gpushare.yaml;

import java.util.List;
import java.util.Map;

/** A value of a YAML file, with the line in which it begins. */
sealed interface YamlValue {
    int line();

    /** @param plain what YAML takes it for, as "a number": a word, a number, true or false, or nothing */
    record Scalar(String text, Plain plain, int line) implements YamlValue {}

    record Items(List<YamlValue> values, int line) implements YamlValue {}

    /**
     * @param entries in the order of the file
     * @param lines of the names
     */
    record Properties(Map<String, YamlValue> entries, Map<String, Integer> lines, int line) implements YamlValue {
        int lineOf(String name) {
            return lines.getOrDefault(name, line);
        }
    }

    enum Plain {
        TEXT,
        WHOLE_NUMBER,
        NUMBER,
        TRUTH,
        NOTHING
    }

    /** As in "'command' is a list". */
    default String words() {
        return switch (this) {
            case Scalar(String text, Plain plain, int _) -> plain == Plain.NOTHING ? "empty" : "'" + text + "'";
            case Items _ -> "a list";
            case Properties _ -> "a set of properties";
        };
    }

    /** The same without what it says. */
    default String kind() {
        return this instanceof Scalar scalar && scalar.plain() != Plain.NOTHING ? "a text" : words();
    }
}
