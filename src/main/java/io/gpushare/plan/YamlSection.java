package io.gpushare.plan;

import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Properties of a YAML file that are read by name; a property that nobody asked for is refused. */
final class YamlSection {
    private final String file;
    private final String path;
    private final YamlValue.Section section;
    private final Set<String> asked = new HashSet<>();

    private YamlSection(String file, String path, YamlValue.Section section) {
        this.file = file;
        this.path = path;
        this.section = section;
    }

    /** @param path of the property that holds it; empty for the whole file */
    static YamlSection of(String file, String path, YamlValue value) {
        if (value instanceof YamlValue.Section section) {
            return new YamlSection(file, path, section);
        }
        throw complaint(file, value.line(), path.isEmpty() ? "the plan" : path, "needs properties of its own", null);
    }

    Optional<YamlValue> find(String name) {
        asked.add(name);
        return Optional.ofNullable(section.properties().get(name));
    }

    Optional<String> text(String name) {
        return find(name).map(value -> text(name, value));
    }

    String required(String name) {
        return text(name).orElseThrow(() -> complaint(file, section.line(), property(name), "is missing", null));
    }

    /** Hands a property's text on, and names the property when what takes it refuses it. */
    void with(String name, Consumer<String> use) {
        text(name).ifPresent(text -> at(name, () -> use.accept(text)));
    }

    <T> Optional<T> map(String name, Function<String, T> meaning) {
        return text(name).map(text -> at(name, text, meaning));
    }

    private <T> T at(String name, String text, Function<String, T> meaning) {
        try {
            return meaning.apply(text);
        } catch (IllegalArgumentException refused) {
            throw complaint(name, String.valueOf(refused.getMessage()));
        }
    }

    /** Names the property when an action that its value led to fails. */
    void at(String name, Runnable action) {
        try {
            action.run();
        } catch (IllegalArgumentException refused) {
            throw complaint(name, String.valueOf(refused.getMessage()));
        } catch (GpushareException refused) {
            throw complaint(
                    file,
                    line(name),
                    property(name),
                    refused.sentence(),
                    refused.advice().orElse(null));
        }
    }

    List<YamlValue> items(String name) {
        return switch (find(name).orElse(new YamlValue.Items(List.of(), section.line()))) {
            case YamlValue.Items(List<YamlValue> values, int line) -> values;
            case YamlValue.Scalar scalar -> throw complaint(name, "must be a list");
            case YamlValue.Section properties -> throw complaint(name, "must be a list");
        };
    }

    Optional<YamlSection> section(String name) {
        return find(name).map(value -> of(file, property(name), value));
    }

    YamlSection item(String name, int index, YamlValue value) {
        return of(file, property(name) + "[" + index + "]", value);
    }

    String text(String name, YamlValue value) {
        if (value instanceof YamlValue.Scalar(String text, int line)) {
            return text;
        }
        throw complaint(name, "must be a single value");
    }

    /** The texts of all properties, whatever their names. */
    Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        section.properties().keySet().forEach(name -> texts.put(name, required(name)));
        return texts;
    }

    GpushareException complaint(String name, String problem) {
        return complaint(file, line(name), property(name), problem, null);
    }

    /** Everything that is known was asked for: what is left is unknown. */
    void finish() {
        for (String name : section.properties().keySet()) {
            if (!asked.contains(name)) {
                throw complaint(
                        file, line(name), property(name), "is not known", PlanText.advice(name, new TreeSet<>(asked)));
            }
        }
    }

    private int line(String name) {
        YamlValue value = section.properties().get(name);
        return value == null ? section.line() : value.line();
    }

    private String property(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static GpushareException complaint(
            String file, int line, String property, String problem, @Nullable String advice) {
        return new GpushareException(
                ExitStatus.USAGE, "%s, line %d: %s: %s".formatted(file, line, property, problem), advice);
    }
}
