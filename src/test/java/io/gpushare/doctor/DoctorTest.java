package io.gpushare.doctor;

import static io.gpushare.doctor.ReportReading.available;
import static io.gpushare.doctor.ReportReading.capability;
import static io.gpushare.doctor.ReportReading.finding;
import static io.gpushare.doctor.ReportReading.findings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.doctor.Finding.State;
import io.gpushare.failure.ExitStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
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
        assertThat(available(report)).containsExactly("process-runtime", "results", "simulation");
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
                .file("tmp/nvidia-mps/control", "")
                .program(
                        "nvidia-cuda-mps-control",
                        "echo $$ > '%1$s.new'; mv '%1$s.new' '%1$s'; exec sleep 600".formatted(pid));
        Thread caller = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            await(() -> Files.exists(pid));
            caller.interrupt();
        });

        assertThatThrownBy(machine::examine).isInstanceOf(InterruptedException.class);

        long program = Long.parseLong(Files.readString(pid).strip());
        await(() -> ProcessHandle.of(program).isEmpty());
    }

    private static void await(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never comes").isLessThan(giveUp);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
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
}
