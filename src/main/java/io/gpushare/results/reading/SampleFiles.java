package io.gpushare.results.reading;

import io.gpushare.results.reading.find.CandidateSearch;
import io.gpushare.results.stored.Skipped;
import java.nio.file.Path;
import java.util.List;

/**
 * Files of samples in folders, by their names.
 *
 * @param skipped what could not be looked at
 */
public record SampleFiles(List<Path> files, List<Skipped> skipped) {
    public SampleFiles {
        files = List.copyOf(files);
        skipped = List.copyOf(skipped);
    }

    /** @throws io.gpushare.failure.GpushareException for what names nothing */
    public static SampleFiles in(List<String> what) {
        CandidateSearch search = new CandidateSearch();
        what.forEach(search::add);
        return new SampleFiles(
                search.files().stream()
                        .filter(candidate -> Samples.named(candidate))
                        .map(candidate -> candidate.file())
                        .toList(),
                search.skipped());
    }
}
