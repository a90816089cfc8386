package io.gpushare.workload.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads what a program prints by its rules. Both of its pipes count: bars of progress are drawn on stderr. Not thread
 * safe.
 */
public final class OutputReader {
    /** More than any summary in JSON has. */
    private static final int LONGEST_DOCUMENT = 4 << 20;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final List<MeasureRule> rules;
    private final Listener listener;
    private final PrintedLines stdout = new PrintedLines(this::line);
    private final PrintedLines stderr = new PrintedLines(this::line);
    private final ByteArrayOutputStream document = new ByteArrayOutputStream();
    private final boolean readsDocument;
    private long lines;
    private Optional<String> oddity = Optional.empty();

    public interface Listener {
        void line(String line);

        void hit(MeasureRule rule, double number);
    }

    public OutputReader(List<MeasureRule> rules, Listener listener) {
        this.rules = List.copyOf(rules);
        this.listener = listener;
        this.readsDocument = rules.stream().anyMatch(rule -> rule.source() instanceof MeasureRule.Source.Json);
    }

    public void stdout(byte[] bytes, int offset, int count) {
        if (readsDocument && document.size() <= LONGEST_DOCUMENT) {
            document.write(bytes, offset, Math.min(count, LONGEST_DOCUMENT + 1 - document.size()));
        }
        stdout.feed(bytes, offset, count);
    }

    public void stderr(byte[] bytes, int offset, int count) {
        stderr.feed(bytes, offset, count);
    }

    /** It prints nothing more: what its document says is known. */
    public void end() {
        stdout.end();
        stderr.end();
        if (readsDocument && document.size() > 0) {
            readDocument();
            document.reset();
        }
    }

    private void readDocument() {
        try {
            JsonNode root = MAPPER.readTree(document.toByteArray());
            for (MeasureRule rule : rules) {
                if (rule.source() instanceof MeasureRule.Source.Json(JsonPath path)) {
                    path.in(root).ifPresent(number -> listener.hit(rule, number * rule.scale()));
                }
            }
        } catch (JsonProcessingException odd) {
            note("what it printed on stdout is no JSON document: " + odd.getOriginalMessage());
        } catch (java.io.IOException impossible) {
            throw new IllegalStateException("bytes in memory can be read", impossible);
        }
    }

    private void line(String line) {
        lines++;
        listener.line(line);
        for (MeasureRule rule : rules) {
            try {
                rule.in(line).ifPresent(number -> listener.hit(rule, number));
            } catch (OddNumberException odd) {
                note(odd.getMessage() + ", in the line: " + line.strip());
            }
        }
    }

    private void note(String what) {
        oddity = oddity.or(() -> Optional.of(what));
    }

    /** What could not be read although a rule found it, the first such thing. */
    public Optional<String> oddity() {
        return oddity;
    }

    public long lines() {
        return lines;
    }

    /**
     * Takes bytes as they come and hands on lines. A carriage return ends a line too: bars of progress are drawn over
     * each other with it. Of a line without end only so much is kept, its begin and nothing more: a program that never
     * ends one must not fill the memory.
     */
    private static final class PrintedLines {
        static final int LONGEST = 8192;

        private final byte[] line = new byte[LONGEST];
        private final Consumer<String> lines;
        private int length;

        PrintedLines(Consumer<String> lines) {
            this.lines = lines;
        }

        void feed(byte[] bytes, int offset, int count) {
            for (int i = offset; i < offset + count; i++) {
                byte next = bytes[i];
                if (next == '\n' || next == '\r') {
                    end();
                } else if (length < LONGEST) {
                    line[length++] = next;
                }
            }
        }

        /** What came last had no end of line. */
        void end() {
            if (length > 0) {
                String text = new String(line, 0, length, StandardCharsets.UTF_8);
                length = 0;
                lines.accept(text);
            }
        }
    }
}
