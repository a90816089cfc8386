package io.gpushare.mode.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.gpu.MigPlacement;
import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Quantum;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class ChangeCommandsTest {
    private static final GpuInstance LARGE =
            new GpuInstance("3g.71gb", new MigPlacement(4, 4), List.of(new ComputeInstance(3, 0)));
    private static final GpuInstance SMALL =
            new GpuInstance("1g.18gb", new MigPlacement(0, 1), List.of(new ComputeInstance(1, 0)));
    private static final GpuInstance CUT = new GpuInstance(
            "3g.71gb", new MigPlacement(0, 4), List.of(new ComputeInstance(2, 0), new ComputeInstance(1, 2)));
    private static final GpuInstance EMPTY = new GpuInstance("2g.35gb", new MigPlacement(2, 2), List.of());

    private static final ChangeCommands.Numbers NOTHING_THERE = new ChangeCommands.Numbers() {
        @Override
        public Optional<Integer> gpuInstance(GpuInstance instance) {
            return Optional.empty();
        }

        @Override
        public Optional<String> uuid(MpsDaemon.Device.Instance device) {
            return Optional.empty();
        }
    };

    private static final ChangeCommands.Numbers ALL_THERE = new ChangeCommands.Numbers() {
        @Override
        public Optional<Integer> gpuInstance(GpuInstance instance) {
            return Optional.of(instance.placement().start() + 1);
        }

        @Override
        public Optional<String> uuid(MpsDaemon.Device.Instance device) {
            return Optional.of("MIG-" + device.gpuInstanceStart());
        }
    };

    @Test
    void settingsOfTheWholeGpu() {
        assertThat(lines(new Change.SetQuantum(Quantum.MEDIUM)))
                .containsExactly("sudo nvidia-smi compute-policy -i 3 --set-timeslice 2");
        assertThat(lines(new Change.SetComputeMode(ComputeMode.EXCLUSIVE_PROCESS)))
                .containsExactly("sudo nvidia-smi -i 3 -c EXCLUSIVE_PROCESS");
        assertThat(lines(new Change.SwitchMig(true))).containsExactly("sudo nvidia-smi -i 3 -mig 1");
        assertThat(lines(new Change.SwitchMig(false))).containsExactly("sudo nvidia-smi -i 3 -mig 0");
    }

    @Test
    void instancesAreCreatedLargestFirstAtTheirPlaces() {
        assertThat(lines(new Change.CreateInstances(List.of(SMALL, LARGE))))
                .containsExactly("sudo nvidia-smi mig -i 3 -cgi 3g.71gb:4,1g.18gb:0 -C");
    }

    @Test
    void instancesThatAreCutOrEmptyGetNoDefaultComputeInstance() {
        assertThat(lines(new Change.CreateInstances(List.of(CUT, LARGE, EMPTY))))
                .containsExactly(
                        "sudo nvidia-smi mig -i 3 -cgi 3g.71gb:4 -C",
                        "sudo nvidia-smi mig -i 3 -cgi 3g.71gb:0,2g.35gb:2",
                        "sudo nvidia-smi mig -i 3 -gi <number of 3g.71gb at 0> -cci 2c.3g.71gb,1c.3g.71gb");
    }

    @Test
    void computeInstancesGoBeforeTheirGpuInstances() {
        assertThat(lines(new Change.RemoveInstances(List.of(EMPTY, LARGE)), ALL_THERE))
                .containsExactly("sudo nvidia-smi mig -i 3 -gi 5 -dci", "sudo nvidia-smi mig -i 3 -gi 3,5 -dgi");
        assertThat(lines(new Change.RemoveInstances(List.of(EMPTY)), ALL_THERE))
                .containsExactly("sudo nvidia-smi mig -i 3 -gi 3 -dgi");
    }

    @Test
    void aDaemonHasItsFoldersAndSeesItsDeviceOnly() {
        MpsDaemon daemon = new MpsDaemon(
                Path.of("/run/g"), new MpsDaemon.Device.WholeGpu(), OptionalInt.empty(), MpsSettings.NONE);
        assertThat(lines(new Change.StartDaemon(daemon)))
                .containsExactly(
                        "mkdir -p -m 700 /run/g /run/g/pipe /run/g/log",
                        "CUDA_VISIBLE_DEVICES=GPU-3 CUDA_MPS_PIPE_DIRECTORY=/run/g/pipe"
                                + " CUDA_MPS_LOG_DIRECTORY=/run/g/log nvidia-cuda-mps-control -d");
        assertThat(lines(new Change.StopDaemon(daemon)))
                .containsExactly("echo quit -t 5 | CUDA_MPS_PIPE_DIRECTORY=/run/g/pipe nvidia-cuda-mps-control");
    }

    @Test
    void aDaemonOfAnotherUserOnAMigDeviceIsToldItsDefaults() {
        MpsDaemon daemon = new MpsDaemon(
                Path.of("/run/it's"),
                new MpsDaemon.Device.Instance(4, 0),
                OptionalInt.of(1000),
                new MpsSettings(OptionalInt.of(50), OptionalLong.of(2L << 30), Optional.of(MpsPriority.LOW)));
        List<String> lines = lines(new Change.StartDaemon(daemon), ALL_THERE);
        assertThat(lines).hasSize(6);
        assertThat(lines.get(1)).isEqualTo("sudo chown 1000 '/run/it'\\''s' '/run/it'\\''s/pipe' '/run/it'\\''s/log'");
        assertThat(lines.get(2)).startsWith("CUDA_VISIBLE_DEVICES=MIG-4 ");
        assertThat(lines.subList(3, 6))
                .extracting(line -> line.substring(0, line.indexOf(" |")))
                .containsExactly(
                        "echo set_default_active_thread_percentage 50",
                        "echo set_default_device_pinned_mem_limit 0 2048M",
                        "echo set_default_client_priority 1");
        assertThat(lines(new Change.StartDaemon(daemon)).get(2))
                .startsWith("CUDA_VISIBLE_DEVICES=<UUID of the MIG device at 4, compute instance at 0> ");
    }

    private static List<String> lines(Change change) {
        return lines(change, NOTHING_THERE);
    }

    private static List<String> lines(Change change, ChangeCommands.Numbers numbers) {
        Reading<String> unknown = Reading.absent(Absence.Kind.NOT_SUPPORTED);
        GpuIdentity gpu = new GpuIdentity(
                3,
                "GPU-3",
                "NVIDIA H200",
                Reading.absent(Absence.Kind.NOT_SUPPORTED),
                Reading.absent(Absence.Kind.NOT_SUPPORTED),
                unknown,
                Reading.absent(Absence.Kind.NOT_SUPPORTED),
                Reading.absent(Absence.Kind.NOT_SUPPORTED),
                Reading.absent(Absence.Kind.NOT_SUPPORTED),
                Reading.absent(Absence.Kind.NOT_SUPPORTED));
        return new ChangeCommands(gpu, numbers).of(change);
    }
}
