package io.gpushare.doctor;

import static io.gpushare.doctor.ReportReading.capability;
import static io.gpushare.doctor.ReportReading.finding;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.doctor.Finding.State;
import io.gpushare.runtime.docker.engine.EngineProblem;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SurroundingsTest {
    @TempDir
    Path root;

    @Test
    void passesOnHowToGetPermissionForDocker() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .engine(new EngineProblem(
                        EngineProblem.Kind.PERMISSION_DENIED,
                        "this user may not use the container engine",
                        Optional.of("sudo usermod -aG docker $USER")))
                .examine();

        assertThat(finding(report, "engine").state()).isEqualTo(State.MISSING);
        assertThat(finding(report, "engine").values()).containsEntry("problem", "permission_denied");
        assertThat(capability(report, "docker-runtime").mend()).contains("sudo usermod -aG docker $USER");
        assertThat(report.ready()).isTrue();
    }

    @Test
    void choosesTheNextWayIntoAContainerWithoutNvidiasRuntime() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .engine(Set.of("runc"))
                .examine();

        assertThat(capability(report, "docker-runtime").why()).isEqualTo("through CDI");
        assertThat(finding(report, "gpu-through-nvidia-runtime").state()).isEqualTo(State.MISSING);
        assertThat(finding(report, "gpu-through-device-nodes").state()).isEqualTo(State.OK);
    }

    @Test
    void cannotUseAnEngineThatNoGpuGetsInto() throws Exception {
        DoctorReport report = new FakeMachine(root).engine(Set.of("runc")).examine();

        assertThat(capability(report, "docker-runtime").why()).isEqualTo("no GPU gets into a container here");
    }

    @Test
    void refusesAFullOrReadOnlyResultsDisk() throws Exception {
        FakeMachine machine = FakeMachine.complete(root, ScriptedGpu.h200(0));

        assertThat(finding(machine.space(true, 5L << 20).examine(), "results-directory")
                        .found())
                .isEqualTo(root.resolve("results") + " is full: 5 MiB left");
        assertThat(capability(machine.space(false, 9L << 30).examine(), "results")
                        .why())
                .isEqualTo(root.resolve("results") + " cannot be written");
        assertThat(finding(machine.space(true, 500L << 20).examine(), "results-directory")
                        .state())
                .isEqualTo(State.NOTE);
        assertThat(capability(machine.file("results", "a file").examine(), "results")
                        .why())
                .isEqualTo(root.resolve("results") + " is a file");
    }

    @Test
    void saysThatItRunsInAContainer() throws Exception {
        DoctorReport report = new FakeMachine(root)
                .variable("KUBERNETES_SERVICE_HOST", "10.0.0.1")
                .examine();

        assertThat(finding(report, "container").state()).isEqualTo(State.NOTE);
    }

    @Test
    void offersASimulationWhereThereIsNoGpu() throws Exception {
        Capability simulation = capability(new FakeMachine(root).examine(), "simulation");

        assertThat(simulation.available()).isTrue();
        assertThat(simulation.why()).startsWith("gpushare bench --simulate");
    }
}
