package io.gpushare.results.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real data ships with the tool: every version has to read what earlier ones measured. */
final class ReferenceResultsTest {
    private static final Path REFERENCE = Path.of("results", "reference");

    static List<Path> results() throws IOException {
        try (Stream<Path> files = Files.walk(REFERENCE)) {
            return files.filter(file -> file.getFileName().toString().matches("benchmark_.*\\.json"))
                    .sorted()
                    .toList();
        }
    }

    /** Samples are the larger half of a run: most of those that say again what others say stay out of what ships. */
    private static boolean leftOut(Path file) {
        return file.toString().matches(".*(/experiments/.*|-r[23]\\.json)");
    }

    @ParameterizedTest
    @MethodSource("results")
    void canStillBeRead(Path file) {
        RunResult result = RunResultFile.read(file);

        assertThat(result.simulated()).isFalse();
        assertThat(result.verdict().valid()).isTrue();
        if (!leftOut(file)) {
            assertThat(file.resolveSibling(result.sampling().path("file").asText()))
                    .exists();
        }
    }
}
