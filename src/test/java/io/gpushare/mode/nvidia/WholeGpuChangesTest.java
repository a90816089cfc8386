package io.gpushare.mode.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.process.Command;
import io.gpushare.process.RunningProgram;
import io.gpushare.reading.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeGpuChangesTest {
    private static final Change LONG = new Change.SetQuantum(Quantum.LONG);
    private static final Change MIG_ON = new Change.SwitchMig(true);
    private static final Change MIG_OFF = new Change.SwitchMig(false);

    @TempDir
    Path folder;

    @Test
    void readsAGpuAsItIs() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--quantum", "2", "--compute-mode", "3")) {
            assertThat(gpu.control.read(List.of()))
                    .isEqualTo(new GpuSetup(
                            Reading.of(Quantum.MEDIUM),
                            Reading.of(ComputeMode.EXCLUSIVE_PROCESS),
                            new MigSetup.Off(false),
                            List.of()));
            assertThat(gpu.machine.changingCommands()).isEmpty();
            assertThat(gpu.control.smCount()).hasValue(132);
        }
    }

    @Test
    void setsTheQuantumOfThisGpuOnly() throws InterruptedException {
        try (ControlledGpu gpus = ControlledGpu.of(folder, "--gpu", "h200", "--gpu", "h200")) {
            gpus.control(1).perform(LONG);
            assertThat(gpus.control(1).read(List.of()).quantum()).isEqualTo(Reading.of(Quantum.LONG));
            assertThat(gpus.control.read(List.of()).quantum()).isEqualTo(Reading.of(Quantum.DEFAULT));
        }
    }

    @Test
    void isNotDeceivedByAQuantumThatWasIgnored() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200")) {
            gpu.machine.misbehave("quantum-ignored");
            gpu.control.perform(LONG);
            assertThat(gpu.control.read(List.of()).quantum()).isEqualTo(Reading.of(Quantum.DEFAULT));
        }
    }

    @Test
    void saysThatTheQuantumIsNotSupported() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200")) {
            gpu.machine.misbehave("quantum-unsupported");
            assertThat(Refused.words(() -> gpu.control.perform(LONG)))
                    .contains("could not set the time slice to long on GPU 0")
                    .contains("Not Supported");
        }
    }

    @Test
    void knowsNoQuantumUnderMig() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--mig")) {
            assertThat(gpu.control.read(List.of()).quantum().asOptional()).isEmpty();
        }
    }

    @Test
    void setsTheComputeMode() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200")) {
            gpu.control.perform(new Change.SetComputeMode(ComputeMode.EXCLUSIVE_PROCESS));
            assertThat(gpu.control.read(List.of()).computeMode()).isEqualTo(Reading.of(ComputeMode.EXCLUSIVE_PROCESS));
            gpu.control.perform(new Change.SetComputeMode(ComputeMode.DEFAULT));
            assertThat(gpu.control.read(List.of()).computeMode()).isEqualTo(Reading.of(ComputeMode.DEFAULT));
        }
    }

    @Test
    void saysWhichPermissionIsMissing() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200")) {
            String before = gpu.machine.settings();
            gpu.machine.misbehave("no-permission");
            for (Change change : List.of(LONG, MIG_ON, new Change.SetComputeMode(ComputeMode.PROHIBITED))) {
                assertThat(Refused.words(() -> gpu.control.perform(change)))
                        .contains("Insufficient Permissions")
                        .contains("root");
            }
            assertThat(gpu.machine.settings()).isEqualTo(before);
        }
    }

    @Test
    void switchesMigOnAndOff() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200")) {
            gpu.control.perform(MIG_ON);
            assertThat(gpu.control.read(List.of()).mig()).isEqualTo(new MigSetup.On(false, List.of()));
            gpu.control.perform(MIG_OFF);
            assertThat(gpu.control.read(List.of()).mig()).isEqualTo(new MigSetup.Off(false));
        }
    }

    @Test
    void explainsASwitchOfMigThatWaitsForAReset() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200")) {
            gpu.machine.misbehave("mig-pending");
            assertThat(Refused.words(() -> gpu.control.perform(MIG_ON)))
                    .contains("GPU 0 will switch MIG on only after a reset")
                    .contains("sudo nvidia-smi --gpu-reset -i 0")
                    .contains("nvidia-persistenced");
            assertThat(gpu.control.read(List.of()).mig()).isEqualTo(new MigSetup.Off(true));
            gpu.control.perform(MIG_OFF);
            assertThat(gpu.control.read(List.of()).mig()).isEqualTo(new MigSetup.Off(false));
        }
    }

    @Test
    void namesTheProcessThatKeepsMigFromBeingSwitched() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200");
                RunningProgram tenant = gpu.machine
                        .runner()
                        .start(Command.of("fake-tenant", "--alone", "60"), new Silence(), Map.of())) {
            awaitTenant(gpu);
            assertThat(Refused.words(() -> gpu.control.perform(MIG_ON)))
                    .contains("it is used by")
                    .contains("fake-tenant, pid " + tenant.pid());
        }
    }

    private static void awaitTenant(ControlledGpu gpu) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!gpu.machine.show().contains("fake-tenant") && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
    }

    @Test
    void saysThatACardHasNoMig() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "t4")) {
            assertThat(gpu.control.read(List.of()).mig()).isInstanceOf(MigSetup.Unsupported.class);
            assertThat(gpu.control.profiles()).isEmpty();
            assertThat(gpu.control.smCount()).hasValue(40);
            assertThat(Refused.words(() -> gpu.control.perform(MIG_ON))).contains("Not Supported");
        }
    }

    @Test
    void waitsForTheChangesThatAKilledProgramLeftUnderWay() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200")) {
            gpu.machine.misbehave("slow=2000");
            Thread orphan = Thread.ofPlatform().start(() -> perform(gpu));
            awaitChange(gpu);
            assertThatExceptionOfType(GpushareException.class)
                    .isThrownBy(() -> gpu.control.awaitUnfinishedChanges(Duration.ZERO))
                    .withMessageContaining("nvidia-smi compute-policy");
            gpu.control.awaitUnfinishedChanges(Duration.ofSeconds(20));
            assertThat(gpu.control.read(List.of()).quantum()).isEqualTo(Reading.of(Quantum.LONG));
            orphan.join();
        }
    }

    @Test
    void doesNotWaitForChangesOfAnotherGpu() throws InterruptedException {
        try (ControlledGpu gpus = ControlledGpu.of(folder, "--gpu", "h200", "--gpu", "h200")) {
            gpus.machine.misbehave("slow=2000");
            Thread change = Thread.ofPlatform().start(() -> perform(gpus));
            awaitChange(gpus);
            gpus.control(1).awaitUnfinishedChanges(Duration.ZERO);
            change.join();
        }
    }

    private static void perform(ControlledGpu gpu) {
        try {
            gpu.control.perform(LONG);
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(nobodyDoesThat);
        }
    }

    private static void awaitChange(ControlledGpu gpu) throws InterruptedException {
        while (gpu.machine.changingCommands().isEmpty()) {
            Thread.sleep(5);
        }
    }
}
