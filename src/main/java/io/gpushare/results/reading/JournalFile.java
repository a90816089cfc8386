package io.gpushare.results.reading;

import io.gpushare.results.ResultName;
import java.nio.file.Files;
import java.nio.file.Path;

/** A journal, of a run or of samples. */
final class JournalFile {
    private JournalFile() {}

    static FileContent read(Candidate candidate) {
        Path file = candidate.file();
        if (ResultName.resultBeside(file).filter(Files::exists).isPresent()) {
            return new FileContent.Superseded();
        }
        return FileReader.lost(file, "is the journal of a run that never came to its end");
    }
}
