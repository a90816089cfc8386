package io.gpushare.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.mig.MigPlan;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.setup.MpsDaemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SimulatedCardTest {
    private static final MpsDaemon DAEMON = new MpsDaemon(
            Path.of("/simulated/a"), new MpsDaemon.Device.WholeGpu(), OptionalInt.empty(), MpsSettings.NONE);

    @TempDir
    private Path state;

    @Test
    void staysAsItWasLeft() throws InterruptedException {
        GpuControl first = card("h200");
        first.perform(new Change.SetQuantum(Quantum.MEDIUM));
        first.perform(new Change.SetComputeMode(ComputeMode.EXCLUSIVE_PROCESS));
        first.perform(new Change.SwitchMig(true));
        first.perform(new Change.CreateInstances(MigPlan.choose(
                MigLayoutText.parse(List.of("1g.18gb", "3g.71gb/1c+2c")), 3, first.profiles(), List.of())));
        GpuSetup left = first.read(List.of());

        GpuControl second = card("h200");
        assertThat(second.read(List.of())).isEqualTo(left);
        assertThat(second.gpu().uuid()).isEqualTo(first.gpu().uuid());
        assertThat(SimulatedCard.open(state, "h200")
                        .simulation()
                        .driver()
                        .gpus()
                        .getFirst()
                        .migMode()
                        .asOptional()
                        .orElseThrow()
                        .current())
                .isTrue();
        List<String> shown = uuids(card("h200"));
        assertThat(uuids(second)).hasSize(3).isEqualTo(shown);

        second.perform(new Change.RemoveInstances(left.mig().instances()));
        second.perform(new Change.SwitchMig(false));
        GpuSetup whole = card("h200").read(List.of());
        assertThat(whole.mig()).isEqualTo(new MigSetup.Off(false));
        assertThat(whole.quantum().asOptional()).contains(Quantum.MEDIUM);
    }

    @Test
    void itsDaemonsAnswerTheNextCommand() throws InterruptedException {
        card("h200").perform(new Change.StartDaemon(DAEMON));
        GpuControl next = card("h200");
        assertThat(next.read(List.of(DAEMON)).daemons()).containsExactly(DAEMON);
        assertThat(next.daemon(DAEMON.pipeDirectory())).isInstanceOf(GpuControl.DaemonState.Running.class);
    }

    @Test
    void cardsAreKeptApart() throws InterruptedException {
        card("h200").perform(new Change.SwitchMig(true));
        GpuControl other = card("a100-40");
        assertThat(other.read(List.of()).mig().on()).isFalse();
        assertThat(other.gpu().uuid()).isNotEqualTo(card("h200").gpu().uuid());
    }

    @Test
    void lookingLeavesNothingBehind() throws IOException, InterruptedException {
        card("h200").read(List.of());
        assertThat(state).isEmptyDirectory();
        card("h200").perform(new Change.SwitchMig(true));
        try (Stream<Path> files = Files.list(state.resolve("simulated"))) {
            assertThat(files).containsExactly(state.resolve("simulated/h200.json"));
        }
    }

    @Test
    void whatIsRefusedIsNotWritten() throws InterruptedException {
        GpuControl t4 = card("t4");
        assertThatThrownBy(() -> t4.perform(new Change.SwitchMig(true))).isInstanceOf(GpushareException.class);
        assertThat(state).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"time_slice\": \"eternal\"}", """
        {"time_slice":"default","compute_mode":"default","mig":{"kind":"unsupported","why":"old"},"mps_daemons":[]}
        """, """
            {"time_slice":"default","compute_mode":"default","mps_daemons":[],"mig":{"kind":"on","pending":false,
            "instances":[{"profile":"9g.1gb","start":0,"size":1,"compute_instances":[{"slices":1,"start":0}]}]}}
            """})
    void aFileThatTellsNoSetupOfThisCardIsNamed(String content) throws IOException, InterruptedException {
        Path file = Files.createDirectories(state.resolve("simulated")).resolve("h200.json");
        Files.writeString(file, content);
        assertThatThrownBy(() -> card("h200")).isInstanceOfSatisfying(GpushareException.class, refused -> {
            assertThat(refused.status()).isEqualTo(ExitStatus.UNABLE);
            assertThat(refused.sentence()).contains(file.toString());
            assertThat(refused.advice().orElseThrow()).contains("Delete that file");
        });
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException, InterruptedException {
        Files.writeString(state.resolve("simulated"), "a file, not a folder");
        GpuControl card = card("h200");
        assertThatThrownBy(() -> card.perform(new Change.SwitchMig(true)))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining(state.resolve("simulated/h200.json").toString());
    }

    private GpuControl card(String profile) {
        return SimulatedCard.open(state, profile).control();
    }

    private static List<String> uuids(GpuControl card) throws InterruptedException {
        return card.devices().stream().map(GpuControl.SeenDevice::uuid).toList();
    }
}
