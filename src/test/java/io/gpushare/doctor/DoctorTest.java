package io.gpushare.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.doctor.Finding.State;
import io.gpushare.gpu.Absence;
import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.ComputeMode;
import io.gpushare.gpu.Reading;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import io.gpushare.runtime.docker.EngineProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DoctorTest {
    @TempDir
    Path root;

    @Test
    void isNotReadyOnABareMachineAndSaysWhy() throws Exception {
        DoctorReport report = new FakeMachine(root).examine();

        assertThat(report.ready()).isFalse();
        assertThat(report.status()).isEqualTo(ExitStatus.UNABLE);
        assertThat(finding(report, "kernel-module").found()).isEqualTo("not loaded; no NVIDIA GPU on the PCI bus");
        assertThat(finding(report, "driver").state()).isEqualTo(State.MISSING);
        assertThat(available(report)).containsExactly("process-runtime", "results");
        assertThat(capability(report, "monitor").why()).isEqualTo(FakeMachine.NO_LIBRARY);
        assertThat(finding(report, "host").found())
                .isEqualTo("Ubuntu 24.04.3 LTS, kernel 6.8.0-60-generic, 2 CPUs, 125.0 GiB memory");
    }

    @Test
    void namesAStepForEverythingThatIsMissingOrBroken() throws Exception {
        DoctorReport report = new FakeMachine(root).examine();

        assertThat(findings(report))
                .filteredOn(finding -> finding.state() == State.MISSING || finding.state() == State.BROKEN)
                .hasSizeGreaterThan(4)
                .allSatisfy(
                        finding -> assertThat(finding.mend()).as(finding.id()).isPresent());
        assertThat(report.capabilities())
                .filteredOn(capability -> !capability.available())
                .allSatisfy(capability ->
                        assertThat(capability.mend()).as(capability.id()).isPresent());
    }

    @Test
    void canDoEverythingOnAnH200WithAllPartsInPlace() throws Exception {
        ScriptedGpuDriver driver = new ScriptedGpuDriver(ScriptedGpu.h200(0));
        DoctorReport report = FakeMachine.complete(root).driver(driver).examine();

        assertThat(report.status()).isEqualTo(ExitStatus.DONE);
        assertThat(report.capabilities())
                .allSatisfy(capability -> assertThat(capability.available())
                        .as(capability.id() + ": " + capability.why())
                        .isTrue());
        assertThat(findings(report))
                .allSatisfy(finding -> assertThat(finding.state())
                        .as(finding.id() + ": " + finding.found())
                        .isEqualTo(State.OK));
        assertThat(finding(report, "gpu-0").found())
                .isEqualTo("NVIDIA H200, 140.4 GiB (0 MiB used), MIG off, compute mode default, 30 °C, 76 W");
        assertThat(finding(report, "driver").found())
                .isEqualTo("driver 580.159.04, NVML 13.580.159.04, CUDA up to 13.0");
        assertThat(capability(report, "docker-runtime").why()).isEqualTo("through NVIDIA runtime");
        assertThat(driver.isClosed()).isTrue();
    }

    @Test
    void leavesMigOutOnAT4AndKeepsTheRest() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.t4()).examine();

        assertThat(capability(report, "mig-gpu-0"))
                .isEqualTo(new Capability(
                        "mig-gpu-0", "MIG on GPU 0", false, "Tesla T4: not supported by this GPU", Optional.empty()));
        assertThat(available(report)).contains("monitor", "time-slicing", "time-slicing-quantum", "mps");
        assertThat(finding(report, "gpu-0").values())
                .containsEntry("mig_current", null)
                .containsEntry("mig_current_absent", "not supported by this GPU");
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

        assertThat(finding(FakeMachine.complete(root, busy).examine(), "gpu-0-busy")
                        .found())
                .isEqualTo(
                        "in use by a process that is not visible from here, pid 4711: results would measure that too");
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

    @Test
    void notesAnMpsDaemonThatRunsAlready() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .file("tmp/nvidia-mps/control", "")
                .program("nvidia-cuda-mps-control", "read question; [ \"$question\" = get_server_list ] && echo 472")
                .examine();

        assertThat(finding(report, "mps-daemon").state()).isEqualTo(State.NOTE);
        assertThat(finding(report, "mps-daemon").values())
                .containsEntry("running", true)
                .containsEntry("servers", List.of(472L));
        assertThat(finding(report, "mps-daemon").mend())
                .contains("echo 'quit -t 5' | CUDA_MPS_PIPE_DIRECTORY=" + root
                        + "/tmp/nvidia-mps nvidia-cuda-mps-control");
    }

    @Test
    void asksTheDaemonOfTheEnvironmentsPipeDirectory() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .file("elsewhere/control", "")
                .variable("CUDA_MPS_PIPE_DIRECTORY", root.resolve("elsewhere").toString())
                .program("nvidia-cuda-mps-control", "[ \"$CUDA_MPS_PIPE_DIRECTORY\" = " + root + "/elsewhere ]")
                .examine();

        assertThat(finding(report, "mps-daemon").values())
                .containsEntry("running", true)
                .containsEntry("servers", List.of());
    }

    @Test
    void believesTheControlProgramThatADaemonsSocketIsLeftOver() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .file("tmp/nvidia-mps/control", "")
                .examine();

        assertThat(finding(report, "mps-daemon").values()).containsEntry("running", false);
    }

    @Test
    void doesNotWaitForAControlProgramThatHangs() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .file("tmp/nvidia-mps/control", "")
                .program("nvidia-cuda-mps-control", "exec sleep 600")
                .examine();

        assertThat(finding(report, "mps-daemon").state()).isEqualTo(State.BROKEN);
        assertThat(finding(report, "mps-daemon").found())
                .isEqualTo("`nvidia-cuda-mps-control` did not end within 1 s and was killed");
        assertThat(finding(report, "gpu-0").state()).isEqualTo(State.OK);
    }

    @Test
    void quotesAControlProgramThatSaysSomethingElse() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .file("tmp/nvidia-mps/control", "")
                .program("nvidia-cuda-mps-control", "echo 'Unknown command \"get_server_list\"'")
                .examine();

        assertThat(finding(report, "mps-daemon").found())
                .isEqualTo("nvidia-cuda-mps-control exited with 0 and said: Unknown command \"get_server_list\"");
    }

    @Test
    void doesWithoutMpsWhereItsServerIsMissing() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .without("nvidia-cuda-mps-server")
                .examine();

        assertThat(capability(report, "mps").why()).isEqualTo("nvidia-cuda-mps-server is not on the PATH");
    }

    @Test
    void reportsADriverThatHangsAndEverythingElse() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        DoctorReport report = FakeMachine.complete(root)
                .patience(Duration.ofMillis(1500))
                .driver(() -> {
                    awaitUninterruptibly(never);
                    return new ScriptedGpuDriver();
                })
                .examine();
        never.countDown();

        assertThat(finding(report, "gpu-check").state()).isEqualTo(State.BROKEN);
        assertThat(finding(report, "gpu-check").found()).isEqualTo("did not answer within 1.5 s");
        assertThat(capability(report, "monitor").why()).isEqualTo("Driver and GPUs: did not answer within 1.5 s");
        assertThat(finding(report, "engine").state()).isEqualTo(State.OK);
    }

    @Test
    void keepsTheTraceOfABug() {
        IllegalStateException bug = new IllegalStateException("a bug");

        assertThatThrownBy(() -> FakeMachine.complete(root)
                        .driver(() -> {
                            throw bug;
                        })
                        .examine())
                .isSameAs(bug);
    }

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
    void tellsAnOrdinaryUserWhatNeedsRoot() throws Exception {
        DoctorReport report =
                FakeMachine.complete(root, ScriptedGpu.h200(0)).user(1000).examine();

        assertThat(available(report))
                .contains("monitor", "time-slicing", "mps")
                .doesNotContain("time-slicing-quantum", "mig-gpu-0");
        assertThat(capability(report, "mig-gpu-0").mend()).contains("Run gpushare with sudo.");
        assertThat(finding(report, "user").values())
                .containsEntry("effective_uid", 1000L)
                .containsEntry("root", false);
    }

    @Test
    void namesDeviceNodesThatThisUserMayNotUse() throws Exception {
        FakeMachine machine = FakeMachine.complete(root, ScriptedGpu.h200(0));
        // Root may open every file, but not one that a link only promises.
        Files.createSymbolicLink(root.resolve("dev/nvidia1"), Path.of("nowhere"));

        Finding nodes = finding(machine.examine(), "device-nodes");
        assertThat(nodes.state()).isEqualTo(State.BROKEN);
        assertThat(nodes.found()).isEqualTo("this user may not use /dev/nvidia1");
        assertThat(nodes.values().get("nodes"))
                .isEqualTo(List.of(
                        "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools", "/dev/nvidia0", "/dev/nvidia1", "/dev/nvidiactl"));
    }

    @Test
    void killsWhatItStartedWhenItIsInterrupted() throws Exception {
        Path pid = root.resolve("pid");
        FakeMachine machine = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .program("kubectl", "echo $$ > " + pid + ".new; mv " + pid + ".new " + pid + "; exec sleep 600");
        Thread caller = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            while (Files.notExists(pid)) {
                Thread.onSpinWait();
            }
            caller.interrupt();
        });

        assertThatThrownBy(machine::examine).isInstanceOf(InterruptedException.class);

        long program = Long.parseLong(Files.readString(pid).strip());
        await(() -> ProcessHandle.of(program).isEmpty());
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
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
    void asksAClusterOnlyWhenAConfigurationNamesOne() throws Exception {
        FakeMachine machine = new FakeMachine(root).program("kubectl", "touch " + root + "/asked; exit 1");
        assertThat(finding(machine.examine(), "cluster").values()).containsEntry("cluster", "unconfigured");
        assertThat(root.resolve("asked")).doesNotExist();

        machine.file("kubeconfig", "").variable("KUBECONFIG", "/nowhere:" + root.resolve("kubeconfig"));
        assertThat(finding(machine.examine(), "cluster").values()).containsEntry("cluster", "silent");
        assertThat(root.resolve("asked")).exists();
    }

    @Test
    void doesNotWaitForAClusterThatIsGone() throws Exception {
        DoctorReport report = FakeMachine.complete(root, ScriptedGpu.h200(0))
                .program("kubectl", "exec sleep 600")
                .examine();

        assertThat(finding(report, "cluster").found())
                .isEqualTo("the cluster of " + root + "/home/.kube/config does not answer: "
                        + "`kubectl get --raw /readyz --request-timeout=1s` did not end within 1 s and was killed");
    }

    @Test
    void usesTheServiceAccountOfThePodItRunsIn() throws Exception {
        DoctorReport report = new FakeMachine(root)
                .variable("KUBERNETES_SERVICE_HOST", "10.0.0.1")
                .file("var/run/secrets/kubernetes.io/serviceaccount/token", "secret")
                .examine();

        assertThat(capability(report, "kubernetes-runtime").available()).isTrue();
        assertThat(finding(report, "container").state()).isEqualTo(State.NOTE);
    }

    @Test
    void readsThePowerOfTheMachineOnlyWithToolAndController() throws Exception {
        FakeMachine machine = FakeMachine.complete(root, ScriptedGpu.h200(0)).without("ipmitool");
        machine.variable("PATH", root.resolve("programs").toString());

        assertThat(capability(machine.examine(), "ipmi-power"))
                .isEqualTo(new Capability(
                        "ipmi-power",
                        "power of the whole machine",
                        false,
                        "ipmitool is not installed",
                        Optional.of("sudo apt-get install ipmitool")));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        boolean interrupted = false;
        while (true) {
            try {
                latch.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Finding> findings(DoctorReport report) {
        return report.sections().stream()
                .flatMap(section -> section.findings().stream())
                .toList();
    }

    private static Finding finding(DoctorReport report, String id) {
        return findings(report).stream()
                .filter(finding -> finding.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no finding " + id));
    }

    private static Capability capability(DoctorReport report, String id) {
        return report.capabilities().stream()
                .filter(capability -> capability.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no capability " + id));
    }

    private static List<String> available(DoctorReport report) {
        return report.capabilities().stream()
                .filter(Capability::available)
                .map(Capability::id)
                .toList();
    }
}
