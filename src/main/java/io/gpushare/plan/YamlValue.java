package io.gpushare.plan;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value in a YAML file that knows its line, so that a complaint can name it. */
sealed interface YamlValue {
    int line();

    /** Whatever its type, as it is written: {@code 1g.18gb}, {@code 0}, {@code true}. */
    record Scalar(String text, int line) implements YamlValue {}

    record Items(List<YamlValue> values, int line) implements YamlValue {}

    /** In the file's order. */
    record Section(Map<String, YamlValue> properties, int line) implements YamlValue {}

    /** @throws IOException for text that is no YAML, or names a property twice */
    static YamlValue parse(String text) throws IOException {
        try (JsonParser parser =
                new YAMLFactory().createParser(text).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)) {
            if (parser.nextToken() == null) {
                return new Section(Map.of(), 1);
            }
            return read(parser);
        }
    }

    private static YamlValue read(JsonParser parser) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            Map<String, YamlValue> properties = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                properties.put(name, read(parser));
            }
            return new Section(properties, line);
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<YamlValue> values = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                values.add(read(parser));
            }
            return new Items(values, line);
        }
        return new Scalar(parser.getText(), line);
    }
}
