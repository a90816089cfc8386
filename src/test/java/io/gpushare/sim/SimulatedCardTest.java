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
    void staysAsItWasLeft() {
        SimulatedCard first = SimulatedCard.open(state, "h200");
        first.perform(new Change.SetQuantum(Quantum.MEDIUM));
        first.perform(new Change.SetComputeMode(ComputeMode.EXCLUSIVE_PROCESS));
        first.perform(new Change.SwitchMig(true));
        first.perform(new Change.CreateInstances(MigPlan.choose(
                MigLayoutText.parse(List.of("1g.18gb", "3g.71gb/1c+2c")), 3, first.profiles(), List.of())));
        GpuSetup left = first.read(List.of());

        SimulatedCard second = SimulatedCard.open(state, "h200");
        assertThat(second.read(List.of())).isEqualTo(left);
        assertThat(second.gpu().uuid()).isEqualTo(first.gpu().uuid());
        assertThat(second.simulation()
                        .driver()
                        .gpus()
                        .getFirst()
                        .migMode()
                        .asOptional()
                        .orElseThrow()
                        .current())
                .isTrue();
        List<String> shown = uuids(SimulatedCard.open(state, "h200"));
        assertThat(uuids(second)).hasSize(3).isEqualTo(shown);

        second.perform(new Change.RemoveInstances(left.mig().instances()));
        second.perform(new Change.SwitchMig(false));
        GpuSetup whole = SimulatedCard.open(state, "h200").read(List.of());
        assertThat(whole.mig()).isEqualTo(new MigSetup.Off(false));
        assertThat(whole.quantum().asOptional()).contains(Quantum.MEDIUM);
    }

    @Test
    void itsDaemonsAnswerTheNextCommand() {
        SimulatedCard.open(state, "h200").perform(new Change.StartDaemon(DAEMON));
        SimulatedCard next = SimulatedCard.open(state, "h200");
        assertThat(next.read(List.of(DAEMON)).daemons()).containsExactly(DAEMON);
        assertThat(next.daemon(DAEMON.pipeDirectory())).isInstanceOf(GpuControl.DaemonState.Running.class);
    }

    @Test
    void cardsAreKeptApart() {
        SimulatedCard.open(state, "h200").perform(new Change.SwitchMig(true));
        SimulatedCard other = SimulatedCard.open(state, "a100-40");
        assertThat(other.read(List.of()).mig().on()).isFalse();
        assertThat(other.gpu().uuid())
                .isNotEqualTo(SimulatedCard.open(state, "h200").gpu().uuid());
    }

    @Test
    void lookingLeavesNothingBehind() throws IOException {
        SimulatedCard.open(state, "h200").read(List.of());
        assertThat(state).isEmptyDirectory();
        SimulatedCard.open(state, "h200").perform(new Change.SwitchMig(true));
        try (Stream<Path> files = Files.list(state.resolve("simulated"))) {
            assertThat(files).containsExactly(state.resolve("simulated/h200.json"));
        }
    }

    @Test
    void whatIsRefusedIsNotWritten() {
        SimulatedCard t4 = SimulatedCard.open(state, "t4");
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
    void aFileThatTellsNoSetupOfThisCardIsNamed(String content) throws IOException {
        Path file = Files.createDirectories(state.resolve("simulated")).resolve("h200.json");
        Files.writeString(file, content);
        assertThatThrownBy(() -> SimulatedCard.open(state, "h200"))
                .isInstanceOfSatisfying(GpushareException.class, refused -> {
                    assertThat(refused.status()).isEqualTo(ExitStatus.UNABLE);
                    assertThat(refused.sentence()).contains(file.toString());
                    assertThat(refused.advice().orElseThrow()).contains("Delete that file");
                });
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamed() throws IOException {
        Files.writeString(state.resolve("simulated"), "a file, not a folder");
        SimulatedCard card = SimulatedCard.open(state, "h200");
        assertThatThrownBy(() -> card.perform(new Change.SwitchMig(true)))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining(state.resolve("simulated/h200.json").toString());
    }

    private static List<String> uuids(SimulatedCard card) {
        return card.devices().stream().map(GpuControl.SeenDevice::uuid).toList();
    }
}
