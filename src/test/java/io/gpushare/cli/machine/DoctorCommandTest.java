package io.gpushare.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cores.CoreHistory;
import io.gpushare.cores.HostCores;
import io.gpushare.doctor.Doctor;
import io.gpushare.doctor.ExaminedHost;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.FakeGpu;
import io.gpushare.gpu.FakeGpuDriver;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.mode.transaction.StateFolders;
import io.gpushare.process.CommandRunner;
import io.gpushare.recovery.Recovery;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine that is an empty folder. */
final class DoctorCommandTest {
    private static GpuDriver noDriver() {
        throw new GpushareException(ExitStatus.UNABLE, "there is no driver", "Install one.");
    }

    @TempDir
    Path root;

    private final CapturedConsole captured = CapturedConsole.piped();

    private int run(Supplier<GpuDriver> driver, String... arguments) {
        DoctorCommand command = new DoctorCommand(
                captured.console,
                results -> new Doctor(
                        new ExaminedHost(new CommandRunner(Map.of()), Map.of(), root, root, root.resolve(results)),
                        driver,
                        List.of(),
                        new Recovery(
                                new StateFolders(root.resolve("state"), List.of(), root),
                                () -> {
                                    throw new AssertionError("there is nothing to put back");
                                },
                                List.of(),
                                true)),
                () -> CoreHistory.NONE,
                new Interruption());
        return CommandTree.of(captured.console, List.of(command)).execute(arguments);
    }

    @Test
    void isReadyWhereAGpuAnswers() {
        FakeGpuDriver driver = new FakeGpuDriver(new FakeGpu(0));
        assertThat(run(() -> driver, "doctor")).isZero();
        assertThat(captured.out()).contains("NVIDIA H200").endsWith("Ready. This machine can measure.\n");
        assertThat(captured.out()).doesNotContain("\u001b");
        assertThat(driver.timesClosed()).isOne();
    }

    @Test
    void answersWithStatusThreeWhereNoGpuCanBeMeasured() {
        assertThat(run(DoctorCommandTest::noDriver, "doctor")).isEqualTo(3);
        assertThat(captured.out()).contains("Not ready.");
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void watchesTheCoresOfThisMachineInstead() throws Exception {
        assertThat(run(DoctorCommandTest::noDriver, "doctor", "--host", "300ms"))
                .isZero();
        assertThat(captured.out())
                .startsWith("Th")
                .contains("cpu  slowed %", "A bench of 30 s", "whose other hyper-thread")
                .doesNotContain("driver");
        assertThat(captured.err()).startsWith("Watching ").contains(" for 300ms …");
    }

    @Test
    void printsHowSteadyTheHostIsAsJson() throws Exception {
        assertThat(run(DoctorCommandTest::noDriver, "doctor", "--host", "300ms", "--json"))
                .isZero();
        JsonNode answer = new ObjectMapper().readTree(captured.out());
        int cpus = HostCores.read(Path.of("/")).asOptional().orElseThrow().cpus();
        assertThat(answer.path("cpus")).hasSize(cpus).allSatisfy(cpu -> {
            assertThat(cpu.path("loops").asInt()).isPositive();
            assertThat(cpu.path("loop_us").asDouble()).isBetween(1.0, 10_000.0);
        });
        assertThat(answer.path("answer").asText()).contains(" host ");
        assertThat(answer.path("bench").path(0).path("tenants").asInt()).isOne();
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void printsOneJsonDocumentAndNothingElse() throws Exception {
        assertThat(run(DoctorCommandTest::noDriver, "doctor", "--json", "--out", "elsewhere"))
                .isEqualTo(3);
        JsonNode answer = new ObjectMapper().readTree(captured.out());
        assertThat(answer.path("ready").booleanValue()).isFalse();
        assertThat(answer.path("sections")).isNotEmpty();
        assertThat(answer.path("capabilities").findValuesAsText("id")).contains("monitor", "mps", "results");
        assertThat(captured.out()).contains(root.resolve("elsewhere").toString());
        assertThat(captured.err()).isEmpty();
    }
}
