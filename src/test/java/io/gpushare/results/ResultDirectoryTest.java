package io.gpushare.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultDirectoryTest {
    @TempDir
    private Path folder;

    @Test
    void createsTheFolderAndLeavesItEmpty() {
        ResultDirectory directory = ResultDirectory.open(folder.resolve("results/today"));
        assertThat(directory.path()).isEmptyDirectory();
        assertThat(directory.freeBytes()).isPositive();
    }

    @Test
    void saysBeforeAnythingStartsThatNothingCanBeWritten() throws IOException {
        Path file = Files.writeString(folder.resolve("results"), "a file");
        assertThatThrownBy(() -> ResultDirectory.open(file))
                .isInstanceOfSatisfying(GpushareException.class, failure -> {
                    assertThat(failure.status()).isEqualTo(ExitStatus.UNABLE);
                    assertThat(failure.sentence()).contains(file.toString()).endsWith("is a file");
                    assertThat(failure.advice()).isPresent();
                });
    }

    @Test
    void saysSoOfAFolderOfTheKernel() {
        assertThatThrownBy(() -> ResultDirectory.open(Path.of("/proc")))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("/proc");
    }

    @Test
    void namesFilesByTimeAndId() {
        ResultDirectory directory = ResultDirectory.open(folder);
        ResultName name = ResultName.monitor(Instant.parse("2026-11-20T13:05:09.7Z"), "4f1c09");
        assertThat(name.resultIn(directory)).isEqualTo(folder.resolve("gpu_monitor_20261120T130509Z_4f1c09.json"));
        assertThat(name.journalIn(directory))
                .isEqualTo(folder.resolve("gpu_monitor_20261120T130509Z_4f1c09.journal.jsonl"));
        assertThat(ResultName.randomId()).matches("[0-9a-f]{6}");
    }

    @Test
    void refusesNamesThatLeadElsewhere() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ResultName("../etc/passwd"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ResultName(""));
    }
}
