package io.gpushare.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** Values as a file that people read and change, and that {@link YamlProperties} reads back. */
public final class YamlText {
    private static final YAMLMapper WRITER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    private static final YAMLMapper READER = new YAMLMapper();

    private YamlText() {}

    /**
     * What {@link #of} wrote; a text that looks like a number comes back as one.
     *
     * @throws JsonProcessingException for what is no such file
     */
    public static JsonNode read(String text) throws JsonProcessingException {
        return READER.readTree(text);
    }

    public static String of(JsonNode tree) {
        try {
            return WRITER.writeValueAsString(tree);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values must print", impossible);
        }
    }
}
