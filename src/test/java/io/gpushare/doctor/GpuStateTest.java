package io.gpushare.doctor;

import static io.gpushare.doctor.ReportReading.available;
import static io.gpushare.doctor.ReportReading.capability;
import static io.gpushare.doctor.ReportReading.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.doctor.Finding.State;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GpuStateTest {
    @TempDir
    Path root;

    @Test
    void leavesMigOutOnAT4AndKeepsTheRest() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.t4()).examine();

        assertThat(capability(report, "mig-gpu-0"))
                .isEqualTo(new Capability(
                        "mig-gpu-0", "MIG on GPU 0", false, "Tesla T4: not supported by this GPU", Optional.empty()));
        assertThat(available(report)).contains("monitor", "time-slicing", "time-slicing-quantum", "mps");
        assertThat(finding(report, "gpu-0").values())
                .containsEntry("mig_enabled", null)
                .containsEntry("mig_enabled_absent", "not supported by this GPU");
    }

    @Test
    void namesTheProcessThatUsesTheGpu() throws Exception {
        ScriptedGpu busy = ScriptedGpu.h200(0).usedBy(4711, Reading.of(8806L << 20));
        DoctorReport report =
                FakeMachine.complete(root, busy).process(4711, "python3").examine();

        assertThat(finding(report, "gpu-0-busy").state()).isEqualTo(State.NOTE);
        assertThat(finding(report, "gpu-0-busy").found())
                .isEqualTo("in use by python3, pid 4711, 8.6 GiB: results would measure that too");
        assertThat(finding(report, "gpu-0").values().get("processes"))
                .isEqualTo(List.of(Map.of("pid", 4711, "name", "python3", "memory_bytes", 8806L << 20)));
    }

    @Test
    void reportsAProcessThatItCannotSeeOrMeasure() throws Exception {
        ScriptedGpu busy = ScriptedGpu.h200(0).usedBy(4711, Reading.absent(Absence.Kind.NO_PERMISSION));

        DoctorReport report = FakeMachine.complete(root, busy).examine();
        assertThat(finding(report, "gpu-0").values().get("processes"))
                .asString()
                .contains("pid=4711, name=null");
        assertThat(finding(report, "gpu-0-busy").found())
                .isEqualTo("in use by pid 4711 (not visible here): results would measure that too");
    }

    @Test
    void notesWhatHoldsTheClocksBack() throws Exception {
        ScriptedGpu hot = ScriptedGpu.h200(0).heldBackBy(ClockEvent.HARDWARE_THERMAL, ClockEvent.IDLE);
        DoctorReport report = FakeMachine.complete(root, hot).examine();

        assertThat(finding(report, "gpu-0-throttling").found())
                .isEqualTo("held back now by hardware thermal slowdown: results would be too low");
        assertThat(finding(report, "gpu-0").values()).containsEntry("throttling", List.of("hardware_thermal"));
    }

    @Test
    void asksForAResetWhileAChangeOfMigIsPending() throws Exception {
        DoctorReport report =
                FakeMachine.complete(root, ScriptedGpu.h200(0).mig(false, true)).examine();

        assertThat(finding(report, "gpu-0-mig-pending").found())
                .isEqualTo("MIG is off and becomes on with the next reset of the GPU");
        assertThat(capability(report, "mig-gpu-0").mend()).contains("sudo nvidia-smi --gpu-reset -i 0");
    }

    @Test
    void sharesAGpuUnderMigAsSlicesOnly() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0).mig(true, true))
                .process(900, "nvidia-persiste")
                .examine();

        assertThat(capability(report, "mig-gpu-0").why()).isEqualTo("MIG is on");
        assertThat(capability(report, "time-slicing").why()).isEqualTo("MIG is on: GPU 0 cannot be shared as a whole");
        assertThat(capability(report, "time-slicing").mend()).contains("sudo nvidia-smi -mig 0 -i 0");
    }

    @Test
    void findsAnotherGpuForTimeSlicingWhenOneIsUnderMig() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0).mig(true, true), ScriptedGpu.h200(1))
                .examine();

        assertThat(available(report)).contains("time-slicing", "mig-gpu-0", "mig-gpu-1");
    }

    @Test
    void namesTheServicesThatKeepMigFromBeingSwitched() throws Exception {
        FakeMachine machine = FakeMachine.complete(root, ScriptedGpu.h200(0)).process(900, "nvidia-persiste");
        assertThat(finding(machine.examine(), "persistenced").state()).isEqualTo(State.NOTE);
        assertThat(capability(machine.examine(), "mig-gpu-0").mend())
                .contains("sudo systemctl stop nvidia-persistenced");

        machine.process(901, "nv-hostengine");
        assertThat(capability(machine.examine(), "mig-gpu-0").why()).isEqualTo("DCGM keeps the GPU open");
    }

    @Test
    void knowsThatExclusiveComputeModesForbidTakingTurnsButNotMps() throws Exception {
        DoctorReport exclusive = FakeMachine.complete(
                        root, ScriptedGpu.h200(0).computeMode(ComputeMode.EXCLUSIVE_PROCESS))
                .examine();
        assertThat(available(exclusive)).contains("mps").doesNotContain("time-slicing");
        assertThat(finding(exclusive, "gpu-0-compute-mode").mend()).contains("sudo nvidia-smi -c DEFAULT -i 0");

        DoctorReport prohibited = FakeMachine.complete(root, ScriptedGpu.h200(0).computeMode(ComputeMode.PROHIBITED))
                .examine();
        assertThat(available(prohibited)).contains("monitor").doesNotContain("time-slicing", "mps");
    }

    @Test
    void notesThatPersistenceIsOff() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0).withoutPersistence())
                .examine();

        assertThat(finding(report, "gpu-0-persistence").mend()).contains("sudo nvidia-smi -pm 1 -i 0");
    }

    @Test
    void reportsADriverThatDoesNotMatchItsLibraryAsBroken() throws Exception {
        GpushareException mismatch = new GpushareException(
                ExitStatus.UNABLE, "NVML cannot be used: driver/library version mismatch", "Reboot this machine.");
        DoctorReport report = FakeMachine.complete(root)
                .driver(() -> {
                    throw mismatch;
                })
                .examine();

        assertThat(finding(report, "driver"))
                .isEqualTo(Finding.broken("driver", "driver", "NVML cannot be used: driver/library version mismatch")
                        .mend("Reboot this machine."));
        assertThat(finding(report, "kernel-module").found()).isEqualTo("580.159.04, 1 NVIDIA GPU on the PCI bus");
        assertThat(report.status()).isEqualTo(ExitStatus.UNABLE);
    }

    @Test
    void isNotReadyWhenTheDriverSeesNoGpu() throws Exception {
        DoctorReport report = FakeMachine.complete(root).examine();

        assertThat(report.ready()).isFalse();
        assertThat(finding(report, "driver").found()).endsWith("CUDA up to 13.0: the driver sees no GPU");
    }
}
