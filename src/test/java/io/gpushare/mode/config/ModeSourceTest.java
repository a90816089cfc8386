package io.gpushare.mode.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.SharingMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModeSourceTest {
    @TempDir
    Path folder;

    private ModeSource source() {
        return ModeSource.of(folder.resolve("here"), folder.resolve("home"));
    }

    private Path has(String file, String mode) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, "{gpushare_mode: 1, mode: " + mode + "}");
    }

    private void refuses(String name, String sentence, String advice) {
        assertThatThrownBy(() -> source().find(name)).isInstanceOfSatisfying(GpushareException.class, refused -> {
            assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(refused.sentence()).isEqualTo(sentence);
            assertThat(refused.advice().orElse("")).isEqualTo(advice);
        });
    }

    @Test
    void aKindNeedsNoFile() throws IOException {
        has("home/gpu-configs/mps.yaml", "exclusive");
        assertThat(source().find("mps")).isEqualTo(SharingMode.mps());
    }

    @Test
    void theWorkingDirectoryComesBeforeTheProgramsHome() throws IOException {
        has("home/gpu-configs/ours.yaml", "mps");
        assertThat(source().find("ours")).isEqualTo(SharingMode.mps());
        has("here/gpu-configs/ours.yaml", "exclusive");
        assertThat(source().find("ours")).isEqualTo(new SharingMode.Exclusive());
    }

    @Test
    void aPathNamesAFileAnywhere() throws IOException {
        Path file = has("elsewhere/mine.yaml", "mps");
        assertThat(source().find(file.toString())).isEqualTo(SharingMode.mps());
        refuses(
                folder + "/none.yml",
                "there is no mode file " + folder + "/none.yml",
                "`gpushare mode export` writes one of how a GPU is set up now.");
    }

    @Test
    void aWrongFileIsRefusedEvenWhereAnotherFolderHasARightOne() throws IOException {
        Path wrong = has("here/gpu-configs/ours.yaml", "msp");
        has("home/gpu-configs/ours.yaml", "mps");
        refuses("ours", wrong + ", line 1: mode: 'msp' is no mode. Did you mean mps?", "");
    }

    @Test
    void namesWhatIsNearAMistypedName() throws IOException {
        has("home/gpu-configs/mps-half.yaml", "mps");
        Files.writeString(folder.resolve("home/gpu-configs/README.md"), "");
        refuses("msp-half", "there is no mode 'msp-half'", "Did you mean mps-half?");
        refuses(
                "everything",
                "there is no mode 'everything'",
                "There are: exclusive, time-slicing, mps, mig, mps-half.");
    }

    @Test
    void needsNoFolder() {
        refuses("mgi", "there is no mode 'mgi'", "Did you mean mig?");
    }
}
