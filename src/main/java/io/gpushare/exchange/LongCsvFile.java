package io.gpushare.exchange;

import io.gpushare.results.imported.ImportedBenchmark;
import io.gpushare.results.imported.ImportedBenchmark.Measure;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table of {@code timestamp,domain,metric,measure}, a value a line. Of each metric of a domain count, mean, least and
 * greatest are kept: neighbouring samples of a series are no runs of their own, and would claim a certainty that they
 * do not have.
 */
final class LongCsvFile {
    private static final List<String> HEADER = List.of("timestamp", "domain", "metric", "measure");
    private static final int MOST_SERIES = 10_000;
    private static final int LONGEST_LINE = 1 << 16;
    private static final double LARGEST = 1e30;
    private static final String MARK_OF_ORDER = "\uFEFF";

    private final Map<String, Map<String, Levels>> domains = new LinkedHashMap<>();
    private int series;
    private long lines;
    private long gaps;
    private Optional<String> begin = Optional.empty();

    private static final class Levels {
        private long count;
        private double sum;
        private double least = Double.POSITIVE_INFINITY;
        private double greatest = Double.NEGATIVE_INFINITY;

        void add(double value) {
            count++;
            sum += value;
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }

        Map<String, Double> reported() {
            Map<String, Double> reported = new LinkedHashMap<>();
            reported.put(Measure.MEAN, sum / count);
            reported.put("min", least);
            reported.put("max", greatest);
            reported.put("n", (double) count);
            return reported;
        }
    }

    static LongCsvFile read(BufferedReader text) throws IOException {
        LongCsvFile file = new LongCsvFile();
        String header = file.line(text);
        if (header == null || !isHeader(header)) {
            throw new NotInFormatException("its first line is not " + String.join(",", HEADER));
        }
        for (String line = file.line(text); line != null; line = file.line(text)) {
            if (!line.isBlank()) {
                file.add(line);
            }
        }
        if (file.domains.isEmpty()) {
            throw new NotInFormatException("it has no line with a number");
        }
        return file;
    }

    /** Null behind the last. A stranger's line may never end. */
    private @Nullable String line(BufferedReader text) throws IOException {
        StringBuilder line = new StringBuilder();
        int character = text.read();
        if (character < 0) {
            return null;
        }
        lines++;
        while (character >= 0 && character != '\n') {
            if (line.length() == LONGEST_LINE) {
                throw new NotInFormatException("line " + lines + " is longer than 64 KiB");
            }
            if (character != '\r') {
                line.append((char) character);
            }
            character = text.read();
        }
        return line.toString();
    }

    private static boolean isHeader(String line) {
        String plain = line.startsWith(MARK_OF_ORDER) ? line.substring(MARK_OF_ORDER.length()) : line;
        return cells(plain.toLowerCase(Locale.ROOT)).stream()
                .map(String::strip)
                .toList()
                .equals(HEADER);
    }

    /** What is no number (a sensor that said {@code N/A}) is a gap. */
    private void add(String line) {
        List<String> cells = cells(line);
        if (cells.size() != HEADER.size()) {
            throw new NotInFormatException("line " + lines + " has " + cells.size() + " columns instead of four");
        }
        String domain = cells.get(1).strip();
        String metric = cells.get(2).strip();
        if (domain.isEmpty() || metric.isEmpty()) {
            throw new NotInFormatException("line " + lines + " names no domain, or no metric");
        }
        double value = number(cells.get(3).strip());
        if (Double.isNaN(value)) {
            gaps++;
            return;
        }
        if (begin.isEmpty()) {
            begin = Optional.of(cells.getFirst().strip()).filter(time -> !time.isEmpty());
        }
        domains.computeIfAbsent(domain, _ -> new LinkedHashMap<>())
                .computeIfAbsent(metric, _ -> counted())
                .add(value);
    }

    private Levels counted() {
        if (++series > MOST_SERIES) {
            throw new NotInFormatException("it has more than " + MOST_SERIES + " series");
        }
        return new Levels();
    }

    private static double number(String text) {
        try {
            double value = Double.parseDouble(text);
            return Math.abs(value) <= LARGEST ? value : Double.NaN;
        } catch (NumberFormatException none) {
            return Double.NaN;
        }
    }

    /** As RFC 4180 says, in one line. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        int at = 0;
        while (at < line.length()) {
            char character = line.charAt(at);
            boolean escaped = quoted && line.startsWith("\"\"", at);
            if (escaped) {
                cell.append('"');
            } else if (character == '"') {
                quoted = !quoted;
            } else if (character == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(character);
            }
            at += escaped ? 2 : 1;
        }
        cells.add(cell.toString());
        return cells;
    }

    /**
     * One for each domain.
     *
     * @param settings that tell files apart
     */
    List<ImportedBenchmark> benchmarks(Map<String, String> settings) {
        List<ImportedBenchmark> benchmarks = new ArrayList<>();
        domains.forEach((domain, metrics) -> {
            List<Measure> measures = new ArrayList<>();
            metrics.forEach((metric, levels) -> measures.add(new Measure(metric, "", List.of(), levels.reported())));
            benchmarks.add(new ImportedBenchmark(domain, settings, Optional.empty(), 0, measures));
        });
        return benchmarks;
    }

    /** Lines whose measure was no number. */
    long gaps() {
        return gaps;
    }

    /** The first line's time, in its own words. */
    Optional<String> begin() {
        return begin;
    }
}
