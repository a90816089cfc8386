package io.gpushare.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.plan.BaselineChoice;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.reading.ReadingProgress;
import io.gpushare.results.reading.ResultReading;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.Skipped;
import io.gpushare.results.stored.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run has written at some instant is what is left of one that is killed then. */
@Timeout(30)
final class KilledRunTest {
    private static final String WINDOW = "{\"event\":\"window\",\"stage\":\"tenants\"";
    private static final int WINDOWS = 10;

    @TempDir
    private Path folder;

    @Test
    void leavesAJournalThatCanBeRead() throws Exception {
        Path results = folder.resolve("results");
        Path left = Files.createDirectories(folder.resolve("left"));
        RunScenario scenario = new RunScenario(results)
                .tenants(2)
                .baseline(new BaselineChoice.Run())
                .lasting(Duration.ofMillis(400));
        CompletableFuture<RunOutcome> run = CompletableFuture.supplyAsync(() -> outcome(scenario));
        Path journal = journalWithWindows(results);
        ReadResults living = ResultReading.read(List.of(results.toString()), ReadingProgress.NONE);
        for (Path file : files(results)) {
            if (String.valueOf(file.getFileName()).endsWith(".journal.jsonl")) {
                Files.copy(file, left.resolve(String.valueOf(file.getFileName())));
            }
        }
        RunResult whole = run.get().result();

        assertThat(living.runs()).isEmpty();
        assertThat(living.skipped())
                .filteredOn(skipped -> skipped.file().equals(journal))
                .extracting(Skipped::reason)
                .containsExactly("it is still being written");
        StoredRun saved = ResultReading.read(List.of(left.toString()), ReadingProgress.NONE)
                .runs()
                .getFirst();
        RunResult part = saved.result();
        assertThat(saved.origin()).isEqualTo(Origin.JOURNAL);
        assertThat(part.runId()).isEqualTo(whole.runId());
        assertThat(part.plan()).hasToString(whole.plan().toString());
        assertThat(part.environment().path("gpus"))
                .hasToString(whole.environment().path("gpus").toString());
        assertThat(part.environment().path("host"))
                .hasToString(whole.environment().path("host").toString());
        assertThat(part.tenants()).extracting(TenantResult::kind).containsExactly("training", "training");
        assertThat(part.tenants()).extracting(TenantResult::unit).containsExactly("sample", "sample");
        assertThat(part.baselines()).hasSize(1);
        assertThat(part.metrics().stp().asOptional()).isPresent();
        assertThat(part.timeline().windowS())
                .isPositive()
                .isLessThan(whole.timeline().windowS());
    }

    private static RunOutcome outcome(RunScenario scenario) {
        try {
            return scenario.run();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static Path journalWithWindows(Path results) throws IOException, InterruptedException {
        while (true) {
            for (Path file : files(results)) {
                if (String.valueOf(file.getFileName()).matches("benchmark_.*\\.journal\\.jsonl")
                        && windowsIn(file) >= WINDOWS) {
                    return file;
                }
            }
            Thread.sleep(5);
        }
    }

    private static long windowsIn(Path journal) throws IOException {
        return Files.readString(journal)
                .lines()
                .filter(line -> line.startsWith(WINDOW))
                .count();
    }

    private static List<Path> files(Path results) throws IOException {
        if (!Files.isDirectory(results)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(results)) {
            return files.toList();
        }
    }
}
