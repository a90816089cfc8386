package io.gpushare.results.reading.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.ResultName;
import io.gpushare.results.reading.document.ByteSource;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.document.DocumentScanner;
import io.gpushare.results.reading.document.ResultParts;
import io.gpushare.results.reading.document.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where a killed run took place. Early journals do not say; their samples, beside them, do. */
final class SalvagedEnvironment {
    private static final List<String> IDENTITY = List.of("host", "driver", "gpus");

    private SalvagedEnvironment() {}

    static ObjectNode of(JournalHeader header, Path journal) {
        if (header.environment().isPresent()) {
            return header.environment().get();
        }
        ObjectNode environment = JsonNodeFactory.instance.objectNode().put("tool_version", header.toolVersion());
        Path monitor = monitorBeside(journal);
        fromJournal(stemmed(monitor, ResultName.JOURNAL_ENDING))
                .or(() -> fromFile(monitor))
                .ifPresent(identity -> IDENTITY.stream()
                        .filter(identity::has)
                        .forEach(name -> environment.set(name, identity.get(name))));
        return environment;
    }

    /** The samples of a run, whether they are there or not. */
    static Path monitorBeside(Path journal) {
        String name = String.valueOf(journal.getFileName());
        String stem = name.substring(0, name.length() - ResultName.JOURNAL_ENDING.length());
        String monitor = stem.startsWith("benchmark_") ? "gpu_monitor_" + stem.substring("benchmark_".length()) : stem;
        return journal.resolveSibling(monitor + ".json");
    }

    private static Path stemmed(Path file, String ending) {
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling(name.substring(0, name.length() - ".json".length()) + ending);
    }

    private static Optional<JsonNode> fromJournal(Path journal) {
        if (!Files.isRegularFile(journal)) {
            return Optional.empty();
        }
        try (RunJournalLines lines = RunJournalLines.open(journal)) {
            JsonNode identity = lines.header().path("gpu_monitor_journal").path("identity");
            return identity.isObject() ? Optional.of(identity) : Optional.empty();
        } catch (IOException | DamagedFileException unknown) {
            return Optional.empty();
        }
    }

    private static Optional<JsonNode> fromFile(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (ByteSource source = ByteSource.open(file)) {
            byte[] head = new DocumentScanner(source, new ResultParts()).scan();
            return Optional.of(StrictJson.of(head, 0, head.length));
        } catch (IOException | DamagedFileException unknown) {
            return Optional.empty();
        }
    }
}
