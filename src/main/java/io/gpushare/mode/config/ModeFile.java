package io.gpushare.mode.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.gpushare.mode.SharingMode;
import io.gpushare.yaml.YamlProperties;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A mode that has a file of its own. Strict: whatever it does not know it refuses, with the property, the file and the
 * line.
 *
 * @param description when to use it
 */
public record ModeFile(Optional<String> description, SharingMode mode) {
    private static final int VERSION = 1;
    private static final String VERSION_PROPERTY = "gpushare_mode";

    private static final YAMLMapper WRITER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .build();

    public static ModeFile read(Path file) {
        YamlProperties properties = YamlProperties.read(file);
        if (!properties.has(VERSION_PROPERTY) && properties.names().contains(MigPartedFile.CONFIGURATIONS)) {
            throw properties.problem(
                    MigPartedFile.CONFIGURATIONS,
                    "this is a file of NVIDIA's mig-parted; use it as `gpushare mode apply --mig-parted FILE --config"
                            + " LABEL`");
        }
        if (!properties.text(VERSION_PROPERTY).equals(Integer.toString(VERSION))) {
            throw properties.problem(
                    VERSION_PROPERTY, "must be " + VERSION + ", the version of modes that this gpushare reads");
        }
        ModeFile read = new ModeFile(properties.optionalText("description"), ModeYaml.read(properties, "mode"));
        properties.refuseOthers();
        return read;
    }

    /** What {@link #read} reads back. */
    public static String write(String description, SharingMode mode) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put(VERSION_PROPERTY, VERSION).put("description", description);
        ModeJson.put(node, "mode", mode);
        try {
            return WRITER.writeValueAsString(node);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a tree of plain values must print", impossible);
        }
    }
}
