package io.gpushare.results.reading;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.ResultName;
import io.gpushare.results.benchmark.RunResultJson;
import io.gpushare.results.imported.ImportedFile;
import io.gpushare.results.reading.document.BenchmarkDocument;
import io.gpushare.results.reading.document.DamagedFileException;
import io.gpushare.results.reading.document.DocumentReader;
import io.gpushare.results.reading.document.JsonTokens;
import io.gpushare.results.reading.document.ResultParts;
import io.gpushare.results.reading.document.SamplesDocument;
import io.gpushare.results.reading.find.Candidate;
import io.gpushare.results.reading.find.CandidateSearch;
import io.gpushare.results.stored.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads one file, whatever is in it. */
final class FileReader {
    private static final long LARGEST = 2L << 30;
    private static final String MONITOR_KIND = "gpu_monitor";

    /** What {@code gpushare load} writes. */
    private static final String LOAD_KIND = "load";

    private FileReader() {}

    static FileContent read(Candidate candidate) {
        Path file = candidate.file();
        try {
            if (Files.size(file) > LARGEST) {
                return lost(file, "it is larger than 2 GiB");
            }
            return String.valueOf(file.getFileName()).endsWith(ResultName.JOURNAL_ENDING)
                    ? JournalFile.read(candidate)
                    : document(candidate);
        } catch (IOException unreadable) {
            return new FileContent.Nothing(new Skipped(file, CandidateSearch.reason(unreadable), true));
        }
    }

    private static FileContent document(Candidate candidate) throws IOException {
        Path file = candidate.file();
        try (JsonTokens tokens = JsonTokens.open(file)) {
            ResultParts parts = new ResultParts();
            DocumentReader reader = new DocumentReader(tokens, parts);
            try {
                ObjectNode document = reader.read();
                return switch (reader.kind().orElse("")) {
                    case RunResultJson.KIND -> new FileContent.Run(BenchmarkDocument.read(file, document, parts));
                    case MONITOR_KIND -> new FileContent.Monitor(SamplesDocument.read(file, document));
                    case ImportedFile.KIND -> imported(file);
                    default -> foreign(candidate, reader.kind());
                };
            } catch (DamagedFileException damage) {
                boolean ours = reader.kind().filter(FileReader::ours).isPresent() || named(file);
                return ours || candidate.named() ? lost(file, damage.words()) : foreign(candidate, reader.kind());
            }
        }
    }

    private static FileContent imported(Path file) throws IOException {
        try {
            return new FileContent.Imported(ImportedFile.read(file));
        } catch (IllegalArgumentException damaged) {
            return new FileContent.Nothing(new Skipped(file, String.valueOf(damaged.getMessage()), true));
        }
    }

    private static boolean ours(String kind) {
        return kind.equals(RunResultJson.KIND) || kind.equals(MONITOR_KIND) || kind.equals(ImportedFile.KIND);
    }

    /** Whether it has a name that only results have. */
    private static boolean named(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith("benchmark_") || name.startsWith("gpu_monitor_");
    }

    private static FileContent foreign(Candidate candidate, Optional<String> kind) {
        Path file = candidate.file();
        if (kind.filter(LOAD_KIND::equals).isPresent()) {
            String words = "it says what a server did under load; `gpushare compare` takes it when it is named itself";
            return new FileContent.Nothing(new Skipped(file, words, candidate.named()));
        }
        String reason = "it is no result of gpushare"
                + kind.map(other -> ": its kind is " + DamagedFileException.shortened(other))
                        .orElse("");
        return new FileContent.Nothing(new Skipped(file, reason, candidate.named() || named(file)));
    }

    static FileContent lost(Path file, String words) {
        return new FileContent.Nothing(new Skipped(file, words, true));
    }
}
