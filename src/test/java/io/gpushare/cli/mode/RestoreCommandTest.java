package io.gpushare.cli.mode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.mode.ModeMachine.Answer;
import io.gpushare.mode.transaction.FolderJournals;
import io.gpushare.mode.transaction.GpuLock;
import io.gpushare.mode.transaction.JournalEntry;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.LeftoverSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class RestoreCommandTest {
    @TempDir
    Path folder;

    /** Divided, and then left by a bench that was killed. */
    private ModeMachine killedUnderMig(RunOwner owner) throws InterruptedException {
        ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200", "--compute-mode", "3", "--quantum", "2");
        Answer applied = machine.run("mode", "apply", "mig", "--profiles", "3g.71gb:2", "--mps");
        assertThat(applied.status()).as(applied.err()).isZero();
        machine.leaveTo(owner);
        return machine;
    }

    @Test
    void putsBackWhatAKilledRunHadChangedAfterEndingItsTenants() throws InterruptedException {
        try (ModeMachine machine = killedUnderMig(ModeMachine.DEAD)) {
            List<String> removed = new ArrayList<>();
            machine.leftovers.add(new LeftoverSource() {
                @Override
                public String what() {
                    return "processes";
                }

                @Override
                public List<Leftover> find() {
                    return List.of(
                            new Leftover("process", "1", "tenant", "r1", Optional.of(ModeMachine.DEAD)),
                            new Leftover("process", "2", "of-another", "r2", Optional.of(ModeMachine.US)));
                }

                @Override
                public void remove(Leftover leftover) throws InterruptedException {
                    assertThat(machine.gpus.settings()).contains("3g.71gb");
                    removed.add(leftover.name());
                }
            });
            Answer restored = machine.run("restore");
            assertThat(restored.status()).as(restored.err()).isZero();
            assertThat(restored.out()).isEqualTo("""
                    removed process tenant of run r1
                    GPU 0 (NVIDIA H200) is again as it was before `gpushare bench --mode mps` (pid %d, 2026-11-21 13:05\
                     UTC) was interrupted
                    """.formatted(ModeMachine.US.pid()));
            assertThat(removed).containsExactly("tenant");
            assertThat(machine.gpus.show()).contains("mig off").doesNotContain("3g.71gb", "daemon");
            assertThat(machine.journals().entries()).isEmpty();
            assertThat(machine.run("restore").out()).isEqualTo("Nothing to restore: no change was interrupted.\n");
        }
    }

    @Test
    void aDryRunPrintsTheCommandsOnly() throws InterruptedException {
        try (ModeMachine machine = killedUnderMig(ModeMachine.DEAD)) {
            machine.gpus.clearLog();
            Answer dry = machine.run("restore", "--dry-run");
            assertThat(dry.status()).isZero();
            assertThat(dry.out().lines().toList())
                    .hasSize(6)
                    .contains("sudo nvidia-smi -i 0 -mig 0", "sudo nvidia-smi -i 0 -c EXCLUSIVE_PROCESS")
                    .allMatch(line -> line.startsWith("sudo nvidia-smi ") || line.startsWith("echo quit -t 5 | "));
            assertThat(machine.gpus.changingCommands()).isEmpty();
            assertThat(machine.journals().entries()).hasSize(1);
        }
    }

    @Test
    void leavesWhatSomebodyWorksWith() throws Exception {
        try (ModeMachine machine = killedUnderMig(ModeMachine.US)) {
            String before = machine.gpus.show();
            Answer left = machine.run("restore", "--json");
            assertThat(left.status()).isZero();
            assertThat(new ObjectMapper()
                            .readTree(left.out())
                            .at("/changes/0/outcome")
                            .asText())
                    .isEqualTo("left");

            machine.leaveTo(ModeMachine.DEAD);
            var identity = machine.identity();
            try (GpuLock _ = GpuLock.take(folder.resolve("locks"), identity, "gpushare bench")) {
                assertThat(machine.run("restore").out()).contains("is in use by another gpushare");
            }
            assertThat(machine.gpus.show()).isEqualTo(before);
        }
    }

    @Test
    void asksBeforeItTakesAnUnknownOwnerForDead() throws InterruptedException {
        RunOwner elsewhere = new RunOwner(5, "5", ModeMachine.US.boot(), "pid:[1]");
        try (ModeMachine machine = killedUnderMig(elsewhere)) {
            assertThat(machine.run("restore").out()).contains("--all restores it too");
            assertThat(machine.gpus.settings()).contains("3g.71gb");
            assertThat(machine.run("restore", "--all").status()).isZero();
            assertThat(machine.gpus.settings()).doesNotContain("3g.71gb");
        }
    }

    @Test
    void namesTheLineForRootWhereAnOrdinaryUserMayNot() throws InterruptedException {
        try (ModeMachine machine = killedUnderMig(ModeMachine.DEAD)) {
            String before = machine.gpus.show();
            machine.asOrdinaryUser();
            Answer refused = machine.run("restore");
            assertThat(refused.status()).isEqualTo(3);
            assertThat(refused.err())
                    .contains("only root may put it back")
                    .endsWith("\n         sudo gpushare restore\n");
            assertThat(machine.gpus.show()).isEqualTo(before);
        }
    }

    @Test
    void namesAGpuThatIsNotThereAnyMore() throws InterruptedException {
        try (ModeMachine machine = killedUnderMig(ModeMachine.DEAD)) {
            JournalEntry entry = machine.journals().entries().getFirst();
            new FolderJournals(folder.resolve("root"))
                    .write(new JournalEntry(
                            "GPU-00000000-0000-0000-0000-00000000dead",
                            "GPU 1 (NVIDIA A30)",
                            entry.lifetime(),
                            entry.owner(),
                            entry.beganAt(),
                            entry.purpose(),
                            entry.before(),
                            List.of()));
            Answer answer = machine.run("restore");
            assertThat(answer.status()).isEqualTo(1);
            assertThat(answer.err()).contains("GPU 1 (NVIDIA A30)", "is not on this machine any more");
            assertThat(answer.out()).contains("GPU 0 (NVIDIA H200) is again as it was");
        }
    }

    @Test
    void keepsTheJournalOfWhatCannotBePutBackYet() throws InterruptedException {
        try (ModeMachine machine = killedUnderMig(ModeMachine.DEAD)) {
            machine.gpus.misbehave("in-use");
            Answer failed = machine.run("restore");
            assertThat(failed.status()).isEqualTo(1);
            assertThat(failed.err()).contains("In use by another client");
            machine.gpus.behave("in-use");
            assertThat(machine.run("restore").status()).isZero();
            assertThat(machine.gpus.settings()).contains("mig off");
        }
    }

    @Test
    void closesTheJournalOfWhatARebootHasUndone() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200")) {
            machine.run("mode", "apply", "mps-exclusive");
            machine.leaveTo(ModeMachine.DEAD);
            machine.gpus.reboot();
            machine.gpus.clearLog();
            Answer restored = machine.run("restore");
            assertThat(restored.status()).as(restored.err()).isZero();
            assertThat(machine.gpus.changingCommands()).isEmpty();
            assertThat(machine.journals().entries()).isEmpty();
        }
    }

    @Test
    void startsNoDriverWhereNothingWasInterrupted() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200")) {
            machine.run("mode", "apply", "mps");
            machine.gpus.clearLog();
            assertThat(machine.run("restore").out()).isEqualTo("Nothing to restore: no change was interrupted.\n");
            assertThat(machine.gpus.commands()).isEmpty();
            assertThat(machine.journals().entries()).hasSize(1);
        }
    }
}
