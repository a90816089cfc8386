package io.gpushare.sampling.journal;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.gpushare.disk.AtomicFile;
import io.gpushare.disk.KernelLock;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import io.gpushare.prose.Shell;
import io.gpushare.results.ResultSchema;
import io.gpushare.sampling.journal.JournalContent.TableContent;
import io.gpushare.sampling.journal.JournalReplay.Outcome;
import io.gpushare.sampling.summary.ClockEvents;
import io.gpushare.sampling.summary.Energy;
import io.gpushare.sampling.summary.GpuClockEvents;
import io.gpushare.sampling.summary.GpuEnergy;
import io.gpushare.sampling.summary.MetricSummary;
import io.gpushare.sampling.summary.Summary;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Makes the result file of a journal, in memory that does not grow with the journal, and deletes the journal. A journal
 * without an end gives the same file, marked interrupted.
 *
 * <p>The file is checked against its schema before it appears. The check sees each column's first values: the rest is
 * numbers and nulls by the way it is written, one for each row.
 */
public final class MonitorFile {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long CHECKED_ROWS = 3;

    private MonitorFile() {}

    public static MonitorResult write(Path journal, Path result) {
        if (!Files.isRegularFile(journal)) {
            throw new GpushareException(ExitStatus.FAILED, "there is no journal " + journal, null);
        }
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            if (!KernelLock.take(channel)) {
                throw new GpushareException(
                        ExitStatus.UNABLE,
                        "the run of " + journal + " is still going on",
                        "Wait for its end, or stop it: it writes its result itself.");
            }
            // Under the run's own name: what a killed attempt left is found, and used again.
            Path folder = Files.createDirectories(result.resolveSibling("." + result.getFileName() + ".spool"));
            try {
                MonitorResult written = write(journal, result, folder);
                Files.delete(journal);
                return written;
            } finally {
                deleteAll(folder);
            }
        } catch (IOException | UncheckedIOException failure) {
            throw new GpushareException(
                    ExitStatus.FAILED,
                    "the result " + result + " could not be written: " + failure.getMessage(),
                    "The samples are safe in the journal. Make room, then: gpushare monitor --salvage "
                            + Shell.quoted(journal),
                    failure);
        }
    }

    private static MonitorResult write(Path journal, Path result, Path folder) throws IOException {
        Summary summary = new Summary();
        ClockEvents clocks = new ClockEvents();
        LostGpus lost = new LostGpus();
        List<Energy> energies = new ArrayList<>();
        try (JournalContent content = new JournalContent(folder)) {
            Outcome outcome = JournalReplay.of(journal, session -> {
                Energy energy = new Energy(session.intervalNanos());
                energies.add(energy);
                return List.of(content, summary, clocks, energy, lost);
            });
            content.endRows();
            List<GpuEnergy> energy = energies.getFirst().gpus();
            List<MetricSummary> levels = summary.metrics();
            List<GpuClockEvents> clockEvents = clocks.gpus();
            List<String> whileSampling = new ArrayList<>(content.warnings());
            whileSampling.addAll(lost.warnings());
            List<String> warnings = MonitorWarnings.of(outcome, whileSampling, energy, clockEvents);
            ObjectNode head = MonitorDocument.of(outcome, content, levels, energy, clockEvents, warnings);
            List<ObjectNode> tableHeads = content.tables().stream()
                    .map(table -> MonitorDocument.tableHead(
                            table.table(), table.rows().rows(), table.absences(), outcome.endNanos()))
                    .toList();
            Layout layout = new Layout(head, tableHeads, content.tables());
            layout.check();
            AtomicFile.write(result, layout::write);
            return new MonitorResult(
                    result,
                    outcome.instrument().isEmpty(),
                    Duration.ofNanos(outcome.endNanos()),
                    levels,
                    energy,
                    warnings,
                    head);
        }
    }

    private record Layout(ObjectNode head, List<ObjectNode> tableHeads, List<TableContent> tables) {

        void check() throws IOException {
            TokenBuffer sample = new TokenBuffer(JSON, false);
            write(sample, CHECKED_ROWS);
            JsonNode document = JSON.readTree(sample.asParser());
            List<String> problems = ResultSchema.gpuMonitor().problemsOf(document);
            if (!problems.isEmpty()) {
                throw new IllegalStateException("the result breaks its own schema: " + String.join("; ", problems));
            }
        }

        void write(OutputStream out) throws IOException {
            try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
                json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
                write(json, Long.MAX_VALUE);
                json.writeRaw('\n');
            }
        }

        private void write(JsonGenerator json, long rows) throws IOException {
            json.writeStartObject();
            for (var member : head.properties()) {
                json.writeFieldName(member.getKey());
                JSON.writeValue(json, member.getValue());
            }
            json.writeArrayFieldStart("tables");
            for (int i = 0; i < tables.size(); i++) {
                writeTable(json, tableHeads.get(i), tables.get(i), rows);
            }
            json.writeEndArray();
            json.writeEndObject();
        }

        private static void writeTable(JsonGenerator json, ObjectNode tableHead, TableContent content, long rows)
                throws IOException {
            json.writeStartObject();
            for (var member : tableHead.properties()) {
                json.writeFieldName(member.getKey());
                JSON.writeValue(json, member.getValue());
            }
            json.writeObjectFieldStart("columns");
            json.writeFieldName("elapsed_ms");
            content.rows().writeColumn(0, rows, json);
            for (int column = 0; column < content.table().metrics().size(); column++) {
                json.writeFieldName(content.table().metrics().get(column).name());
                content.rows().writeColumn(column + 1, rows, json);
            }
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
