package io.gpushare.mode.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.SharingMode;
import io.gpushare.yaml.YamlProperties;
import io.gpushare.yaml.YamlText;
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
        return YamlText.of(node);
    }
}
