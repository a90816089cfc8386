package io.gpushare.cli.results;

import io.gpushare.compare.Side;
import io.gpushare.exchange.ForeignFile;
import io.gpushare.exchange.WrongFormatException;
import io.gpushare.failure.GpushareException;
import io.gpushare.results.imported.ImportedBenchmarks;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.Skipped;
import io.gpushare.study.JudgedAnewWords;
import io.gpushare.study.Study;
import io.gpushare.study.metric.StudyOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the user gave as one side of a comparison, read.
 *
 * @param skipped files that should have been read, or that are told of
 * @param judgedAnew what became of old results, if there are any
 */
record ComparedSide(Side side, List<Skipped> skipped, Optional<String> judgedAnew) {
    ComparedSide {
        skipped = List.copyOf(skipped);
    }

    /** A file of another program that is named itself is taken as if it had been imported. */
    static ComparedSide read(String given, StudyOptions options, Instant now, String toolVersion) {
        ReadResults read = ResultReading.read(List.of(given), ReadingProgress.NONE);
        List<ImportedBenchmarks> imported = new ArrayList<>(read.imported());
        List<Skipped> skipped = new ArrayList<>();
        for (Skipped file : read.skipped()) {
            // A pipe would be waited for, and could be read only once.
            if (!file.file().equals(Path.of(given)) || !Files.isRegularFile(file.file())) {
                skipped.add(file);
                continue;
            }
            try {
                imported.add(
                        ForeignFile.readForeign(file.file(), now, toolVersion).imported());
            } catch (WrongFormatException wrong) {
                skipped.add(new Skipped(file.file(), wrong.problem(), true));
            } catch (GpushareException unknown) {
                skipped.add(file);
            }
        }
        return new ComparedSide(
                Side.of(given, Study.of(read.runs(), options), imported),
                skipped,
                JudgedAnewWords.of(read.runs()).map(words -> given + ": " + words));
    }

    boolean incomplete() {
        return skipped.stream().anyMatch(Skipped::loss);
    }
}
