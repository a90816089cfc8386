package io.gpushare.sampling;

import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import java.nio.file.Path;

/** @param journal grows while sampling goes on, and goes when the result is there */
public record MonitorFiles(Path journal, Path result) {
    public static MonitorFiles in(ResultDirectory directory, ResultName name) {
        return new MonitorFiles(name.journalIn(directory), name.resultIn(directory));
    }
}
