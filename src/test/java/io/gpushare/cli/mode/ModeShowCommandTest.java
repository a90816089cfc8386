package io.gpushare.cli.mode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.mode.ModeMachine.Answer;
import io.gpushare.process.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is looked at, and written out as a file. */
@Timeout(60)
final class ModeShowCommandTest {
    @TempDir
    Path folder;

    @Test
    void showsInstancesWithoutADeviceAsWell() throws InterruptedException {
        try (ModeMachine machine =
                ModeMachine.with(folder, "--gpu", "h200", "--geometry", "3g.71gb@4/1c+1c,1g.18gb@0/-")) {
            Answer shown = machine.run("mode", "show");
            assertThat(shown.status()).isZero();
            assertThat(shown.out().replaceAll("(GPU|MIG)-[0-9a-f-]{36}", "$1-…"))
                    .isEqualTo("""
                    GPU 0  NVIDIA H200  GPU-…
                      Time slice    unknown: not available under MIG
                      Compute mode  default
                      MIG           on
                                      1g.18gb at 0 without a compute instance
                                      3g.71gb at 4 cut into 1c+1c
                                        MIG-…, 20 SMs
                                        MIG-…, 20 SMs
                      MPS           no daemon
                      Used by       nobody
                      Changes       none by gpushare
                    """);
            assertThat(machine.gpus.changingCommands()).isEmpty();
        }
    }

    @Test
    void tellsPendingModeAndInterruptedChanges() throws Exception {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "a100-40")) {
            machine.run("mode", "apply", "mps");
            machine.leaveTo(ModeMachine.DEAD);
            machine.gpus.misbehave("mig-pending");
            machine.gpus.run("nvidia-smi", "-mig", "1");
            assertThat(machine.run("mode", "show").out())
                    .contains("off, and on after a reset of the GPU")
                    .contains("interrupted, by `gpushare bench --mode mps` (pid ")
                    .contains("comes back with: gpushare restore");
            JsonNode answer = new ObjectMapper()
                    .readTree(machine.run("mode", "show", "--json").out());
            assertThat(answer.at("/mig/pending").asBoolean()).isTrue();
            assertThat(answer.at("/mps_daemons/0/answers").asBoolean()).isTrue();
            assertThat(answer.at("/mps_daemons/0/ours").asBoolean()).isTrue();
            assertThat(answer.at("/changes/0/lifetime").asText()).isEqualTo("temporary");
            assertThat(answer.at("/changes/0/owner").asText()).isEqualTo("gone");
        }
    }

    @Test
    void showsAnOrdinaryUserWhatRootHasSetUp() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200")) {
            machine.run("mode", "apply", "time-slicing-long");
            machine.asOrdinaryUser();
            assertThat(machine.run("mode", "show").out())
                    .contains("lasting, by `gpushare mode apply time-slicing-long`")
                    .contains("comes back with: sudo GPUSHARE_STATE='/some where' gpushare mode restore\n");
            Answer refused = machine.run("mode", "restore");
            assertThat(refused.status()).isEqualTo(3);
            assertThat(refused.err()).contains("as root", "sudo GPUSHARE_STATE='/some where' gpushare mode restore");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mps-exclusive",
                "mps-4-h200",
                "time-slicing-medium",
                "mig-mixed-h200",
                "mig-mps-h200",
                "mig --profiles 3g.71gb/1c+2c:1",
                "mig --profiles none"
            })
    void exportsWhatItsOwnAssertionAccepts(String mode) throws Exception {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200")) {
            assertThat(machine.run(("mode apply " + mode).split(" ")).status()).isZero();
            Answer exported = machine.run("mode", "export");
            assertThat(exported.status()).isZero();
            assertThat(exported.err()).isEmpty();
            Path file = Files.writeString(folder.resolve("exported.yaml"), exported.out());
            Answer asserted = machine.run("mode", "assert", file.toString());
            assertThat(asserted.out()).isEqualTo("GPU 0 (NVIDIA H200) is in this mode.\n");
            assertThat(asserted.status()).isZero();
        }
    }

    @Test
    void saysWhyAReadingIsAbsent() throws Exception {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200", "--mig")) {
            JsonNode shown = new ObjectMapper()
                    .readTree(machine.run("mode", "show", "--json").out());
            assertThat(shown.path("time_slice").isNull()).isTrue();
            assertThat(shown.path("time_slice_absent").textValue()).isEqualTo("not available under MIG");
        }
    }

    @Test
    void saysWhatAFileCannotSay() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200", "--compute-mode", "2")) {
            Answer exported = machine.run("mode", "export");
            assertThat(exported.out()).contains("kind: time-slicing", "quantum: default");
            assertThat(exported.err())
                    .isEqualTo(
                            "note: the compute mode is prohibited, which no mode without MPS has: not in the file\n");
        }
    }

    @Test
    void writesNoFileOfAGpuThatNobodyCouldUse() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200", "--mig")) {
            machine.gpus
                    .runner()
                    .run(Command.of("nvidia-smi", "mig", "-i", "0", "-cgi", "3g.71gb"))
                    .requireSuccess("create a GPU instance without a compute instance");
            Answer exported = machine.run("mode", "export");
            assertThat(exported.status()).isEqualTo(1);
            assertThat(exported.out()).isEmpty();
            assertThat(exported.err()).contains("nothing that programs could use was created");
        }
    }
}
