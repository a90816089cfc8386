package io.gpushare.cli.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cli.results.AnalyzeOutputOptions.Format;
import io.gpushare.cli.terminal.Console;
import io.gpushare.report.Report;
import io.gpushare.report.table.StudyJson;
import io.gpushare.results.ToolVersion;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.results.reading.timeline.TimelineReader;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.study.Study;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Shell;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What {@code gpushare analyze FOLDER} says and writes, for a command that has just filled the folder.
 *
 * @param files that were written, the one to open first at the head
 */
public record FolderAnalysis(Report report, List<Path> files) {
    public FolderAnalysis {
        files = List.copyOf(files);
    }

    /** Empty where no run in the folder counts. */
    public static Optional<FolderAnalysis> of(Path folder, List<Slo> slos, InstantSource clock) {
        ReadResults read = ResultReading.read(List.of(folder.toString()), ReadingProgress.NONE);
        StudyOptions usual = StudyOptions.DEFAULT;
        Study study = Study.of(read.runs(), new StudyOptions(false, false, slos, OptionalDouble.empty(), usual.seed()));
        if (study.sections().isEmpty()) {
            return Optional.empty();
        }
        Report report = new Report(
                study,
                read,
                ShownRuns.of(study, TimelineReader::read),
                clock.instant(),
                ToolVersion.current().toString());
        AnalysisFolder into = new AnalysisFolder(
                AnalysisFolder.of(folder.toString()),
                "gpushare analyze " + Shell.quoted(folder.toString()) + " --no-files");
        return Optional.of(new FolderAnalysis(report, AnalyzeFiles.write(report, into, true)));
    }

    public void print(Console console) {
        new AnalyzeAnswer(console, console.columns()).print(report, Format.TEXT, files);
    }

    public ObjectNode json() {
        return StudyJson.of(report);
    }
}
