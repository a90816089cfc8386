package io.gpushare.mode.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.text.Sizes;
import java.nio.file.Path;

/** A mode in a tree: of a plan, a result, a mode file. {@link ModeYaml} reads it back. */
public final class ModeJson {
    private ModeJson() {}

    /** Its kind alone where that says everything. */
    public static void put(ObjectNode node, String name, SharingMode mode) {
        ObjectNode properties = JsonNodeFactory.instance.objectNode().put("kind", mode.kind());
        switch (mode) {
            case SharingMode.Exclusive() -> {}
            case SharingMode.TimeSlicing(var quantum) ->
                quantum.ifPresent(length -> properties.put("quantum", length.text()));
            case SharingMode.Mps(MpsSettings settings, MpsDaemonChoice daemon, boolean exclusiveProcess) -> {
                put(properties, settings);
                if (exclusiveProcess) {
                    properties.put("exclusive_process", true);
                }
                if (daemon instanceof MpsDaemonChoice.Existing(Path pipeDirectory)) {
                    properties.put("daemon", pipeDirectory.toString());
                }
            }
            case SharingMode.Mig(MigLayout layout, var mps) -> {
                if (!(layout instanceof MigLayout.Balanced)) {
                    ArrayNode profiles = properties.putArray("profiles");
                    MigLayoutText.write(layout).forEach(profiles::add);
                }
                mps.ifPresent(settings -> put(properties.putObject("mps"), settings));
            }
        }
        if (properties.size() == 1) {
            node.put(name, mode.kind());
        } else {
            node.set(name, properties);
        }
    }

    /** What they say, as properties of this node. */
    public static void put(ObjectNode node, MpsSettings settings) {
        settings.threadPercentage().ifPresent(percentage -> node.put("thread_percentage", percentage));
        settings.memoryLimitBytes().ifPresent(bytes -> node.put("memory_limit", Sizes.text(bytes)));
        settings.priority().ifPresent(priority -> node.put("priority", priority.text()));
    }
}
