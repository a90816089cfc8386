package io.gpushare.mode.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.MpsDaemonChoice;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ModeFileTest {
    @TempDir
    Path folder;

    private ModeFile read(String text) {
        try {
            return ModeFile.read(Files.writeString(folder.resolve("my.yaml"), text));
        } catch (IOException unexpected) {
            throw new UncheckedIOException(unexpected);
        }
    }

    private static List<SharingMode> modes() {
        List<SharingMode> modes = new ArrayList<>(SomeModes.all());
        // No plan can have it, but a GPU.
        modes.add(SharingMode.mig(new MigLayout.None()));
        return modes;
    }

    @ParameterizedTest
    @MethodSource("modes")
    void readsBackWhatItWrote(SharingMode mode) {
        String description = "When: 'always' # or not";
        assertThat(read(ModeFile.write(description, mode))).isEqualTo(new ModeFile(Optional.of(description), mode));
    }

    @Test
    void isAFileThatAPersonWouldHaveWritten() {
        SharingMode mode = new SharingMode.Mps(
                ModeText.threadPercentage("25")
                        .over(ModeText.memoryLimit("8192MiB"))
                        .over(ModeText.priority("low")),
                new MpsDaemonChoice.Own(),
                true);
        assertThat(ModeFile.write("For four.", mode)).isEqualTo("""
            gpushare_mode: 1
            description: For four.
            mode:
              kind: mps
              thread_percentage: 25
              memory_limit: 8GiB
              priority: low
              exclusive_process: true
            """);
    }

    @Test
    void needsNoDescription() {
        assertThat(read("{gpushare_mode: 1, mode: mps}")).isEqualTo(new ModeFile(Optional.empty(), SharingMode.mps()));
    }

    @Test
    void theFolderOfADaemonStartsAtTheFilesOwn() {
        SharingMode mode = read("{gpushare_mode: 1, mode: {kind: mps, daemon: run/../mps}}")
                .mode();
        assertThat(mode)
                .isEqualTo(new SharingMode.Mps(
                        MpsSettings.NONE, new MpsDaemonChoice.Existing(folder.resolve("mps")), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "mode: mps|line 1: the property 'gpushare_mode' is missing",
                "{gpushare_mode: 2, mode: mps}|gpushare_mode: must be 1, the version of modes that this gpushare reads",
                "gpushare_mode: 1|the property 'mode' is missing",
                "{gpushare_mode: 1, mode: mps, name: x}|there is no property 'name'. Possible are gpushare_mode,",
                "{gpushare_mode: 1, mode: msp}|line 1: mode: 'msp' is no mode. Did you mean mps?",
                "{gpushare_mode: 1, mode: {}}|the property 'mode.kind' is missing",
                "{gpushare_mode: 1, mode: [mps]}|mode must be a text, and is a list",
                "{gpushare_mode: 1, mode: {kind: mps, quantum: long}}|mode.quantum: belongs to the mode time-slicing,"
                        + " not to mps",
                "{gpushare_mode: 1, mode: {kind: mig, thread_percentage: 5}}|mode.thread_percentage: belongs to the"
                        + " mode mps, not to mig",
                "{gpushare_mode: 1, mode: {kind: exclusive, mps: {}}}|mode.mps: belongs to the mode mig, not to"
                        + " exclusive",
                "{gpushare_mode: 1, mode: {kind: mps, threads: 5}}|there is no property 'mode.threads'. Possible are"
                        + " kind,",
                "{gpushare_mode: 1, mode: {kind: time-slicing, quantum: slow}}|mode.quantum: 'slow' is no quantum",
                "{gpushare_mode: 1, mode: {kind: mps, thread_percentage: 101}}|mode.thread_percentage: a thread"
                        + " percentage must be 1 to 100, and is 101",
                "{gpushare_mode: 1, mode: {kind: mps, thread_percentage: half}}|'half' is no percentage",
                "{gpushare_mode: 1, mode: {kind: mps, memory_limit: 5KiB}}|mode.memory_limit: a memory limit must be 1"
                        + " MiB",
                "{gpushare_mode: 1, mode: {kind: mps, priority: high}}|'high' is no priority. There are: normal, low.",
                "{gpushare_mode: 1, mode: {kind: mps, exclusive_process: 1}}|must be true or false, and is '1'",
                "{gpushare_mode: 1, mode: {kind: mig, profiles: [big]}}|mode.profiles: 'big' is no MIG profile",
                "{gpushare_mode: 1, mode: {kind: mig, profiles: []}}|mode.profiles: the list is empty",
                "{gpushare_mode: 1, mode: {kind: mig, mps: {daemon: x}}}|there is no property 'mode.mps.daemon'",
                "{version: v1, mig-configs: {}}|this is a file of NVIDIA's mig-parted; use it as `gpushare mode apply"
            })
    void namesTheLineAndThePropertyThatItRefuses(String text, String complaint) {
        assertThatThrownBy(() -> read(text)).isInstanceOfSatisfying(GpushareException.class, refused -> {
            assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
            assertThat(refused.sentence())
                    .startsWith(folder.resolve("my.yaml") + ", line 1: ")
                    .contains(complaint);
        });
    }
}
