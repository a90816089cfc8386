package io.gpushare.run;

import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.sampling.MonitorFiles;
import java.nio.file.Path;

/**
 * Where one run writes.
 *
 * @param logs folder of the tenants' own output
 */
record RunFiles(Path result, Path journal, MonitorFiles monitor, Path logs) {
    static RunFiles of(ResultDirectory directory, ResultName benchmark) {
        return new RunFiles(
                benchmark.resultIn(directory),
                benchmark.journalIn(directory),
                MonitorFiles.in(directory, benchmark.monitor()),
                benchmark.logFolderIn(directory));
    }
}
