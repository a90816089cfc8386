package io.gpushare.cli.mode;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.cli.CompletionCommandTest;
import io.gpushare.cli.mode.ModeMachine.Answer;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.mode.transaction.GpuLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class ModeApplyCommandTest {
    private static final Pattern PIPE = Pattern.compile("export CUDA_MPS_PIPE_DIRECTORY='?([^'\n]+)");

    @TempDir
    Path folder;

    private static String pipeDirectory(Answer answer) {
        Matcher line = PIPE.matcher(answer.out());
        assertThat(line.find()).as(answer.out() + answer.err()).isTrue();
        return line.group(1);
    }

    @Test
    void setsTheTimeSliceAndPutsItBack() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200", "--quantum", "1")) {
            String before = machine.gpus.settings();
            Answer applied = machine.run("mode", "apply", "time-slicing", "--quantum", "long");
            assertThat(applied.status()).as(applied.err()).isZero();
            assertThat(applied.out()).isEqualTo("""
                    GPU 0 (NVIDIA H200) is set up:
                      time slice set to long
                    What was before comes back with:
                      gpushare mode restore
                    """);
            assertThat(machine.gpus.changingCommands())
                    .containsExactly("nvidia-smi compute-policy -i 0 --set-timeslice 3");
            assertThat(machine.run("mode", "assert", "time-slicing-long").status())
                    .isZero();

            Answer restored = machine.run("mode", "restore");
            assertThat(restored.status()).as(restored.err()).isZero();
            assertThat(restored.out())
                    .startsWith(
                            "GPU 0 (NVIDIA H200) is again as it was before `gpushare mode apply time-slicing --quantum"
                                    + " long` (pid ");
            assertThat(machine.gpus.settings()).isEqualTo(before);
            assertThat(machine.run("mode", "restore").out()).startsWith("Nothing to restore: ");
        }
    }

    @Test
    void startsAnMpsDaemonThatStaysAndTellsHowToUseIt() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200").asOrdinaryUser()) {
            String before = machine.gpus.show();
            Answer applied = machine.run("mode", "apply", "mps", "--thread-percentage", "50");
            String pipe = pipeDirectory(applied);
            assertThat(applied.status()).isZero();
            assertThat(applied.out())
                    .contains("\n  MPS daemon started on the whole GPU, 50 % of the SMs each, in "
                            + Path.of(pipe).getParent() + "\n");
            assertThat(machine.run("mode", "apply", "mps-2").out())
                    .startsWith("GPU 0 (NVIDIA H200) is in this mode already: nothing was changed.\n")
                    .contains(pipe);
            assertThat(machine.run("mode", "assert", "mps-4").out())
                    .contains("no MPS daemon of gpushare runs on the whole GPU, 25 % of the SMs each");
            assertThat(machine.run("mode", "show").out())
                    .contains(pipe + "\n", "of gpushare, on the whole GPU, 50 % of the SMs each: no clients yet\n")
                    .contains("lasting, by `gpushare mode apply mps --thread-percentage 50` (pid ");

            assertThat(machine.run("mode", "restore").status()).isZero();
            assertThat(machine.gpus.show()).isEqualTo(before);
            assertThat(Path.of(pipe).getParent()).doesNotExist();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "h200,     '3g.71gb,1g.18gb:4', 5",
        "a100-40,  '3g.20gb,1g.5gb:4',  5",
        "a30,      '2g.12gb,1g.6gb:2',  3",
        "h200,     3g.71gb/1c+2c:2,     4",
        "h200,     1g.18gb,             7",
        "a30,      balanced,            2",
    })
    void dividesACard(String card, String profiles, int devices) throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", card)) {
            String before = machine.gpus.settings();
            Answer applied = machine.run("mode", "apply", "mig", "--profiles", profiles);
            assertThat(applied.status()).as(applied.err()).isZero();
            assertThat(applied.out().lines().filter(line -> line.contains("export CUDA_VISIBLE_DEVICES=MIG-")))
                    .hasSize(devices);

            machine.gpus.clearLog();
            assertThat(machine.run("mode", "assert", "mig", "--profiles", profiles)
                            .status())
                    .isZero();
            assertThat(machine.run("mode", "apply", "mig", "--profiles", profiles)
                            .out())
                    .contains("is in this mode already");
            assertThat(machine.gpus.commands()).isNotEmpty();
            assertThat(machine.gpus.changingCommands()).isEmpty();

            assertThat(machine.run("mode", "restore").status()).isZero();
            assertThat(machine.gpus.settings()).isEqualTo(before);
        }
    }

    @Test
    void startsADaemonOnEachInstance() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200")) {
            String before = machine.gpus.show();
            Answer applied = machine.run("mode", "apply", "mig-mps-h200");
            assertThat(applied.out().lines().filter(line -> line.contains("CUDA_VISIBLE_DEVICES=MIG-")))
                    .hasSize(2)
                    .allMatch(line -> line.contains(" CUDA_MPS_PIPE_DIRECTORY=") && line.contains(folder + "/"));
            assertThat(machine.run("mode", "assert", "mig-mps-h200").status()).isZero();
            assertThat(machine.run("mode", "restore").status()).isZero();
            assertThat(machine.gpus.show()).isEqualTo(before);
        }
    }

    @Test
    void readsAFileOfMigParted() throws InterruptedException, IOException {
        Path file = Files.writeString(folder.resolve("parted.yaml"), """
                version: v1
                mig-configs:
                  all-disabled:
                    - devices: all
                      mig-enabled: false
                  mixed:
                    - devices: [0]
                      mig-enabled: true
                      mig-devices: {"1g.18gb": 2, "3g.71gb": 1}
                """);
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200")) {
            assertThat(machine.run("mode", "apply", "--mig-parted", file.toString())
                            .err())
                    .contains("has several configurations", "--config");
            assertThat(machine.run("mode", "apply", "--mig-parted", file.toString(), "--config", "mixed")
                            .status())
                    .isZero();
            assertThat(machine.run("mode", "assert", "mig", "--profiles", "3g.71gb,1g.18gb:2")
                            .status())
                    .isZero();
            assertThat(machine.run("mode", "assert", "--mig-parted", file.toString(), "--config", "all-disabled")
                            .status())
                    .isEqualTo(1);
        }
    }

    @Test
    void leavesACardWithoutMigAsItIsWhereAFileOfMigPartedMeansAll() throws InterruptedException, IOException {
        Path file = Files.writeString(folder.resolve("parted.yaml"), """
                version: v1
                mig-configs:
                  half:
                    - {devices: all, mig-enabled: true, mig-devices: {"3g.71gb": 2}}
                  this-one:
                    - {devices: [0], mig-enabled: true, mig-devices: {"3g.71gb": 2}}
                """);
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "t4", "--compute-mode", "3")) {
            Answer applied = machine.run("mode", "apply", "--mig-parted", file.toString(), "--config", "half");
            assertThat(applied.status()).isZero();
            assertThat(applied.out()).contains("nothing was changed");
            assertThat(applied.err())
                    .isEqualTo("note: GPU 0 (Tesla T4) has no MIG, and this configuration is not meant for such"
                            + " cards\n");
            assertThat(machine.run("mode", "assert", "--mig-parted", file.toString(), "--config", "half")
                            .status())
                    .isZero();
            assertThat(machine.gpus.changingCommands()).isEmpty();
            assertThat(machine.run("mode", "apply", "--mig-parted", file.toString(), "--config", "this-one")
                            .err())
                    .contains("cannot be divided");
        }
    }

    @Test
    void choosesFromAFileOfMigPartedByWhatTheDriverTellsOfTheCard() throws InterruptedException, IOException {
        Path file = Files.writeString(folder.resolve("parted.yaml"), """
                version: v1
                mig-configs:
                  all-balanced:
                    - device-filter: ["0x20B010DE"]
                      devices: all
                      mig-enabled: true
                      mig-devices: {"1g.5gb": 2, "2g.10gb": 1, "3g.20gb": 1}
                    - device-filter: ["0x233510DE", "0x233B10DE"]
                      devices: all
                      mig-enabled: true
                      mig-devices: {"1g.18gb": 2, "2g.35gb": 1, "3g.71gb": 1}
                """);
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200")) {
            Answer applied = machine.run("mode", "apply", "--mig-parted", file.toString());
            assertThat(applied.status()).as(applied.err()).isZero();
            assertThat(machine.run("mode", "assert", "mig-mixed-h200").status()).isZero();
        }
    }

    @Test
    void aDryRunPrintsTheCommandsAndRunsNone() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200").asOrdinaryUser()) {
            Answer dry = machine.run("mode", "apply", "mig", "--profiles", "3g.71gb,1g.18gb:2", "--dry-run");
            assertThat(dry.status()).isZero();
            assertThat(dry.err()).isEmpty();
            assertThat(dry.out()).isEqualTo("""
                    sudo nvidia-smi -i 0 -mig 1
                    sudo nvidia-smi mig -i 0 -cgi 3g.71gb:0,1g.18gb:4,1g.18gb:5 -C
                    """);
            assertThat(machine.gpus.changingCommands()).isEmpty();
            assertThat(machine.journals().entries()).isEmpty();
            assertThat(folder.resolve("locks")).doesNotExist();
        }
    }

    @Test
    void tellsAnOrdinaryUserWhatToTypeBeforeAnythingIsChanged() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200").asOrdinaryUser()) {
            Answer refused = machine.run("mode", "apply", "time-slicing", "--quantum", "long");
            assertThat(refused.status()).isEqualTo(3);
            assertThat(refused.err()).isEqualTo("""
                    error: only root may set the time slice to long
                           As root:
                             sudo GPUSHARE_STATE='/some where' gpushare mode apply time-slicing --quantum long
                    """);
            assertThat(machine.gpus.changingCommands()).isEmpty();
            assertThat(machine.journals().entries()).isEmpty();
        }
    }

    @Test
    void endsWithStatusThreeWhereRootItselfIsRefused() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200")) {
            machine.gpus.misbehave("no-permission");
            Answer refused = machine.run("mode", "apply", "mig");
            assertThat(refused.status()).isEqualTo(3);
            assertThat(refused.err()).contains("Insufficient Permissions", "SYS_ADMIN");
            assertThat(machine.journals().entries()).isEmpty();
        }
    }

    @Test
    void explainsAPendingModeAndTakesItBack() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "a100-40")) {
            String before = machine.gpus.settings();
            machine.gpus.misbehave("mig-pending");
            Answer refused = machine.run("mode", "apply", "mig");
            assertThat(refused.status()).isEqualTo(3);
            assertThat(refused.err()).contains("only after a reset", "--gpu-reset -i 0");
            assertThat(machine.gpus.settings()).isEqualTo(before);
            assertThat(machine.journals().entries()).isEmpty();
        }
    }

    @Test
    void leavesAGpuToWhoeverHoldsItsLock() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200")) {
            var identity = machine.identity();
            try (GpuLock _ = GpuLock.take(folder.resolve("locks"), identity, "gpushare bench")) {
                Answer refused = machine.run("mode", "apply", "mps");
                assertThat(refused.status()).isEqualTo(3);
                assertThat(refused.err()).contains("is in use by another gpushare");
                assertThat(machine.run("mode", "show").status()).isZero();
                assertThat(machine.run("mode", "assert", "mps").status()).isEqualTo(1);
            }
            assertThat(machine.gpus.changingCommands()).isEmpty();
        }
    }

    @Test
    void finishesWhatAKilledRunHadBegunBeforeItChangesAnything() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200", "--quantum", "1")) {
            machine.run("mode", "apply", "mps-exclusive");
            machine.leaveTo(ModeMachine.DEAD);
            assertThat(machine.run("mode", "apply", "mps", "--dry-run").err()).contains("gpushare restore");

            Answer applied = machine.run("mode", "apply", "time-slicing", "--quantum", "long");
            assertThat(applied.status()).as(applied.err()).isZero();
            assertThat(applied.err()).contains("is again as it was before `gpushare bench --mode mps`");
            assertThat(machine.journals().entries())
                    .singleElement()
                    .satisfies(entry -> assertThat(entry.before().quantum().asOptional())
                            .hasValueSatisfying(
                                    quantum -> assertThat(quantum.text()).isEqualTo("short")));
            assertThat(machine.gpus.show()).doesNotContain("daemon");
        }
    }

    @Test
    void namesTheGpusWhereOneIsToBeChosen() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200", "--gpu", "t4")) {
            Answer refused = machine.run("mode", "show");
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.err()).contains("0 (NVIDIA H200), 1 (Tesla T4)", "--gpu");
            assertThat(machine.run("mode", "show", "--gpu", "1").out()).startsWith("GPU 1  Tesla T4");
            Answer undividable = machine.run("mode", "apply", "mig", "--gpu", "1");
            assertThat(undividable.status()).isEqualTo(3);
            assertThat(undividable.err()).contains("cannot be divided");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', which mode is not said",
        "mps --mig-parted x.yaml, a mode and --mig-parted were given",
        "mpss, Did you mean mps?",
        "mps --quantum long, --quantum belongs to the mode time-slicing",
        "mps --priority stream=low, belong to `gpushare bench`",
        "mig --tenants 0, --tenants must be 1 or more",
        "mps --config all, --mig-parted",
    })
    void refusesWhatMeansNothingWithoutAskingTheDriver(String typed, String words) {
        CapturedConsole captured = CapturedConsole.piped();
        List<String> arguments = new ArrayList<>(List.of("mode", "apply"));
        if (!typed.isEmpty()) {
            arguments.addAll(List.of(typed.split(" ")));
        }
        int status = CommandTree.of(
                        captured.console,
                        List.of(ModeCommand.of(captured.console, CompletionCommandTest.NO_MODES, new Interruption())))
                .execute(arguments.toArray(String[]::new));
        assertThat(status).as(captured.err()).isEqualTo(2);
        assertThat(captured.err()).contains(words);
    }

    @ParameterizedTest
    @CsvSource({
        "mps-4 --runtime kubernetes --gpu 0, --gpu is about GPUs of this machine",
        "mps-4 --runtime kubernetes --dry-run, --dry-run is about GPUs of this machine",
        "mps-4 --kubernetes node=a, --kubernetes is about a node of a cluster",
        "mps-4 --runtime docker, has no modes of its own",
        "mps --runtime kubernetes, is no mode of a node in a cluster",
        "--runtime kubernetes, which mode is not said",
        "mps-4 --runtime kubernetes --kubernetes gpu=x, is nothing that can be said of a node's mode"
    })
    void refusesWhatANodeOfAClusterHasNot(String arguments, String sentence) throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200")) {
            Answer refused = machine.run(("mode apply " + arguments).split(" "));
            assertThat(refused.status()).isEqualTo(2);
            assertThat(refused.err()).contains(sentence);
        }
    }

    /** It is not asked for a cluster: none is configured here. */
    @Test
    void restoresNoNodeWhereNoneWasChanged() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200")) {
            Answer restored = machine.run("mode", "restore", "--runtime", "kubernetes");
            assertThat(restored.status()).as(restored.err()).isZero();
            assertThat(restored.out()).startsWith("Nothing to restore: ");
        }
    }
}
