package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.CommandTree;
import io.gpushare.cli.mode.ModeCommand;
import io.gpushare.cli.mode.ModeParts;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.process.Command;
import io.gpushare.recovery.ManagedGpus;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ModeWiringTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** As a process of its own would: nothing is known but what is on disk. */
    private String run(int status, String... arguments) {
        out.reset();
        Console console = new Console(out, new PrintStream(out, true, StandardCharsets.UTF_8), false, false, Map.of());
        ModeParts parts = parts(folder);
        Interruption interruption = new Interruption();
        CommandLine commands = CommandTree.of(console, List.of(ModeCommand.of(console, parts, interruption)));
        assertThat(commands.execute(arguments))
                .as(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(status);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aSimulatedGpuStaysAsItWasSetUpUntilItIsPutBack() {
        String[] layout = {"--simulate=a100-40", "--profiles", "3g.20gb,1g.5gb:2"};
        String untouched = run(0, "mode", "show", "--simulate=a100-40");
        assertThat(run(0, "mode", "apply", "mig", layout[0], layout[1], layout[2]))
                .contains("MIG switched on", "gpushare mode restore --simulate=a100-40")
                .doesNotContain("sudo");
        run(0, "mode", "assert", "mig", layout[0], layout[1], layout[2]);
        run(1, "mode", "assert", "mps", "--simulate=a100-40");
        assertThat(run(0, "mode", "show", "--simulate=h200")).contains("MIG           off");
        assertThat(run(0, "mode", "export", "--simulate=a100-40")).contains("3g.20gb", "1g.5gb:2");
        assertThat(run(0, "mode", "restore", "--simulate=a100-40", "--dry-run")).contains("-mig 0");
        run(0, "mode", "restore", "--simulate=a100-40");
        assertThat(run(0, "mode", "show", "--simulate=a100-40")).isEqualTo(untouched);
    }

    @Test
    void aSimulatedGpuIsFoundByTheKindOfCardThatItStandsFor() throws IOException {
        Path file = Files.writeString(folder.resolve("parted.yaml"), """
                version: v1
                mig-configs:
                  all-balanced:
                    - device-filter: ["0x20B010DE", "0x20B110DE"]
                      devices: all
                      mig-enabled: true
                      mig-devices: {"1g.5gb": 2, "2g.10gb": 1, "3g.20gb": 1}
                    - device-filter: ["0x233510DE"]
                      devices: all
                      mig-enabled: true
                      mig-devices: {"1g.18gb": 2, "2g.35gb": 1, "3g.71gb": 1}
                """);
        assertThat(run(0, "mode", "apply", "--mig-parted", file.toString(), "--dry-run", "--simulate=a100-40"))
                .contains("3g.20gb", "2g.10gb", "1g.5gb");
        assertThat(run(0, "mode", "apply", "--mig-parted", file.toString(), "--dry-run", "--simulate"))
                .contains("3g.71gb");
    }

    @Test
    void toolsGetNoLimitsOfMpsFromTheShell() throws InterruptedException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("CUDA_MPS_PINNED_DEVICE_MEM_LIMIT", "0=1G");
        environment.put("KEPT", "yes");

        assertThat(ModeWiring.tools(environment).run(Command.of("env")).stdout())
                .contains("KEPT=yes")
                .doesNotContain("CUDA_MPS_");
    }

    private static ModeParts parts(Path state) {
        return ModeWiring.parts(
                Path.of(""),
                state,
                Map.of("GPUSHARE_STATE", state.toString()),
                () -> {
                    throw new AssertionError("asked the driver");
                },
                List.of());
    }

    @Test
    void keepsJournalsOfASimulatedGpuApartFromThoseOfRealOnes() {
        ModeParts parts = parts(folder);
        try (ManagedGpus cards = parts.simulations().apply("a100-40")) {
            assertThat(cards.simulated()).isTrue();
            assertThat(cards.gpus()).hasSize(1);
            assertThat(cards.state().own()).isNotEqualTo(parts.state().own()).startsWithRaw(folder);
        }
    }

    /** The paths of sockets end at 107 bytes. */
    @Test
    void putsDaemonsWhereTheirSocketsPathsAreShortEnough() {
        assertThat(parts(Path.of("/short")).daemonFolders().next()).startsWithRaw(Path.of("/short"));
        Path deep = Path.of("/" + "deep/".repeat(12) + "er");
        assertThat(parts(deep).daemonFolders().next()).hasParentRaw(Path.of("/tmp"));
    }
}
