package io.gpushare.yaml;

import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The properties of one level of a YAML file, taken one by one with the type that they must have. Every problem is a
 * usage error that names file, line and property with its path, as {@code parameters.batch.type}. {@link #refuseOthers}
 * comes last: it knows from the questions which properties there are.
 */
public final class YamlProperties {
    private final Path file;
    private final String path;
    private final YamlValue.Properties properties;
    private final Set<String> asked = new LinkedHashSet<>();

    private YamlProperties(Path file, String path, YamlValue.Properties properties) {
        this.file = file;
        this.path = path;
        this.properties = properties;
    }

    public static YamlProperties read(Path file) {
        return of(file, YamlParser.parse(file));
    }

    /** @param name by which problems call the text, and beside which relative paths in it begin */
    public static YamlProperties read(Path name, String text) {
        return of(name, YamlParser.parse(name, text));
    }

    private static YamlProperties of(Path file, YamlValue value) {
        if (value instanceof YamlValue.Properties properties) {
            return new YamlProperties(file, "", properties);
        }
        // Not what it says: then this is another kind of file, perhaps one of secrets.
        throw YamlParser.problem(file, value.line(), "the file must hold properties, and holds " + value.kind());
    }

    public Path file() {
        return file;
    }

    public Set<String> names() {
        return properties.entries().keySet();
    }

    public boolean has(String name) {
        asked.add(name);
        return properties.entries().containsKey(name);
    }

    /** A word or sentence; a number or true counts as its text. */
    public String text(String name) {
        return textOf(name, required(name));
    }

    public Optional<String> optionalText(String name) {
        return optional(name).map(value -> textOf(name, value));
    }

    /** One of the enum's constants, in small letters. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        return choiceOf(name, required(name), type);
    }

    public <E extends Enum<E>> Optional<E> optionalChoice(String name, Class<E> type) {
        return optional(name).map(value -> choiceOf(name, value, type));
    }

    public Optional<Boolean> optionalTruth(String name) {
        return optional(name).map(value -> {
            if (value instanceof YamlValue.Scalar(String text, YamlValue.Plain plain, int _)
                    && plain == YamlValue.Plain.TRUTH) {
                return Boolean.parseBoolean(text.toLowerCase(Locale.ROOT));
            }
            throw wrong(name, value, "true or false");
        });
    }

    /** Finite. */
    public Optional<Double> optionalNumber(String name) {
        return optional(name).map(value -> {
            if (value instanceof YamlValue.Scalar(String text, YamlValue.Plain plain, int _)
                    && (plain == YamlValue.Plain.NUMBER || plain == YamlValue.Plain.WHOLE_NUMBER)) {
                return finite(name, value, text);
            }
            throw wrong(name, value, "a number");
        });
    }

    /** @param parse throws IllegalArgumentException with a sentence about the text */
    public <T> Optional<T> optionalParsed(String name, Function<String, T> parse) {
        return optional(name).map(value -> {
            try {
                return parse.apply(textOf(name, value));
            } catch (IllegalArgumentException e) {
                throw problem(name, String.valueOf(e.getMessage()));
            }
        });
    }

    /** @param parse throws IllegalArgumentException with a sentence about the text */
    public <T> T parsed(String name, Function<String, T> parse) {
        required(name);
        return optionalParsed(name, parse).orElseThrow();
    }

    /** A list, or a single text for a list of one; not empty. */
    public List<String> oneOrMoreTexts(String name) {
        YamlValue value = required(name);
        return value instanceof YamlValue.Scalar ? List.of(textOf(name, value)) : textsOf(name, value);
    }

    /** A list, or a single text for a list of one; an empty text and an empty list for none. */
    public List<String> anyTexts(String name) {
        YamlValue value = required(name);
        boolean empty = switch (value) {
            case YamlValue.Scalar(String text, YamlValue.Plain _, int _) -> text.isBlank();
            case YamlValue.Items(List<YamlValue> items, int _) -> items.isEmpty();
            case YamlValue.Properties _ -> false;
        };
        return empty ? List.of() : oneOrMoreTexts(name);
    }

    /** Not empty. */
    public List<String> texts(String name) {
        return textsOf(name, required(name));
    }

    /** Not empty where it is there. */
    public Optional<List<String>> optionalTexts(String name) {
        return optional(name).map(value -> textsOf(name, value));
    }

    /** Names with texts, in the order of the file; empty when it is not there. */
    public Map<String, String> textsByName(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        optionalProperties(name)
                .ifPresent(inner -> inner.names().forEach(entry -> texts.put(entry, inner.text(entry))));
        return texts;
    }

    /** Whether the value is a set of properties, where a word could stand too. */
    public boolean holdsProperties(String name) {
        return optional(name).orElse(null) instanceof YamlValue.Properties;
    }

    /** Names the property when an action that its value led to fails. */
    public void at(String name, Runnable action) {
        try {
            action.run();
        } catch (IllegalArgumentException refused) {
            throw problem(name, String.valueOf(refused.getMessage()));
        } catch (GpushareException refused) {
            GpushareException located = problem(name, refused.sentence());
            throw new GpushareException(
                    located.status(), located.sentence(), refused.advice().orElse(null), refused);
        }
    }

    public Optional<YamlProperties> optionalProperties(String name) {
        return optional(name).map(value -> propertiesOf(name, value));
    }

    public YamlProperties properties(String name) {
        return propertiesOf(name, required(name));
    }

    /** A list whose items have properties; empty when it is not there. */
    public List<YamlProperties> listOfProperties(String name) {
        Optional<YamlValue> value = optional(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (!(value.get() instanceof YamlValue.Items(List<YamlValue> items, int _))) {
            throw wrong(name, value.get(), "a list");
        }
        List<YamlProperties> list = new ArrayList<>();
        for (YamlValue item : items) {
            list.add(propertiesOf(name + "[" + list.size() + "]", item));
        }
        return list;
    }

    /** A text, or a list in which each item is a text or has properties: hands on each, in their order. */
    public void textsOrProperties(String name, Consumer<String> texts, Consumer<YamlProperties> properties) {
        switch (required(name)) {
            case YamlValue.Scalar text -> texts.accept(textOf(name, text));
            case YamlValue.Properties other -> throw wrong(name, other, "a text or a list");
            case YamlValue.Items(List<YamlValue> items, int _) -> {
                for (int i = 0; i < items.size(); i++) {
                    String place = name + "[" + i + "]";
                    if (items.get(i) instanceof YamlValue.Scalar text) {
                        texts.accept(textOf(place, text));
                    } else {
                        properties.accept(propertiesOf(place, items.get(i)));
                    }
                }
            }
        }
    }

    /** Call it when everything was asked for. */
    public void refuseOthers() {
        for (String name : names()) {
            if (!asked.contains(name)) {
                throw YamlParser.problem(
                        file,
                        properties.lineOf(name),
                        "there is no property '" + pathOf(name) + "'. " + Spelling.suggestion(name, asked)
                                + "Possible are " + String.join(", ", asked));
            }
        }
    }

    /** For what only the caller knows to be wrong, about a property that is there. */
    public GpushareException problem(String name, String sentence) {
        return YamlParser.problem(file, properties.lineOf(name), pathOf(name) + ": " + sentence);
    }

    private YamlValue required(String name) {
        asked.add(name);
        YamlValue value = properties.entries().get(name);
        if (value == null) {
            throw YamlParser.problem(file, properties.line(), "the property '" + pathOf(name) + "' is missing");
        }
        return value;
    }

    private Optional<YamlValue> optional(String name) {
        asked.add(name);
        return Optional.ofNullable(properties.entries().get(name));
    }

    private String textOf(String name, YamlValue value) {
        if (value instanceof YamlValue.Scalar(String text, YamlValue.Plain plain, int _)
                && plain != YamlValue.Plain.NOTHING
                && !text.isBlank()) {
            return text.strip();
        }
        throw wrong(name, value, "a text");
    }

    private List<String> textsOf(String name, YamlValue value) {
        if (!(value instanceof YamlValue.Items(List<YamlValue> items, int _))) {
            throw wrong(name, value, "a list, as [first, second]");
        }
        if (items.isEmpty()) {
            throw problem(name, "the list is empty");
        }
        List<String> texts = new ArrayList<>();
        for (YamlValue item : items) {
            texts.add(textOf(name + "[" + texts.size() + "]", item));
        }
        return List.copyOf(texts);
    }

    private YamlProperties propertiesOf(String name, YamlValue value) {
        if (value instanceof YamlValue.Properties inner) {
            return new YamlProperties(file, pathOf(name), inner);
        }
        throw wrong(name, value, "a set of properties");
    }

    private <E extends Enum<E>> E choiceOf(String name, YamlValue value, Class<E> type) {
        String text = textOf(name, value);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        String possible = Stream.of(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        throw wrong(name, value, "one of " + possible);
    }

    private double finite(String name, YamlValue value, String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException _) {
            // YAML knows numbers in other ways, as 0x10.
        }
        throw wrong(name, value, "a decimal number");
    }

    private GpushareException wrong(String name, YamlValue value, String wanted) {
        return YamlParser.problem(
                file, value.line(), pathOf(name) + " must be " + wanted + ", and is " + value.words());
    }

    private String pathOf(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
