package io.gpushare.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** From text to values with their lines. Aliases, tags and several documents in a file have no use here: refused. */
final class YamlParser {
    private static final YAMLFactory YAML = new YAMLFactory();
    private static final int LARGEST_FILE_BYTES = 1 << 20;
    private static final int DEEPEST = 50;

    private final Path file;
    private final YAMLParser parser;

    private YamlParser(Path file, YAMLParser parser) {
        this.file = file;
        this.parser = parser;
    }

    static YamlValue parse(Path file) {
        try {
            return parse(file, content(file));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static YamlValue parse(Path file, String text) {
        try (YAMLParser parser = YAML.createParser(text)) {
            YamlParser reader = new YamlParser(file, parser);
            if (parser.nextToken() == null) {
                throw problem(file, 1, "the file is empty");
            }
            YamlValue value = reader.value(0);
            if (parser.nextToken() != null) {
                throw problem(file, reader.line(), "there must be one document in the file");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw noYaml(file, e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static GpushareException noYaml(Path file, JsonProcessingException failure) {
        // Jackson's own location is where the surrounding value began.
        if (failure.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            return problem(file, marked.getProblemMark().getLine() + 1, "this is no YAML: " + withoutContent(marked));
        }
        int line = failure.getLocation() == null ? 1 : failure.getLocation().getLineNr();
        return problem(file, line, "this is no YAML");
    }

    /** Whoever names the wrong file, as one of passwords, is not to find a part of it in a log. */
    private static String withoutContent(MarkedYAMLException failure) {
        return String.valueOf(failure.getProblem())
                .replaceAll("\\R.*", "")
                .replaceAll("(tag handle|anchor|alias|directive) .*", "$1");
    }

    private static String content(Path file) throws IOException {
        return RegularFile.readText(file, LARGEST_FILE_BYTES);
    }

    private YamlValue value(int depth) throws IOException {
        int line = line();
        if (parser.isCurrentAlias() || parser.getTypeId() != null) {
            throw problem(file, line, "aliases and tags are not used here; write the value itself");
        }
        if (depth > DEEPEST) {
            throw problem(file, line, "values are nested too deeply");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> properties(line, depth);
            case START_ARRAY -> items(line, depth);
            case VALUE_NUMBER_INT -> scalar(YamlValue.Plain.WHOLE_NUMBER, line);
            case VALUE_NUMBER_FLOAT -> scalar(YamlValue.Plain.NUMBER, line);
            case VALUE_TRUE, VALUE_FALSE -> scalar(YamlValue.Plain.TRUTH, line);
            case VALUE_NULL -> scalar(YamlValue.Plain.NOTHING, line);
            case VALUE_STRING -> scalar(YamlValue.Plain.TEXT, line);
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw problem(file, line, "there is no value that gpushare can read");
        };
    }

    private YamlValue scalar(YamlValue.Plain plain, int line) throws IOException {
        return new YamlValue.Scalar(parser.getText(), plain, line);
    }

    private YamlValue properties(int line, int depth) throws IOException {
        Map<String, YamlValue> entries = new LinkedHashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            lines.put(name, line());
            parser.nextToken();
            if (entries.put(name, value(depth + 1)) != null) {
                throw problem(file, lines.getOrDefault(name, line), "'" + name + "' is there twice");
            }
        }
        return new YamlValue.Properties(entries, lines, line);
    }

    private YamlValue items(int line, int depth) throws IOException {
        List<YamlValue> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            values.add(value(depth + 1));
        }
        return new YamlValue.Items(values, line);
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    static GpushareException problem(Path file, int line, String sentence) {
        return GpushareException.usage(file + ", line " + line + ": " + sentence, null);
    }

    private static GpushareException unreadable(Path file, IOException cause) {
        return GpushareException.usage("cannot read " + file + ": " + RegularFile.reason(cause), null, cause);
    }
}
