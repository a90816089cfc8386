package io.gpushare.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.MpsDaemon;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

final class NeedsRootTest {
    private static final Change DAEMON = new Change.StartDaemon(
            new MpsDaemon(Path.of("/tmp/x"), new MpsDaemon.Device.WholeGpu(), OptionalInt.empty(), MpsSettings.NONE));
    private static final Change QUANTUM = new Change.SetQuantum(Quantum.LONG);

    @Command(name = "gpushare")
    static final class Anything {
        @Parameters
        List<String> words = List.of();
    }

    private static CommandLine typed(String... words) {
        CommandLine command = new CommandLine(new Anything());
        command.parseArgs(words);
        return command;
    }

    private static GpushareException refused(String sentence) {
        return new GpushareException(ExitStatus.FAILED, sentence, "Try this.");
    }

    @Test
    void asksForRootWhereAnythingButADaemonIsChanged() {
        NeedsRoot user = new NeedsRoot(false, Map.of());
        assertThatCode(() -> user.require(List.of(DAEMON), typed("mode"))).doesNotThrowAnyException();
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> user.require(List.of(DAEMON, QUANTUM), typed("mode", "two words")))
                .satisfies(failure -> {
                    assertThat(failure.status()).isEqualTo(ExitStatus.UNABLE);
                    assertThat(failure.advice()).contains("As root:\n  sudo gpushare mode 'two words'");
                });
        assertThatCode(() -> new NeedsRoot(true, Map.of()).require(List.of(QUANTUM), typed("mode")))
                .doesNotThrowAnyException();
    }

    @Test
    void addsTheLineToTypeToWhatAToolRefused() {
        NeedsRoot user = new NeedsRoot(false, Map.of("GPUSHARE_NVML_LIBRARY", "/x y/libnvidia-ml.so.1", "HOME", "/h"));
        GpushareException told =
                user.told(refused("nvidia-smi says 'Unable to …: Insufficient Permissions'"), typed("bench"));
        assertThat(told.status()).isEqualTo(ExitStatus.UNABLE);
        assertThat(told.advice())
                .contains("Try this.\nAs root:\n  sudo GPUSHARE_NVML_LIBRARY='/x y/libnvidia-ml.so.1' gpushare bench");
    }

    @Test
    void leavesOtherFailuresAndThoseOfRootAsTheyAre() {
        GpushareException other = refused("nvidia-smi says 'In use by another client'");
        assertThat(new NeedsRoot(false, Map.of()).told(other, typed("bench"))).isSameAs(other);
        GpushareException permissions = refused("nvidia-smi says 'Insufficient Permissions'");
        assertThat(new NeedsRoot(true, Map.of()).told(permissions, typed("bench")))
                .isSameAs(permissions);
    }

    @Test
    void knowsWhoIsBehindSudo() {
        Map<String, String> sudo = Map.of("SUDO_UID", "1000");
        assertThat(new NeedsRoot(true, sudo).behindSudo()).hasValue(1000);
        assertThat(new NeedsRoot(false, sudo).behindSudo()).isEmpty();
        assertThat(new NeedsRoot(true, Map.of("SUDO_UID", "0")).behindSudo()).isEmpty();
        assertThat(new NeedsRoot(true, Map.of()).behindSudo()).isEmpty();
    }

    @Test
    void saysSudoOnlyToWhoTypedIt() {
        assertThat(new NeedsRoot(true, Map.of("SUDO_UID", "1000", "GPUSHARE_STATE", "/s")).again("gpushare restore"))
                .isEqualTo("sudo GPUSHARE_STATE=/s gpushare restore");
        assertThat(new NeedsRoot(true, Map.of("GPUSHARE_STATE", "/s")).again("gpushare restore"))
                .isEqualTo("gpushare restore");
        assertThat(new NeedsRoot(false, Map.of()).again("gpushare restore")).isEqualTo("gpushare restore");
    }
}
