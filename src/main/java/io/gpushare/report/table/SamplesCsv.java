package io.gpushare.report.table;

import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.timeline.SampleReader;
import io.gpushare.results.stored.StoredMonitor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * The samples of a file, one a line: {@code timestamp,domain,metric,measure}, series by series. What is absent has no
 * line.
 */
public final class SamplesCsv {
    public static final String HEADER = LongCsv.HEADER;

    private static final double NANOS_PER_MILLI = 1e6;

    /** Always as many digits, since readers guess a column's format from its first line. */
    private static final DateTimeFormatter MICROS =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

    private SamplesCsv() {}

    /** Takes lines as they are made. */
    @FunctionalInterface
    public interface Lines {
        void line(String line) throws IOException;
    }

    /** @param prefix of the domains, where several files stand in one table */
    public static void write(Path file, String prefix, Lines lines) throws IOException, DamagedFileException {
        StoredMonitor monitor = SampleReader.head(file);
        SampleDomains domains = new SampleDomains(monitor.head());
        long begin = monitor.head().path("start_unix_ns").longValue();
        SampleReader.samples(
                file,
                (origin, metric, elapsedMs, value) -> lines.line(new CsvLine()
                        .name(MICROS.format(Instant.ofEpochSecond(0, begin + Math.round(elapsedMs * NANOS_PER_MILLI))))
                        .name(prefix + domains.of(origin))
                        .name(metric)
                        .number(value)
                        .toString()));
    }
}
