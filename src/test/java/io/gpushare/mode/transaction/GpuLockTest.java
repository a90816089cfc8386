package io.gpushare.mode.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.GpuIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GpuLockTest {
    @TempDir
    Path folder;

    private final GpuIdentity gpu = new FakeControl().gpu();

    private Path file() {
        return folder.resolve("gpushare-" + gpu.uuid() + ".lock");
    }

    private GpuLock take() {
        return GpuLock.take(folder, gpu, "gpushare bench");
    }

    @Test
    void isFreeAgainWhenItIsClosedAndNamesWhoHadIt() throws IOException {
        take().close();
        take().close();

        assertThat(Files.readString(file()))
                .isEqualTo("pid " + ProcessHandle.current().pid() + ": gpushare bench\n");
    }

    @Test
    void writesOverNothingThatSomebodyLinkedThere() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "of somebody else");
        Files.createSymbolicLink(file(), precious);

        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(this::take)
                .satisfies(refusal -> {
                    assertThat(refusal.status()).isEqualTo(ExitStatus.UNABLE);
                    assertThat(refusal.advice().orElseThrow()).startsWith("It keeps two gpushare");
                });
        assertThat(precious).hasContent("of somebody else");
    }

    @Test
    void showsNoControlCharactersThatSomebodyWroteIntoTheFile() throws IOException {
        try (GpuLock _ = take()) {
            Files.writeString(file(), "pid 1: \u001b[2Jgone\n");

            assertThatExceptionOfType(GpushareException.class)
                    .isThrownBy(this::take)
                    .satisfies(refusal -> assertThat(refusal.sentence()).contains("(pid 1: ?[2Jgone)"));
        }
    }
}
