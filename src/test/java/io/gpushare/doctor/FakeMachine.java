package io.gpushare.doctor;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.mode.transaction.StateFolders;
import io.gpushare.process.CommandRunner;
import io.gpushare.recovery.ManagedGpus;
import io.gpushare.recovery.Recovery;
import io.gpushare.runtime.docker.engine.ApiVersion;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAddress;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineKind;
import io.gpushare.runtime.docker.engine.EngineProblem;
import io.gpushare.runtime.process.ProcessLeftovers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Files, programs, a driver and an engine under one temporary folder. */
final class FakeMachine {
    static final String NO_LIBRARY = "NVIDIA's management library libnvidia-ml.so.1 is not here";

    private final Path root;
    private final Path programs;
    private final Map<String, String> environment = new HashMap<>();
    private Supplier<GpuDriver> driver = () -> {
        throw new GpushareException(ExitStatus.UNABLE, NO_LIBRARY, "Install the NVIDIA driver.");
    };
    private Supplier<EngineAnswer> engine = () -> new EngineAnswer.Unusable(new EngineProblem(
            EngineProblem.Kind.SOCKET_MISSING, "no container engine runs here", Optional.of("install one")));
    private Volumes.Space space = new Volumes.Space(true, 200L << 30);
    private Duration patience = Duration.ofSeconds(20);
    private Supplier<ManagedGpus> cards = () -> {
        throw new AssertionError("there is nothing to put back");
    };

    /** A bare machine: a kernel, an ordinary user, nothing of NVIDIA's. */
    FakeMachine(Path root) throws IOException {
        this.root = root;
        this.programs = Files.createDirectories(root.resolve("programs"));
        environment.put("PATH", programs + ":/usr/bin:/bin");
        file("etc/os-release", "NAME=\"Ubuntu\"\nPRETTY_NAME=\"Ubuntu 24.04.3 LTS\"\n");
        file("proc/sys/kernel/osrelease", "6.8.0-60-generic\n");
        file("proc/stat", "cpu  1 2 3\ncpu0 1 1 1\ncpu1 0 1 2\nintr 5\n");
        file("proc/meminfo", "MemTotal:       131072000 kB\nMemFree:  1 kB\nMemAvailable:   98304000 kB\n");
        user(1000);
    }

    /** As a server with an H200 is set up by NVIDIA's packages, for root. */
    static FakeMachine complete(Path root, Gpu... gpus) throws IOException {
        FakeMachine machine = new FakeMachine(root)
                .driver(new ScriptedGpuDriver(gpus))
                .user(0)
                .kernelModule();
        for (String device : List.of("nvidia0", "nvidiactl", "nvidia-uvm", "nvidia-uvm-tools")) {
            machine.file("dev/" + device, "");
        }
        machine.file("etc/cdi/nvidia.yaml", "cdiVersion: 0.5.0\nkind: nvidia.com/gpu\n");
        return machine.program("nvidia-smi", unexpected())
                .program("nvidia-cuda-mps-server", unexpected())
                .program("nvidia-cuda-mps-control", "echo Cannot find MPS control daemon process; exit 1")
                .engine(Set.of("runc", "nvidia"));
    }

    private static String unexpected() {
        return "echo unexpected command >&2; exit 99";
    }

    FakeMachine driver(GpuDriver open) {
        driver = () -> open;
        return this;
    }

    FakeMachine driver(Supplier<GpuDriver> opener) {
        driver = opener;
        return this;
    }

    FakeMachine kernelModule() throws IOException {
        file(
                "proc/driver/nvidia/version",
                "NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.159.04  Release Build  (dvs-builder)\n");
        file("sys/bus/pci/devices/0000:00:06.0/vendor", "0x10de\n");
        file("sys/bus/pci/devices/0000:00:06.0/class", "0x030200\n");
        return this;
    }

    FakeMachine engine(Set<String> runtimes) {
        Engine found = new Engine(
                EngineAddress.parse("unix:///var/run/docker.sock"),
                "the default socket",
                EngineKind.DOCKER,
                "28.3.3",
                new ApiVersion(1, 44),
                runtimes,
                Optional.empty(),
                false,
                "overlay2",
                "2",
                "/var/lib/docker");
        engine = () -> new EngineAnswer.Found(found);
        return this;
    }

    FakeMachine engine(EngineProblem problem) {
        engine = () -> new EngineAnswer.Unusable(problem);
        return this;
    }

    FakeMachine user(int effectiveUid) throws IOException {
        return file(
                "proc/self/status",
                "Name:\tjava\nUid:\t1000\t%d\t1000\t1000\nGid:\t0\t0\t0\t0\n".formatted(effectiveUid));
    }

    FakeMachine process(int pid, String name) throws IOException {
        return file("proc/" + pid + "/comm", name + "\n");
    }

    FakeMachine space(boolean writable, long usableBytes) {
        space = new Volumes.Space(writable, usableBytes);
        return this;
    }

    FakeMachine patience(Duration limit) {
        patience = limit;
        return this;
    }

    /** What setups of GPUs are put back on. */
    FakeMachine cards(Supplier<ManagedGpus> source) {
        cards = source;
        return this;
    }

    FakeMachine variable(String name, String value) {
        environment.put(name, value);
        return this;
    }

    FakeMachine program(String name, String script) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    FakeMachine without(String program) throws IOException {
        Files.delete(programs.resolve(program));
        return this;
    }

    FakeMachine file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        return this;
    }

    DoctorReport examine() throws InterruptedException {
        ExaminedHost machine = new ExaminedHost(
                new CommandRunner(environment), environment, root.resolve("home"), root, root.resolve("results"));
        return new Doctor(
                        machine,
                        driver,
                        engine,
                        List.of(new ProcessLeftovers(root.resolve("proc"))),
                        new Recovery(
                                new StateFolders(root.resolve("state"), List.of(root.resolve("state-of-root")), root),
                                cards,
                                List.of(),
                                true),
                        folder -> space,
                        patience)
                .examine();
    }
}
