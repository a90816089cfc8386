package io.gpushare.sampling.journal;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.FolderRemoval;
import io.gpushare.file.KernelLock;
import io.gpushare.file.WriteFailure;
import io.gpushare.results.ResultSchema;
import io.gpushare.sampling.journal.JournalContent.TableContent;
import io.gpushare.sampling.journal.JournalReplay.Outcome;
import io.gpushare.sampling.summary.ClockEvents;
import io.gpushare.sampling.summary.Energy;
import io.gpushare.sampling.summary.GpuClockEvents;
import io.gpushare.sampling.summary.GpuEnergy;
import io.gpushare.sampling.summary.MetricSummary;
import io.gpushare.sampling.summary.SamplingSummary;
import io.gpushare.text.Shell;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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
            throw GpushareException.failed("there is no journal " + journal, null);
        }
        try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
            if (!KernelLock.take(channel)) {
                throw GpushareException.unable(
                        "the run of " + journal + " is still going on",
                        "Wait for its end, or stop it: it writes its result itself.");
            }
            // Under the run's own name: what a killed attempt left is found. Who holds the journal is alone here.
            Path folder = result.resolveSibling("." + result.getFileName() + ".spool");
            FolderRemoval.remove(folder);
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            try {
                MonitorResult written = write(journal, result, folder);
                Files.delete(journal);
                return written;
            } finally {
                FolderRemoval.remove(folder);
            }
        } catch (UncheckedIOException failure) {
            throw unwritten(result, journal, Objects.requireNonNull(failure.getCause()));
        } catch (IOException failure) {
            throw unwritten(result, journal, failure);
        }
    }

    private static GpushareException unwritten(Path result, Path journal, IOException failure) {
        return GpushareException.failed(
                "the result " + result + " could not be written: " + WriteFailure.reason(failure),
                "The samples are safe in the journal. Make room, then: gpushare monitor --salvage "
                        + Shell.quoted(journal),
                failure);
    }

    private static MonitorResult write(Path journal, Path result, Path folder) throws IOException {
        SamplingSummary summary = new SamplingSummary();
        ClockEvents clocks = new ClockEvents();
        List<Energy> energies = new ArrayList<>();
        try (JournalContent content = new JournalContent(folder)) {
            Outcome outcome = JournalReplay.of(journal, session -> {
                Energy energy = new Energy(session.intervalNanos());
                energies.add(energy);
                return List.of(content, summary, clocks, energy);
            });
            content.endRows();
            Parts parts = new Parts(
                    content, summary.metrics(), energies.getFirst().gpus(), clocks.gpus(), content.warnings());
            return written(parts, outcome, journal, result);
        }
    }

    private record Parts(
            JournalContent content,
            List<MetricSummary> levels,
            List<GpuEnergy> energy,
            List<GpuClockEvents> clockEvents,
            List<String> whileSampling) {}

    private static MonitorResult written(Parts parts, Outcome outcome, Path journal, Path result) throws IOException {
        List<String> warnings = MonitorWarnings.of(outcome, parts.whileSampling(), parts.energy(), parts.clockEvents());
        ObjectNode head = MonitorDocument.of(
                outcome, parts.content(), parts.levels(), parts.energy(), parts.clockEvents(), warnings);
        List<ObjectNode> tableHeads = parts.content().tables().stream()
                .map(table -> MonitorDocument.tableHead(
                        table.table(), table.rows().rows(), table.absences(), outcome.endNanos()))
                .toList();
        Layout layout = new Layout(head, tableHeads, parts.content().tables());
        List<String> problems = layout.problems();
        if (!problems.isEmpty() && outcome.instrument().isPresent()) {
            // The only part that is taken over as it is. Samples are worth more than a report on how they were taken.
            return written(parts, outcome.withoutInstrument(), journal, result);
        }
        if (!problems.isEmpty()) {
            throw GpushareException.failed(
                    "the journal " + journal + " is damaged in what the rest needs: " + problems.getFirst(),
                    "It stays as it is. If it was never touched, please report it: gpushare wrote it wrong then.");
        }
        AtomicFile.write(result, layout::write);
        return new MonitorResult(
                result, outcome.instrument().isEmpty(), parts.levels(), parts.energy(), warnings, head);
    }

    private record Layout(ObjectNode head, List<ObjectNode> tableHeads, List<TableContent> tables) {

        List<String> problems() throws IOException {
            TokenBuffer sample = new TokenBuffer(JSON, false);
            write(sample, CHECKED_ROWS);
            JsonNode document = JSON.readTree(sample.asParser());
            return ResultSchema.gpuMonitor().problemsOf(document);
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
}
