package io.gpushare.cli.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.file.AtomicFile;
import io.gpushare.file.WriteFailure;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.account.RequestRecord;
import io.gpushare.load.account.Tally.Second;
import io.gpushare.load.written.LatencyLog;
import io.gpushare.load.written.LoadCsv;
import io.gpushare.load.written.RequestLines;
import io.gpushare.results.CheckedFile;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.results.ResultSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What one load leaves in a folder: those that grow are there before the first request. */
final class LoadFiles implements AutoCloseable {
    private final ResultDirectory directory;
    private final ResultName name;
    private final Optional<LatencyLog> log;
    private final Optional<RequestLines> lines;
    private final List<String> kinds;

    private LoadFiles(
            ResultDirectory directory,
            ResultName name,
            Optional<LatencyLog> log,
            Optional<RequestLines> lines,
            List<String> kinds) {
        this.directory = directory;
        this.name = name;
        this.log = log;
        this.lines = lines;
        this.kinds = kinds;
    }

    /**
     * @param one whether there is one measurement, whose latencies are logged
     * @param perRequest whether each request gets a line
     */
    static LoadFiles open(Path folder, Instant now, boolean one, boolean perRequest, List<String> kinds) {
        ResultDirectory directory = ResultDirectory.open(folder);
        ResultName name = ResultName.load(now, ResultName.randomId());
        try {
            Optional<LatencyLog> log =
                    one ? Optional.of(LatencyLog.create(beside(directory, name, ".hlog"), now)) : Optional.empty();
            Optional<RequestLines> lines = perRequest
                    ? Optional.of(RequestLines.create(beside(directory, name, ".requests.jsonl")))
                    : Optional.empty();
            return new LoadFiles(directory, name, log, lines, kinds);
        } catch (IOException failure) {
            throw refused(folder, failure);
        }
    }

    private static Path beside(ResultDirectory directory, ResultName name, String ending) {
        return directory.path().resolve(name.stem() + ending);
    }

    void second(Duration since, double length, Second second) {
        log.ifPresent(open -> open.add(since, length, second.latencies(), second.uncorrected()));
    }

    void ended(RequestRecord request, long measurementNanos) {
        lines.ifPresent(open -> open.add(request, kinds.get(request.kind()), measurementNanos));
    }

    /** Returns the file that holds all of it. */
    Path write(ObjectNode document, Optional<LoadSummary> summary) {
        Path file = name.resultIn(directory);
        try {
            CheckedFile.write(file, document, ResultSchema.serverLoad(), "result of the load");
            if (summary.isPresent()) {
                byte[] table = LoadCsv.of(summary.get()).getBytes(StandardCharsets.UTF_8);
                AtomicFile.write(beside(directory, name, ".csv"), out -> out.write(table));
            }
        } catch (IOException failure) {
            throw refused(file, failure);
        }
        return file;
    }

    private static GpushareException refused(Path file, IOException failure) {
        return GpushareException.unable(
                file + " could not be written: " + WriteFailure.reason(failure),
                "Make room, or name another folder with --out.",
                failure);
    }

    @Override
    public void close() {
        try {
            if (lines.isPresent()) {
                lines.get().close();
            }
            if (log.isPresent()) {
                log.get().close();
            }
        } catch (IOException | UncheckedIOException failure) {
            IOException cause = failure instanceof IOException direct ? direct : new IOException(failure);
            throw refused(directory.path(), cause);
        }
    }
}
