package io.gpushare.mode.transaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.mode.setup.GpuSetupJson;
import io.gpushare.mode.transaction.JournalEntry.Lifetime;
import io.gpushare.process.RunOwner;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;

/** An entry as it stands in its file. */
final class JournalEntryJson {
    private static final int VERSION = 1;

    private JournalEntryJson() {}

    static ObjectNode of(JournalEntry entry) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", VERSION)
                .put("gpu_uuid", entry.gpuUuid())
                .put("gpu_name", entry.gpuName())
                .put("lifetime", entry.lifetime().name().toLowerCase(Locale.ROOT))
                .put("owner", entry.owner().text())
                .put("began_utc", entry.beganAt().toString())
                .put("purpose", entry.purpose());
        node.set("before", GpuSetupJson.of(entry.before()));
        node.set("mps_daemons", GpuSetupJson.ofDaemons(entry.daemons()));
        return node;
    }

    /** @throws IllegalArgumentException that says what is wrong with it */
    static JournalEntry read(JsonNode node) {
        if (node.path("schema_version").asInt() != VERSION) {
            throw new IllegalArgumentException("its schema_version is not " + VERSION);
        }
        try {
            return new JournalEntry(
                    text(node, "gpu_uuid"),
                    text(node, "gpu_name"),
                    Lifetime.valueOf(text(node, "lifetime").toUpperCase(Locale.ROOT)),
                    RunOwner.parse(text(node, "owner"))
                            .orElseThrow(() -> new IllegalArgumentException("its owner cannot be read")),
                    Instant.parse(text(node, "began_utc")),
                    text(node, "purpose"),
                    GpuSetupJson.read(node.path("before")),
                    GpuSetupJson.daemons(node.path("mps_daemons")));
        } catch (DateTimeException noInstant) {
            throw new IllegalArgumentException("its time cannot be read", noInstant);
        }
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("'" + name + "' is missing");
        }
        return value.asText();
    }
}
