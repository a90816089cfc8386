package io.gpushare.sampling.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.results.ResultSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
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
    void leavesAFolderAloneThatALinkLeadsTo() throws IOException {
        Path theirs = Files.createDirectory(folder.resolve("theirs"));
        Path precious = Files.writeString(theirs.resolve("table-0"), "precious");
        Path journal = folder.resolve("x.journal.jsonl");
        JournalSamples.write(journal, 4, true);
        Files.createSymbolicLink(folder.resolve(".x.json.spool"), theirs);
        MonitorFile.write(journal, folder.resolve("x.json"));
        assertThat(precious).hasContent("precious");
        assertThat(folder.resolve("x.json")).exists();
    }

    @Test
    void clearsAwayWhatAnAttemptLeftThatWasKilled() throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve(".x.json.spool")).resolve("table-0"), "half");
        written(4, true);
        assertThat(folder.resolve(".x.json.spool")).doesNotExist();
    }

    @Test
    void ofADamagedJournalAllIsSavedThatIsWhole() throws IOException {
        Path journal = folder.resolve("x.journal.jsonl");
        JournalSamples.write(journal, 4, true);
        Files.writeString(
                journal,
                Files.readString(journal)
                        .replace("{\"process\":{\"pid\":4711", "{\"process\":{\"pid\":\"4711")
                        .replace("[0,100.001,", "[0,1e999,")
                        .replace("{\"warning\":\"a warning\"}", "{\"warning\":[\"a warning\"]}")
                        .replace("{\"end\":{\"elapsed_ms\":400.000,", "{\"end\":{\"elapsed_ms\":\"400.000\","));
        MonitorResult result = MonitorFile.write(journal, folder.resolve("x.json"));
        assertThat(result.interrupted()).isTrue();
        assertThat(result.warnings()).contains("4 lines of the journal could not be read and are missing");
        JsonNode table = JSON.readTree(result.file().toFile()).path("tables").get(0);
        assertThat(table.path("columns").path("power_w").toString()).isEqualTo("[0,2,3]");
    }

    /** Bits that flip, lines that are torn, doubled or out of order, and values that nobody wrote. */
    @Test
    void anyDamageLeavesAFileOrASentence() throws IOException {
        Path journal = folder.resolve("x.journal.jsonl");
        JournalSamples.write(journal, 6, true);
        String whole = Files.readString(journal);
        Random random = new Random(4711);
        int saved = 0;
        for (int i = 0; i < 1500; i++) {
            Files.deleteIfExists(journal);
            Files.write(journal, JournalDamage.of(whole, random));
            byte[] damaged = Files.readAllBytes(journal);
            try {
                MonitorResult result = MonitorFile.write(journal, folder.resolve("x.json"));
                assertThat(ResultSchema.gpuMonitor()
                                .problemsOf(JSON.readTree(result.file().toFile())))
                        .as(() -> new String(damaged, UTF_8))
                        .isEmpty();
                saved++;
            } catch (GpushareException sentence) {
                assertThat(sentence).hasMessageContaining(journal.toString());
            } catch (RuntimeException bug) {
                throw new AssertionError(i + ": " + new String(damaged, UTF_8), bug);
            }
        }
        assertThat(saved).isGreaterThan(700);
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
