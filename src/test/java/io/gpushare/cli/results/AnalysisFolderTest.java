package io.gpushare.cli.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnalysisFolderTest {
    @TempDir
    Path folder;

    @Test
    void liesInTheFolderThatIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("a.json"), "{}");
        assertThat(AnalysisFolder.of(folder.toString())).isEqualTo(folder.resolve("analysis"));
        assertThat(AnalysisFolder.of(file.toString())).isEqualTo(folder.resolve("analysis"));
        assertThat(AnalysisFolder.of(folder + "/benchmark_*.json")).isEqualTo(folder.resolve("analysis"));
        assertThat(AnalysisFolder.of(folder + "/*/b?.json")).isEqualTo(folder.resolve("analysis"));
        assertThat(AnalysisFolder.of("*.json")).isEqualTo(Path.of("analysis"));
        assertThat(AnalysisFolder.of("results/none")).isEqualTo(Path.of("results/none/analysis"));
    }

    @Test
    void referenceDataStaysAsItCame() {
        assertThat(AnalysisFolder.of("results/reference/h200")).isEqualTo(Path.of("results/analysis/reference/h200"));
        assertThat(AnalysisFolder.of("results/reference/h200/*.json"))
                .isEqualTo(Path.of("results/analysis/reference/h200"));
        assertThat(AnalysisFolder.of("results/reference")).isEqualTo(Path.of("results/analysis/reference"));
        assertThat(AnalysisFolder.of("results")).isEqualTo(Path.of("results/analysis"));
        assertThat(AnalysisFolder.of(folder + "/results/reference/../reference/x"))
                .isEqualTo(folder.resolve("results/analysis/reference/x"));
    }

    @Test
    void saysWhatStandsInTheWay() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new AnalysisFolder(file.resolve("analysis"), "gpushare analyze --no-files").check())
                .isInstanceOf(GpushareException.class)
                .hasMessage(
                        "the analysis cannot be written to " + file.resolve("analysis") + ": " + file + " is a file");
        assertThatThrownBy(() -> new AnalysisFolder(Path.of("/proc/analysis"), "gpushare analyze --no-files").create())
                .isInstanceOfSatisfying(GpushareException.class, failure -> {
                    assertThat(failure.status().code()).isEqualTo(3);
                    assertThat(failure.advice())
                            .hasValueSatisfying(advice -> assertThat(advice)
                                    .isEqualTo("Name another folder with --out, or have only the answer:\n"
                                            + "  gpushare analyze --no-files"));
                });
    }

    @Test
    void checkingLeavesNothingBehind() {
        new AnalysisFolder(folder.resolve("a/b/analysis"), "").check();
        assertThat(folder).isEmptyDirectory();
    }
}
