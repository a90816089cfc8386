package io.gpushare.results.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.results.reading.timeline.TimelineReader;
import io.gpushare.results.stored.ReadResults;
import io.gpushare.results.stored.Skipped;
import io.gpushare.results.stored.StoredRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand files, each damaged in another way, beside good ones. */
final class MutationTest {
    private static final int ROUNDS = 100;
    private static final int FILES = 100;
    private static final Duration MOST_OF_A_ROUND = Duration.ofSeconds(10);

    @Test
    void readsGoodFilesAmongAnyNumberOfBadOnes(@TempDir Path folder) throws IOException {
        byte[] result = SomeFiles.result();
        byte[] monitor = SomeFiles.monitor();
        byte[] journal = SomeFiles.journal().getBytes(StandardCharsets.UTF_8);
        Path good = SomeFiles.copyRun(folder);
        StoredRun undisturbed = ResultReading.read(List.of(folder.toString()), ReadingProgress.NONE)
                .runs()
                .getFirst();
        assertThat(undisturbed.file()).isEqualTo(good);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            List<Path> bad = new ArrayList<>();
            for (int i = 0; i < FILES; i++) {
                long seed = (long) round * FILES + i;
                byte[] original = i % 4 == 3 ? monitor : i % 4 == 2 ? journal : result;
                String name = i % 4 == 3
                        ? "gpu_monitor_m" + i + ".json"
                        : i % 4 == 2 ? "benchmark_m" + i + ".journal.jsonl" : "benchmark_z" + i + ".json";
                bad.add(Files.write(folder.resolve(name), new Mutation(seed).of(original)));
            }
            long begin = System.nanoTime();
            ReadResults read = ResultReading.read(List.of(folder.toString()), ReadingProgress.NONE);
            read.runs().forEach(TimelineReader::read);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(MOST_OF_A_ROUND);
            assertThat(read.runs()).as("round " + round).contains(undisturbed);
            requireWords(read, round);
            read.skipped().forEach(skipped -> outcomes.merge(kind(skipped.reason()), 1, Integer::sum));
            outcomes.merge("read", read.runs().size() - 1, Integer::sum);
            for (Path file : bad) {
                Files.delete(file);
            }
        }
        assertThat(outcomes).as("what became of the bad ones").hasSizeGreaterThan(10);
    }

    /** Without what differs from file to file. */
    private static String kind(String reason) {
        return reason.replaceAll("[0-9].*", "").replaceAll(":.*", "");
    }

    private static void requireWords(ReadResults read, int round) {
        SoftAssertions.assertSoftly(softly -> {
            for (Skipped skipped : read.skipped()) {
                softly.assertThat(skipped.reason())
                        .as("round " + round)
                        .matches("(it|tenant [0-9]+|baseline [0-9]+).* .*")
                        .doesNotContain("Exception", "java.", "com.fasterxml", "io.gpushare", "\n")
                        .hasSizeLessThan(600);
            }
        });
    }
}
