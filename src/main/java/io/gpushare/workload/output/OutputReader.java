package io.gpushare.workload.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

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
}
