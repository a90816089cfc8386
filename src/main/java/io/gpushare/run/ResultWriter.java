package io.gpushare.run;

import io.gpushare.failure.GpushareException;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import java.nio.file.Path;

/** Writes a result, and if its folder takes nothing any more, beside the temporary files: half an hour may be in it. */
final class ResultWriter {
    private ResultWriter() {}

    static RunOutcome write(RunResult result, Path file) {
        try {
            return new RunOutcome(result, file, RunResultFile.write(file, result));
        } catch (GpushareException full) {
            Path elsewhere = Path.of(System.getProperty("java.io.tmpdir")).resolve(String.valueOf(file.getFileName()));
            RunResult warned = result.warned(full.sentence() + ": this file is in another folder than its samples");
            try {
                return new RunOutcome(warned, elsewhere, RunResultFile.write(elsewhere, warned));
            } catch (GpushareException nowhere) {
                full.addSuppressed(nowhere);
                throw full;
            }
        }
    }
}
