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
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Reads whatever lies in folders of results. What cannot be read is named, and the rest is read. Samples that a run
 * owns are most of the bytes, and only pictures of that run need them: they are not read here.
 */
public final class ResultReading {
    private final List<Candidate> candidates;
    private final ReadingProgress progress;
    private final Merging merging;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    private ResultReading(CandidateSearch search, ReadingProgress progress) {
        this.candidates = search.files();
        this.progress = progress;
        this.merging = new Merging(search.skipped());
    }

    /**
     * @param what folders, files and patterns. The answer does not depend on which thread reads what
     * @throws GpushareException when one of them names nothing
     */
    public static ReadResults read(List<String> what, ReadingProgress progress) {
        CandidateSearch search = new CandidateSearch();
        what.forEach(search::add);
        return new ResultReading(search, progress).read();
    }

    private ReadResults read() {
        int threads = Runtime.getRuntime().availableProcessors();
        ExecutorService pool = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().name("reading-", 1).daemon().factory());
        try {
            List<Candidate> samples = candidates.stream().filter(Samples::named).toList();
            List<Candidate> others = candidates.stream()
                    .filter(candidate -> !Samples.named(candidate))
                    .toList();
            read(pool, others, FileReader::read);
            Set<String> owned = merging.samples();
            read(pool, samples, candidate -> Samples.read(candidate, owned));
            return merging.merged(candidates.size(), bytes.get());
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

    /** Adds what they hold, in the order of the candidates. */
    private void read(ExecutorService pool, List<Candidate> part, Function<Candidate, FileContent> reader)
            throws InterruptedException, ExecutionException {
        List<Future<FileContent>> reads = new ArrayList<>();
        part.forEach(candidate -> reads.add(pool.submit(() -> read(candidate, reader))));
        for (Future<FileContent> read : reads) {
            merging.add(read.get());
        }
    }

    private FileContent read(Candidate candidate, Function<Candidate, FileContent> reader) {
        FileContent content = reader.apply(candidate);
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
