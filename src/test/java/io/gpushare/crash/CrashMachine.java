package io.gpushare.crash;

import io.gpushare.fake.FakeGpus;
import io.gpushare.process.Command;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One machine of fakes with its own memory of what gpushare changed, and its own results. */
final class CrashMachine implements AutoCloseable {
    private static final Path WORKLOADS =
            Path.of("src/test/resources/io/gpushare/fake/workloads").toAbsolutePath();
    private static final String COMMON =
            " --gpu 0 --runtime process --duration 1s --baseline none --env FAKE_GPU_STATE --set fake-tenant.load-ms=5"
                    + " --out results --workloads-dir " + WORKLOADS;
    private static final Pattern DAEMON_FOLDER = Pattern.compile("/tmp/gpushare-mps-[0-9a-f]+");

    private static final Duration HURRY = Duration.ofMillis(60);

    private final Path folder;
    private final Scenario scenario;
    private final FakeGpus gpus;
    private final Set<Path> daemonFolders = new TreeSet<>();
    private State before = State.NONE;

    private CrashMachine(Path folder, Scenario scenario, FakeGpus gpus) {
        this.folder = folder;
        this.scenario = scenario;
        this.gpus = gpus;
    }

    /** What a run must leave as it found it; pids do not count, and UUIDs of MIG devices neither. */
    private record State(String shown, List<String> processes, Map<String, String> lastingJournals, Set<Path> folders) {
        static final State NONE = new State("", List.of(), Map.of(), Set.of());
    }

    static CrashMachine create(Path folder, Scenario scenario) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        FakeGpus gpus = FakeGpus.createWith(folder, scenario.machine().split(" "));
        if (scenario.slowMs() > 0) {
            gpus.misbehave("slow=" + scenario.slowMs());
        }
        CrashMachine machine = new CrashMachine(folder, scenario, gpus);
        if (!scenario.lasting().isEmpty()) {
            machine.setUpForGood();
        }
        machine.before = machine.state();
        return machine;
    }

    private void setUpForGood() throws IOException, InterruptedException {
        int status = start("apply", "mode apply --gpu 0 " + scenario.lasting()).awaitEnd();
        if (status != 0) {
            throw new AssertionError("mode apply ended with " + status + ": " + said("apply"));
        }
    }

    private State state() throws IOException, InterruptedException {
        Map<String, String> lasting = new TreeMap<>();
        for (Path journal : files(stateFolder(), ".lasting.mode.json")) {
            lasting.put(journal.getFileName().toString(), textOf(journal));
            daemonFolders.addAll(daemonFoldersIn(textOf(journal)));
        }
        for (Path pipeDirectory : gpus.daemonDirectories()) {
            daemonFolders.addAll(daemonFoldersIn(pipeDirectory.toString()));
        }
        return new State(
                gpus.show().replaceAll("pid [0-9]+", "pid …"),
                FakeProcesses.on(gpus.state()).stream()
                        .map(words -> words.replaceFirst("^[0-9]+ ", ""))
                        .sorted()
                        .toList(),
                lasting,
                daemonFolders.stream().filter(Files::exists).collect(Collectors.toCollection(TreeSet::new)));
    }

    GpushareProcess bench() throws IOException {
        return start("bench", "bench " + scenario.bench() + COMMON);
    }

    /** The next run finishes what a killed one has left, before its own. */
    GpushareProcess benchAgain() throws IOException {
        return start("again", "bench " + scenario.bench() + COMMON);
    }

    /** What puts a killed run right. */
    GpushareProcess restore() throws IOException {
        return start("restore", "restore");
    }

    private GpushareProcess start(String words, String arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(gpus.environment());
        environment.put("GPUSHARE_STATE", stateFolder().toString());
        return GpushareProcess.start(folder, environment, words, arguments);
    }

    void strike(Blow blow, long pid) throws InterruptedException {
        for (int time = 0; time < blow.times(); time++) {
            if (time > 0) {
                Thread.sleep(HURRY);
            }
            gpus.runner().run(Command.of("kill", blow.option(), "--", blow.target(pid)));
        }
    }

    /** Whether the mode's change is under way or in force, and what it has to take away; before it is forgotten. */
    boolean noteChange() throws IOException {
        boolean changed = false;
        for (Path journal : modeJournals()) {
            daemonFolders.addAll(daemonFoldersIn(textOf(journal)));
            changed = true;
        }
        return changed;
    }

    private static List<Path> daemonFoldersIn(String text) {
        return DAEMON_FOLDER
                .matcher(text)
                .results()
                .map(found -> Path.of(found.group()))
                .toList();
    }

    boolean toolRuns() throws IOException {
        return FakeProcesses.on(gpus.state()).stream().anyMatch(words -> words.contains("nvidia-smi"));
    }

    private List<Path> modeJournals() throws IOException {
        return files(stateFolder(), ".temporary.mode.json");
    }

    /** In sentences; nothing where all is as it was before the run. */
    List<String> leftovers() throws IOException, InterruptedException {
        State now = state();
        Leftovers found = new Leftovers();
        found.compare("the GPU", before.shown(), now.shown());
        found.compare("what runs", before.processes(), now.processes());
        found.compare("what is set up for good", before.lastingJournals(), now.lastingJournals());
        found.compare("folders of MPS", before.folders(), now.folders());
        found.none("a change is not forgotten", modeJournals());
        found.locks(files(stateFolder(), ".lock"));
        found.results(files(folder.resolve("results"), ".json"));
        found.journals(files(folder.resolve("results"), ".jsonl"));
        return found.sentences();
    }

    /** Of the only result. */
    RunResult result() throws IOException {
        List<Path> found = files(folder.resolve("results"), ".json").stream()
                .filter(file -> file.getFileName().toString().startsWith("benchmark_"))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("not one result but " + found + ": " + said("bench"));
        }
        return RunResultFile.read(found.getFirst());
    }

    String said(String words) throws IOException {
        return textOf(folder.resolve(words + ".err")) + textOf(folder.resolve(words + ".out"));
    }

    private Path stateFolder() {
        return folder.resolve("state");
    }

    private static List<Path> files(Path folder, String end) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)
                            && !file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    /** Empty for one that is gone by now. */
    private static String textOf(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file) : "";
    }

    @Override
    public void close() {
        gpus.close();
    }
}
