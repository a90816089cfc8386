package io.gpushare.cli.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.cli.terminal.Interruption;
import io.gpushare.experiment.sweep.CoolDown;
import io.gpushare.gpu.FakeGpu;
import io.gpushare.process.CommandFailedException;
import io.gpushare.process.CommandRunner;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BeforeEachRunTest {
    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private final FakeGpu gpu = new FakeGpu(0);

    private BeforeEachRun before(String prepare, String coolDown) {
        return new BeforeEachRun(
                Optional.of(prepare).filter(command -> !command.isEmpty()),
                Optional.of(coolDown).filter(text -> !text.isEmpty()).map(CoolDown::parse),
                new CommandRunner(System.getenv()),
                new Interruption(),
                notes::add);
    }

    @Test
    void givesTheCommandToTheShellWithTheNameOfTheCell() throws Exception {
        Path log = folder.resolve("log");
        before("echo \"$GPUSHARE_SWEEP_CELL\" > " + log, "").run("mps_2_spin");
        assertThat(log).hasContent("mps_2_spin");
        assertThatThrownBy(() -> before("echo no licence >&2; exit 3", "").run("mps_2_spin"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("could not prepare the run")
                .hasMessageContaining("exited with 3")
                .hasMessageContaining("no licence");
    }

    @Test
    void pausesBetweenRunsAndNotBeforeTheFirst() throws Exception {
        BeforeEachRun before = before("", "300ms");
        long began = Time.real().nanos();
        before.run("one");
        Duration first = Duration.ofNanos(Time.real().nanos() - began);
        before.run("two");
        Duration both = Duration.ofNanos(Time.real().nanos() - began);
        assertThat(first).isLessThan(Duration.ofMillis(300));
        assertThat(both).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void waitsUntilTheGpuIsCool() throws Exception {
        Deque<Integer> temperatures = new ArrayDeque<>(List.of(71, 50));
        gpu.temperatureC.answersWith(() -> Reading.of(temperatures.remove()));
        before("", "50C").cool(Optional.of(gpu));
        assertThat(temperatures).isEmpty();
        assertThat(notes).isEmpty();
    }

    @Test
    void saysThatAGpuDoesNotTellItsTemperature() throws Exception {
        gpu.temperatureC.isAbsent(Absence.Kind.NOT_SUPPORTED);
        before("", "50C").cool(Optional.of(gpu));
        assertThat(notes).containsExactly("The GPU does not tell its temperature: nobody waits for it to cool down.");
    }

    @Test
    void asksNoGpuWhereNobodyWaitsForItsTemperature() throws Exception {
        before("", "30s").cool(Optional.of(gpu));
        before("", "50C").cool(Optional.empty());
        assertThat(gpu.temperatureC.calls()).isZero();
    }
}
