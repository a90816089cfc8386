package io.gpushare.fake;

import io.gpushare.nvml.FakeNvml;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A machine of fake GPUs that remembers what was done to it: NVIDIA's tools, NVML and CUDA tenants in their fake forms,
 * all on one state file. Programs see it through {@link #environment()}. Closing it ends every process that the fakes
 * started or know of. The sources, and what the tools can do, are in {@code src/test/c/tools}.
 */
public final class FakeGpus implements AutoCloseable {
    private final Path state;
    private final Path programs;
    private final CommandRunner runner;

    private FakeGpus(Path state, Path programs) {
        this.state = state;
        this.programs = programs;
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(environment());
        this.runner = new CommandRunner(all);
    }

    /**
     * Idle GPUs without MIG instances. Skips the test where gcc is missing.
     *
     * @param gpus of h200, h100, b200, a100-40, a100-80, a30, t4
     */
    public static FakeGpus create(Path folder, String... gpus) throws InterruptedException {
        List<String> options = new ArrayList<>();
        for (String gpu : gpus) {
            options.add("--gpu");
            options.add(gpu);
        }
        return createWith(folder, options.toArray(String[]::new));
    }

    /**
     * As {@code fake-gpu create}: for example {@code --gpu h200 --geometry 3g.71gb@4,1g.18gb@0 --quantum 2}. Whoever
     * runs the tests may change it, root or not.
     */
    public static FakeGpus createWith(Path folder, String... options) throws InterruptedException {
        FakeGpus gpus = new FakeGpus(folder.resolve("gpus").toAbsolutePath(), FakeNvml.programs());
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--anyone-may-change");
        gpus.control("create", all.toArray(String[]::new));
        return gpus;
    }

    /** To be added to a program's environment: the state, the tools in front of PATH, and the NVML library. */
    public Map<String, String> environment() {
        return Map.of(
                "FAKE_GPU_STATE",
                state.toString(),
                "GPUSHARE_NVML_LIBRARY",
                FakeNvml.library().toString(),
                "PATH",
                programs + ":" + System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
    }

    /** With this machine's environment added to the test's own. */
    public CommandRunner runner() {
        return runner;
    }

    public CommandResult run(String program, String... arguments) throws InterruptedException {
        return runner.run(Command.of(program, arguments));
    }

    public Path state() {
        return state;
    }

    /** Settings, processes and daemons, in a form to compare. */
    public String show() throws InterruptedException {
        return control("show");
    }

    /** As {@link #show()}, without what runs. Instances are there by profile and placement, not by id or UUID. */
    public String settings() throws InterruptedException {
        return control("show", "settings");
    }

    /**
     * @param misbehaviours each {@code NAME}, {@code NAME=VALUE}, {@code NAME@N} (only the Nth time), or {@code
     * NAME=VALUE@N}
     */
    public void misbehave(String... misbehaviours) throws InterruptedException {
        control("misbehave", misbehaviours);
    }

    /** Ends these misbehaviours, or all of them. */
    public void behave(String... misbehaviours) throws InterruptedException {
        control("behave", misbehaviours);
    }

    /** Kills what runs; geometry, quantum and compute mode are lost, and MIG mode too but on A100 and A30. */
    public void reboot() throws InterruptedException {
        control("reboot");
    }

    /** The pipe directory of every MPS daemon that was ever started, or that somebody tried to start. */
    public List<Path> daemonDirectories() throws IOException {
        Path file = state.resolveSibling(state.getFileName() + ".daemons");
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Path::of).toList()
                : List.of();
    }

    /** What the tools were told since the beginning, or since {@link #clearLog()}, reading and changing. */
    public List<String> commands() throws InterruptedException {
        return log("");
    }

    /** Those of {@link #commands()} that change something when they succeed. */
    public List<String> changingCommands() throws InterruptedException {
        return log("changing");
    }

    public void clearLog() throws InterruptedException {
        control("clear-log");
    }

    /** A line of the log: time in ms, pid, "changing" or "reading", command. */
    private List<String> log(String kind) throws InterruptedException {
        return control("log")
                .lines()
                .map(line -> line.split(" ", 4))
                .filter(parts -> kind.isEmpty() || parts[2].equals(kind))
                .map(parts -> parts[3])
                .toList();
    }

    private String control(String verb, String... more) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(verb, state.toString()));
        arguments.addAll(List.of(more));
        return runner.run(Command.of("fake-gpu", arguments.toArray(String[]::new)))
                .requireSuccess("tell the fake GPUs to " + verb)
                .stdout();
    }

    @Override
    public void close() {
        try {
            reboot();
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
        }
    }
}
