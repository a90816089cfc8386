package io.gpushare.load.written;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * HdrHistogram's log, second by second: latencies from the intended moment, and those from the sending under the tag
 * {@code uncorrected}. In nanoseconds; the log's greatest values are in milliseconds.
 */
public final class LatencyLog implements AutoCloseable {
    private final PrintStream out;
    private final HistogramLogWriter writer;

    private LatencyLog(PrintStream out) {
        this.out = out;
        this.writer = new HistogramLogWriter(out);
    }

    /**
     * @param file that there is not yet
     * @param began the warm-up
     */
    public static LatencyLog create(Path file, Instant began) throws IOException {
        LatencyLog log = new LatencyLog(new PrintStream(
                new BufferedOutputStream(
                        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)),
                false,
                StandardCharsets.UTF_8));
        log.writer.outputComment("[Latencies of requests in ns]");
        log.writer.outputLogFormatVersion();
        log.writer.outputStartTime(began.toEpochMilli());
        log.writer.setBaseTime(began.toEpochMilli());
        log.writer.outputLegend();
        return log;
    }

    /** @param until since the beginning; {@code seconds} how long before that the interval began */
    public void add(Duration until, double seconds, Histogram latencies, Histogram uncorrected) {
        double end = until.toNanos() / 1e9;
        writer.outputIntervalHistogram(end - seconds, end, latencies);
        uncorrected.setTag("uncorrected");
        writer.outputIntervalHistogram(end - seconds, end, uncorrected);
    }

    @Override
    public void close() throws IOException {
        out.close();
        if (out.checkError()) {
            throw new IOException("the log could not be written");
        }
    }
}
