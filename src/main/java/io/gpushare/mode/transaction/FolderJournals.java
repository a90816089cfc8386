package io.gpushare.mode.transaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.mode.setup.GpuSetupJson;
import io.gpushare.mode.transaction.JournalEntry.Lifetime;
import io.gpushare.process.RunOwner;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A file for each entry, which survives its process and the machine's next start. */
public final class FolderJournals implements ModeJournals {
    private static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String ENDING = ".mode.json";

    private final Path folder;

    public FolderJournals(Path folder) {
        this.folder = folder;
    }

    @Override
    public void write(JournalEntry entry) {
        try {
            Files.createDirectories(folder);
            AtomicFile.write(
                    file(entry),
                    out -> out.write(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(json(entry))));
        } catch (IOException unwritable) {
            throw GpushareException.unable(
                    "how " + entry.gpuName() + " is set up now cannot be written down in " + folder + ": "
                            + WriteFailure.reason(unwritable),
                    "Nothing is changed without that, since it could not be put back after a crash. Make room there, or"
                            + " choose another folder with GPUSHARE_STATE.",
                    unwritable);
        }
    }

    @Override
    public void remove(JournalEntry entry) {
        try {
            Files.deleteIfExists(file(entry));
        } catch (IOException stays) {
            throw GpushareException.failed(
                    "the finished journal " + file(entry) + " cannot be deleted: " + WriteFailure.reason(stays),
                    "Delete it by hand: what it tells of is undone.",
                    stays);
        }
    }

    /** @throws GpushareException for a file that cannot be read: it may hold the only word of how a GPU was */
    @Override
    public List<JournalEntry> entries() {
        List<JournalEntry> entries = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return entries;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
            for (Path file : files) {
                entries.add(read(file));
            }
        } catch (IOException unreadable) {
            throw unreadable(folder, unreadable);
        }
        return entries;
    }

    private static JournalEntry read(Path file) {
        try {
            return entry(MAPPER.readTree(file.toFile()));
        } catch (IOException | IllegalArgumentException broken) {
            throw unreadable(file, broken);
        }
    }

    private static GpushareException unreadable(Path file, Exception cause) {
        return GpushareException.unable(
                "the journal " + file + " cannot be read: " + cause.getMessage(),
                "It tells how a GPU was set up before gpushare changed it. Look into it, set the GPU up by hand, and"
                        + " delete it.",
                cause);
    }

    private Path file(JournalEntry entry) {
        return folder.resolve(entry.gpuUuid() + "." + entry.lifetime().name().toLowerCase(Locale.ROOT) + ENDING);
    }

    private static ObjectNode json(JournalEntry entry) {
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
    private static JournalEntry entry(JsonNode node) {
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
