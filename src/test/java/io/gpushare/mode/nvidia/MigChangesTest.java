package io.gpushare.mode.nvidia;

import static io.gpushare.mode.nvidia.ControlledGpu.cut;
import static io.gpushare.mode.nvidia.ControlledGpu.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.GpuControl.SeenDevice;
import io.gpushare.mode.setup.GpuInstance;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigChangesTest {
    private static final GpuInstance HALF = whole("3g.71gb", 4, 4);
    private static final GpuInstance FIRST = whole("1g.18gb", 0, 1);
    private static final GpuInstance SECOND = whole("1g.18gb", 1, 1);

    @TempDir
    Path folder;

    @Test
    void createsInstancesAtTheirPlacesWithOneCommand() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--mig")) {
            gpu.create(FIRST, SECOND, HALF);
            assertThat(gpu.instances()).containsExactly(FIRST, SECOND, HALF);
            assertThat(gpu.machine.changingCommands())
                    .containsExactly("nvidia-smi mig -i 0 -cgi 3g.71gb:4,1g.18gb:0,1g.18gb:1 -C");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "a30, 2g.12gb, 0, 2, 1g.6gb, 3, 1",
        "a100-40, 3g.20gb, 4, 4, 1g.5gb, 0, 1",
        "h200, 4g.71gb, 0, 4, 1g.35gb, 6, 2",
        "b200, 3g.90gb, 0, 4, 2g.45gb, 4, 2"
    })
    void createsAndRemovesOnEveryShape(
            String card, String large, int largeStart, int largeSize, String small, int smallStart, int smallSize)
            throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", card, "--mig")) {
            GpuInstance one = whole(large, largeStart, largeSize);
            GpuInstance other = whole(small, smallStart, smallSize);
            gpu.create(other, one);
            assertThat(gpu.instances()).containsExactlyInAnyOrder(one, other);
            gpu.remove(one);
            assertThat(gpu.instances()).containsExactly(other);
        }
    }

    @Test
    void cutsAnInstanceIntoSmallerComputeInstances() throws InterruptedException {
        GpuInstance shared = cut("3g.71gb", 4, 4, 1, 2);
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--mig")) {
            gpu.create(shared, FIRST);
            assertThat(gpu.instances()).containsExactly(FIRST, shared);
        }
    }

    @Test
    void createsAnInstanceThatIsToStayWithoutComputeInstance() throws InterruptedException {
        GpuInstance bare = cut("2g.35gb", 2, 2);
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--mig")) {
            gpu.create(bare, FIRST);
            assertThat(gpu.instances()).containsExactly(FIRST, bare);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void findsAnOrderThatTheDriverTakes(int rule) throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "a100-40", "--mig")) {
            gpu.machine.misbehave("insufficient-resources=" + rule);
            gpu.create(whole("1g.5gb", 0, 1), whole("2g.10gb", 2, 2), whole("3g.20gb", 4, 4));
            assertThat(gpu.instances())
                    .extracting(GpuInstance::profile)
                    .containsExactlyInAnyOrder("1g.5gb", "2g.10gb", "3g.20gb");
        }
    }

    @Test
    void leavesNothingWhereNoOrderFitsAndTriesEachOnce() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--geometry", "1g.18gb@0")) {
            gpu.machine.misbehave("insufficient-resources=3");
            assertThat(Refused.words(() -> gpu.create(HALF, SECOND))).contains("Insufficient Resources");
            assertThat(gpu.instances()).containsExactly(FIRST);
            assertThat(gpu.machine.changingCommands())
                    .containsExactly(
                            "nvidia-smi mig -i 0 -cgi 3g.71gb:4,1g.18gb:1 -C",
                            "nvidia-smi mig -i 0 -cgi 3g.71gb,1g.18gb -C",
                            "nvidia-smi mig -i 0 -cgi 1g.18gb,3g.71gb -C");
        }
    }

    @Test
    void removesAGpuInstanceWhoseComputeInstanceWasRefused() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--geometry", "1g.18gb@0")) {
            gpu.machine.misbehave("ci-refused@2");
            assertThat(Refused.words(() -> gpu.create(HALF, SECOND))).contains("compute instance");
            assertThat(gpu.instances()).containsExactly(FIRST);
            assertThat(gpu.machine.changingCommands())
                    .filteredOn(command -> command.contains("-cgi"))
                    .hasSize(1);
        }
    }

    @Test
    void removesAllWhereASmallerComputeInstanceWasRefused() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--mig")) {
            gpu.machine.misbehave("ci-refused");
            assertThat(Refused.words(() -> gpu.create(cut("3g.71gb", 4, 4, 1, 2), FIRST)))
                    .contains("compute instance");
            assertThat(gpu.instances()).isEmpty();
        }
    }

    @Test
    void removesOnlyWhatIsNamed() throws InterruptedException {
        try (ControlledGpu gpu =
                ControlledGpu.of(folder, "--gpu", "h200", "--geometry", "3g.71gb@4/1c+2c,1g.18gb@0,1g.18gb@1")) {
            gpu.remove(cut("3g.71gb", 4, 4, 1, 2), SECOND);
            assertThat(gpu.instances()).containsExactly(FIRST);
        }
    }

    @Test
    void removesAnInstanceWithoutComputeInstance() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--geometry", "3g.71gb@4/-")) {
            gpu.remove(HALF);
            assertThat(gpu.instances()).isEmpty();
            assertThat(gpu.machine.changingCommands()).hasSize(1);
        }
    }

    @Test
    void changesNothingWhereWhatIsToBeRemovedHasGone() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--geometry", "1g.18gb@0")) {
            gpu.remove(HALF, whole("1g.35gb", 0, 2));
            assertThat(gpu.instances()).containsExactly(FIRST);
            assertThat(gpu.machine.changingCommands()).isEmpty();
        }
    }

    @Test
    void saysWhoUsesAnInstanceThatCannotBeRemoved() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--geometry", "3g.71gb@4,1g.18gb@0")) {
            gpu.machine.misbehave("in-use");
            assertThat(Refused.words(() -> gpu.remove(HALF))).contains("In use by another client");
            assertThat(gpu.instances()).containsExactly(FIRST, HALF);
        }
    }

    @Test
    void doesNotTryOtherOrdersWithoutPermission() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--mig")) {
            gpu.machine.misbehave("no-permission");
            assertThat(Refused.words(() -> gpu.create(HALF, FIRST))).contains("Insufficient Permissions");
            assertThat(gpu.machine.changingCommands()).hasSize(1);
        }
    }

    @Test
    void saysThatMigIsOffWhereItIs() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200")) {
            assertThat(Refused.words(() -> gpu.create(HALF))).contains("No MIG-enabled devices found");
        }
    }

    @Test
    void findsDevicesByTheirPlace() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--geometry", "3g.71gb@4/1c+2c,1g.18gb@0")) {
            assertThat(gpu.control.devices())
                    .extracting(SeenDevice::gpuInstanceStart, SeenDevice::computeInstanceStart)
                    .containsExactlyInAnyOrder(tuple(0, 0), tuple(4, 0), tuple(4, 1));
            assertThat(gpu.control.devices())
                    .allSatisfy(device -> assertThat(device.uuid()).startsWith("MIG-"));
        }
    }

    @Test
    void namesTheNumbersOfInstancesThatItWouldRemove() throws InterruptedException {
        try (ControlledGpu gpu = ControlledGpu.of(folder, "--gpu", "h200", "--mig")) {
            gpu.create(HALF);
            List<String> lines = gpu.control.commands(new Change.RemoveInstances(List.of(HALF)));
            gpu.machine.clearLog();
            gpu.remove(HALF);
            assertThat(lines)
                    .containsExactlyElementsOf(gpu.machine.changingCommands().stream()
                            .map("sudo "::concat)
                            .toList());
        }
    }
}
