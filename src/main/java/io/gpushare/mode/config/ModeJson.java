package io.gpushare.mode.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.text.Sizes;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A mode in a tree: of a plan, a result, a mode file. What a program wrote is read back here; what people write, by
 * {@link ModeYaml}.
 */
public final class ModeJson {
    private ModeJson() {}

    /** Its kind alone where that says everything. */
    public static void put(ObjectNode node, String name, SharingMode mode) {
        ObjectNode properties =
                JsonNodeFactory.instance.objectNode().put("kind", mode.kind().toString());
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
            node.put(name, mode.kind().toString());
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

    /**
     * The mode of a tree that a program wrote, perhaps a newer one: what this one does not know is left out.
     *
     * @throws IllegalArgumentException for a kind, or a value of a setting, that this version cannot tell apart from
     *     others
     */
    public static SharingMode read(JsonNode node) {
        ModeKind kind = ModeKind.of(
                node.isTextual() ? node.textValue() : node.path("kind").asText());
        return switch (kind) {
            case EXCLUSIVE -> ModeText.plain(kind);
            case TIME_SLICING ->
                new SharingMode.TimeSlicing(text(node, "quantum").map(ModeText::quantum));
            case MPS ->
                new SharingMode.Mps(
                        settings(node),
                        text(node, "daemon")
                                .<MpsDaemonChoice>map(folder -> new MpsDaemonChoice.Existing(Path.of(folder)))
                                .orElseGet(MpsDaemonChoice.Own::new),
                        node.path("exclusive_process").asBoolean());
            case MIG ->
                new SharingMode.Mig(
                        node.has("profiles")
                                ? MigLayoutText.parse(node.path("profiles")
                                        .valueStream()
                                        .map(JsonNode::asText)
                                        .toList())
                                : new MigLayout.Balanced(),
                        node.has("mps") ? Optional.of(settings(node.path("mps"))) : Optional.empty());
        };
    }

    /** What a tree says of clients of MPS: of all, or of one tenant. */
    public static MpsSettings settings(JsonNode node) {
        return text(node, "thread_percentage")
                .map(ModeText::threadPercentage)
                .orElse(MpsSettings.NONE)
                .over(text(node, "memory_limit").map(ModeText::memoryLimit).orElse(MpsSettings.NONE))
                .over(text(node, "priority").map(ModeText::priority).orElse(MpsSettings.NONE));
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.hasNonNull(name) ? Optional.of(node.path(name).asText()) : Optional.empty();
    }
}
