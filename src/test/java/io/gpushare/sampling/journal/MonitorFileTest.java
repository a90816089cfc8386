package io.gpushare.sampling.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import io.gpushare.results.ResultSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitorFileTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private JsonNode written(int rows, boolean ended) throws IOException {
        Path journal = folder.resolve("x.journal.jsonl");
        JournalSamples.write(journal, rows, ended);
        MonitorResult result = MonitorFile.write(journal, folder.resolve("x.json"));
        assertThat(result.interrupted()).isEqualTo(!ended);
        return JSON.readTree(result.file().toFile());
    }

    @Test
    void turnsRowsIntoColumns() throws IOException {
        JsonNode table = written(4, true).path("tables").get(0);
        assertThat(table.path("columns").toString())
                .isEqualTo("{\"elapsed_ms\":[0.001,100.001,200.001,300.001],\"power_w\":[0,1,2,3],"
                        + "\"memory_used_bytes\":[null,150754820097,150754820098,null],\"pid\":[4711,4711,4711,4711]}");
        assertThat(table.at("/absences/0/reason").asText()).isEqualTo("no data yet (test)");
    }

    @Test
    void marksARunWithoutAnEndAsInterrupted() throws IOException {
        JsonNode document = written(4, false);
        assertThat(document.path("state").asText()).isEqualTo("interrupted");
        assertThat(document.path("instrument").isNull()).isTrue();
        assertThat(document.path("instrument_absent").asText()).isNotEmpty();
        assertThat(document.path("warnings").toString()).contains("interrupted").contains("a warning");
    }

    @Test
    void writesARunWithoutASingleRow() throws IOException {
        JsonNode table = written(0, true).path("tables").get(0);
        assertThat(table.path("rows").intValue()).isZero();
        assertThat(table.at("/columns/elapsed_ms")).isEmpty();
    }

    @Test
    void deletesTheJournalOnlyAfterTheResultIsThere() throws IOException {
        written(4, true);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(folder.resolve("x.json"));
        }
    }

    @Test
    void keepsTheJournalAndLeavesNothingElseWhenTheResultCannotBeWritten() throws IOException {
        Path journal = folder.resolve("x.journal.jsonl");
        JournalSamples.write(journal, 4, true);
        Path taken = Files.createDirectory(folder.resolve("x.json"));
        Files.writeString(taken.resolve("something"), "in the way");
        assertThatThrownBy(() -> MonitorFile.write(journal, taken))
                .isInstanceOfSatisfying(GpushareException.class, failure -> {
                    assertThat(failure.status()).isEqualTo(ExitStatus.FAILED);
                    assertThat(failure.advice().orElseThrow()).contains(journal.toString());
                });
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(journal, taken);
        }
    }

    @Test
    void itsSchemaRejectsDocumentsThatAreNotAsTheyMustBe() throws IOException {
        JsonNode document = written(4, true);
        ResultSchema schema = ResultSchema.gpuMonitor();
        assertThat(schema.problemsOf(document)).isEmpty();
        assertThat(schema.problemsOf(with(document, root -> root.remove("energy"))))
                .anyMatch(problem -> problem.contains("energy"));
        assertThat(schema.problemsOf(with(document, root -> root.put("surprise", 1))))
                .isNotEmpty();
        assertThat(schema.problemsOf(with(document, root -> root.put("schema_version", 2))))
                .isNotEmpty();
        assertThat(schema.problemsOf(with(document, root -> root.putNull("instrument"))))
                .isNotEmpty();
        assertThat(schema.problemsOf(with(
                        document,
                        root -> ((ArrayNode) root.at("/tables/0/columns/power_w")).set(0, root.textNode("76.5")))))
                .isNotEmpty();
        assertThat(schema.problemsOf(with(
                        document,
                        root -> ((ArrayNode) root.at("/tables/0/columns/elapsed_ms")).set(0, root.nullNode()))))
                .isNotEmpty();
    }

    private static JsonNode with(JsonNode document, Consumer<ObjectNode> change) {
        ObjectNode changed = document.deepCopy();
        change.accept(changed);
        return changed;
    }
}
