package io.gpushare.sampling.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.failure.GpushareException;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.sampling.samples.Session;
import io.gpushare.sampling.samples.Table;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tells a journal's lines to listeners, as the sampler told them. Only lines that end are lines: what a crash tore off
 * is left out. A line that cannot be read (a disk may leave zeros behind) is counted and passed over.
 */
public final class JournalReplay {
    private static final JsonFactory ROWS = new JsonFactory();
    private static final ObjectMapper LINES = new ObjectMapper();

    private final String journal;
    /** In the order in which they could be read. */
    private final List<Table> tables = new ArrayList<>();
    /** By their numbers in the journal: one whose line is damaged is not among them. */
    private final Map<Integer, Table> tableOf = new HashMap<>();

    private final List<Row> rows = new ArrayList<>();
    private List<SampleListener> listeners = List.of();
    private @Nullable Session session;
    private @Nullable JsonNode instrument;
    private long unreadable;
    private long newestNanos;
    private long newestBorderNanos;

    /** @param journal as messages name it */
    JournalReplay(String journal) {
        this.journal = journal;
    }

    /** @param instrument the sampler's report on itself; empty when the run was interrupted before it was written */
    public record Outcome(Session session, Optional<JsonNode> instrument, long endNanos, long unreadableLines) {

        /** For a report that is not as it was written. */
        Outcome withoutInstrument() {
            return new Outcome(session, Optional.empty(), endNanos, unreadableLines + 1);
        }
    }

    /** @param listeners made once the session is known, before anything is told */
    public static Outcome of(Path journal, Function<Session, List<SampleListener>> listeners) {
        JournalReplay replay = new JournalReplay(journal.toString());
        try (InputStream in = new BufferedInputStream(new FileInputStream(journal.toFile()))) {
            LineReader lines = new LineReader(in);
            if (!lines.next()) {
                throw replay.noHeader(null);
            }
            replay.begin(lines.bytes(), lines.length(), listeners);
            while (lines.next()) {
                replay.line(lines.bytes(), lines.length());
            }
        } catch (IOException unreadable) {
            throw GpushareException.failed(
                    "the journal " + journal + " cannot be read: " + unreadable.getMessage(), null, unreadable);
        }
        return replay.outcome();
    }

    /** As far as it was told. */
    Outcome outcome() {
        if (session == null) {
            throw noHeader(null);
        }
        return new Outcome(session, Optional.ofNullable(instrument), newestNanos, unreadable);
    }

    /** The first line. */
    void begin(byte[] line, int length, Function<Session, List<SampleListener>> made) {
        JsonNode header = headerOf(line, length);
        int version = header.path("version").intValue();
        if (version != JournalLines.VERSION) {
            throw GpushareException.failed(
                    "the journal " + journal + " has version " + version + ", this program reads version "
                            + JournalLines.VERSION,
                    "Use the gpushare that wrote it: "
                            + header.path("tool_version").asText("unknown"));
        }
        session = sessionOf(header);
        listeners = made.apply(session);
        for (JsonNode table : header.path("tables")) {
            try {
                addTable(table);
            } catch (IllegalArgumentException damaged) {
                unreadable++;
            }
        }
    }

    private Session sessionOf(JsonNode header) {
        try {
            if (!header.path("identity").isObject()) {
                throw new IllegalArgumentException("it does not say what was watched");
            }
            return new Session(
                    JournalFields.text(header, "tool_version"),
                    JournalFields.amount(header, "start_unix_ns"),
                    JournalFields.amount(header, "interval_ns"),
                    header.required("identity"));
        } catch (IllegalArgumentException damaged) {
            throw noHeader(damaged);
        }
    }

    private JsonNode headerOf(byte[] line, int length) {
        try {
            return LINES.readTree(line, 0, length).required(JournalLines.HEADER);
        } catch (IOException | IllegalArgumentException notAHeader) {
            throw noHeader(notAHeader);
        }
    }

    /** Any other. */
    void line(byte[] line, int length) {
        try {
            if (length > 0 && line[0] == '[') {
                row(line, length);
            } else {
                other(LINES.readTree(line, 0, length));
            }
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException damaged) {
            unreadable++;
        }
    }

    private void row(byte[] line, int length) throws IOException {
        try (JsonParser parser = ROWS.createParser(line, 0, length)) {
            parser.nextToken();
            parser.nextToken();
            int number = parser.getIntValue();
            Table table = table(number);
            Row row = rows.get(table.number());
            parser.nextToken();
            long nanos = JournalFields.nanos(parser.getDoubleValue());
            row.begin(nanos);
            int column = 0;
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                if (token != JsonToken.VALUE_NULL) {
                    row.set(column, parser.getDoubleValue());
                }
                column++;
            }
            if (column != row.columns()) {
                throw new IllegalArgumentException("a row of " + table.name() + " has " + column + " values");
            }
            newestNanos = Math.max(newestNanos, nanos);
            listeners.forEach(listener -> listener.row(table, row));
        }
    }

    private void other(JsonNode line) {
        if (!line.isObject() || line.size() != 1) {
            throw new IllegalArgumentException("not a line of a journal");
        }
        String kind = line.fieldNames().next();
        JsonNode content = line.required(kind);
        switch (kind) {
            case JournalLines.TABLE -> addTable(content);
            case JournalLines.ABSENCE -> {
                Table table = table(JournalFields.count(content, "table"));
                var change = JournalLines.readAbsence(table, content);
                listeners.forEach(listener -> listener.absenceChanged(table, change));
            }
            case JournalLines.PHASE -> {
                var border = JournalLines.readPhase(content);
                if (border.elapsedNanos() < newestBorderNanos) {
                    throw new IllegalArgumentException("phase " + border.name() + " is out of order");
                }
                newestBorderNanos = border.elapsedNanos();
                newestNanos = Math.max(newestNanos, border.elapsedNanos());
                listeners.forEach(listener -> listener.phaseBegan(border));
            }
            case JournalLines.PROCESS -> {
                var process = JournalLines.readProcess(content);
                listeners.forEach(listener -> listener.processNamed(process));
            }
            case JournalLines.WARNING -> {
                String warning = JournalFields.someText(line, kind);
                listeners.forEach(listener -> listener.warned(warning));
            }
            case JournalLines.END -> {
                long nanos = JournalFields.nanos(content, "elapsed_ms");
                instrument = content.required("instrument");
                newestNanos = Math.max(newestNanos, nanos);
            }
            default -> throw new IllegalArgumentException("unknown line " + kind);
        }
    }

    private Table table(int number) {
        Table table = tableOf.get(number);
        if (table == null) {
            throw new IllegalArgumentException("there is no table " + number);
        }
        return table;
    }

    private void addTable(JsonNode node) {
        Table table = JournalLines.readTable(node, tables.size());
        if (tableOf.putIfAbsent(JournalFields.count(node, "number"), table) != null) {
            throw new IllegalArgumentException("table " + table.name() + " is there twice");
        }
        tables.add(table);
        rows.add(new Row(table.metrics().size()));
        listeners.forEach(listener -> listener.tableAdded(table));
    }

    private GpushareException noHeader(@Nullable Exception cause) {
        String message = "the journal " + journal + " has no header: there is nothing to save in it";
        String advice = "Either the run was killed before it began, or this is no journal of gpushare.";
        return GpushareException.failed(message, advice, cause);
    }

    /**
     * Lines that end with a line feed, one after another in the same bytes. A rest without one is not a line. Of a line
     * longer than any that a journal has (zeros that a disk left behind) only the beginning is kept.
     */
    private static final class LineReader {
        private static final int LINE_FEED = '\n';
        private static final int LONGEST = 1 << 20;

        private final InputStream in;
        private byte[] bytes = new byte[4096];
        private int length;

        LineReader(InputStream in) {
            this.in = in;
        }

        boolean next() throws IOException {
            length = 0;
            for (int read = in.read(); read >= 0; read = in.read()) {
                if (read == LINE_FEED) {
                    return true;
                }
                if (length == bytes.length && length < LONGEST) {
                    bytes = Arrays.copyOf(bytes, length * 2);
                }
                if (length < bytes.length) {
                    bytes[length++] = (byte) read;
                }
            }
            return false;
        }

        /** Holds the line in its first {@link #length} bytes, until the next. */
        byte[] bytes() {
            return bytes;
        }

        int length() {
            return length;
        }
    }
}
