package io.gpushare.results.reading;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.results.reading.find.Candidate;
import io.gpushare.results.reading.find.CandidateSearch;
import io.gpushare.results.stored.ReadResults;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Reads whatever lies in folders of results. What cannot be read is named, and the rest is read. */
public final class ResultReading {
    private final List<Candidate> candidates;
    private final ReadingProgress progress;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    private ResultReading(List<Candidate> candidates, ReadingProgress progress) {
        this.candidates = candidates;
        this.progress = progress;
    }

    /**
     * @param what folders, files and patterns. The answer does not depend on which thread reads what
     * @throws GpushareException when one of them names nothing
     */
    public static ReadResults read(List<String> what, ReadingProgress progress) {
        CandidateSearch search = new CandidateSearch();
        what.forEach(search::add);
        ResultReading reading = new ResultReading(search.files(), progress);
        return new Merging(search.skipped()).merged(reading.contents(), reading.candidates.size(), reading.bytes.get());
    }

    /** In the order of the candidates. */
    private List<FileContent> contents() {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("reading-", 1).daemon().factory());
        try {
            List<Future<FileContent>> reads = new ArrayList<>();
            candidates.forEach(candidate -> reads.add(pool.submit(() -> read(candidate))));
            List<FileContent> contents = new ArrayList<>();
            for (Future<FileContent> read : reads) {
                contents.add(read.get());
            }
            return contents;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new GpushareException(ExitStatus.INTERRUPTED, "reading was interrupted", null, interrupted);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof OutOfMemoryError full) {
                throw full;
            }
            throw new IllegalStateException("a file could not be read", failed.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private FileContent read(Candidate candidate) {
        FileContent content = FileReader.read(candidate);
        progress.done(done.incrementAndGet(), candidates.size(), bytes.addAndGet(sizeOf(candidate)));
        return content;
    }

    private static long sizeOf(Candidate candidate) {
        try {
            return Files.size(candidate.file());
        } catch (IOException gone) {
            return 0;
        }
    }
}
