package io.gpushare.runtime.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.file.AtomicFile;
import io.gpushare.runtime.elsewhere.OwnerMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * In which clusters something of runs may be left: nobody who cleans up could guess them. A record is there from before
 * a run makes anything in a cluster until all of it is gone.
 */
final class RunRecords {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String END = ".json";

    private final Path folder;

    /** @param state folder in which gpushare remembers what it has changed */
    RunRecords(Path state) {
        this.folder = state.resolve("kubernetes");
    }

    /**
     * @param context empty inside of a cluster
     * @param name of the owner of its pods
     */
    record Begun(String context, String namespace, String server, String name, OwnerMark mark) {}

    void add(Begun run) {
        String text = MAPPER.createObjectNode()
                .put("context", run.context())
                .put("namespace", run.namespace())
                .put("server", run.server())
                .put("host", run.mark().host())
                .put("owner", run.mark().owner())
                .toPrettyString();
        try {
            Files.createDirectories(folder);
            AtomicFile.write(
                    folder.resolve(run.name() + END), out -> out.write((text + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("what a crash may leave in a cluster cannot be written down", e);
        }
    }

    void remove(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name + END));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Begun> all() {
        List<Begun> records = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                read(file).ifPresent(records::add);
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    private static Optional<Begun> read(Path file) throws IOException {
        String name = file.getFileName().toString();
        if (!name.endsWith(END)) {
            return Optional.empty();
        }
        try {
            JsonNode run = MAPPER.readTree(Files.readString(file));
            return Optional.of(new Begun(
                    run.path("context").asText(""),
                    run.path("namespace").asText("default"),
                    run.path("server").asText(""),
                    name.substring(0, name.length() - END.length()),
                    new OwnerMark(run.path("host").asText(""), run.path("owner").asText(""))));
        } catch (JsonProcessingException | NoSuchFileException unreadable) {
            return Optional.empty(); // Written half, or gone meanwhile.
        }
    }
}
