package io.gpushare.crash;

import io.gpushare.fake.FakeGpus;
import io.gpushare.process.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** One machine of fakes with its own memory of what gpushare changed, and its own results. */
final class CrashMachine implements AutoCloseable {
    private static final Path WORKLOADS = Path.of("src/test/resources/io/gpushare/fake/workloads").toAbsolutePath();
    private static final String COMMON = " --gpu 0 --runtime process --duration 1s --baseline none --set fake-tenant.load-ms=5"
            + " --out results --workloads-dir " + WORKLOADS;
    private static final Pattern DAEMON_FOLDER = Pattern.compile("/tmp/gpushare-mps-[0-9a-f]+");

    private final Path folder;
    private final Scenario scenario;
    private final FakeGpus gpus;
    private final String before;
    private final Set<Path> daemonFolders = new TreeSet<>();

    private CrashMachine(Path folder, Scenario scenario, FakeGpus gpus, String before) {
        this.folder = folder;
        this.scenario = scenario;
        this.gpus = gpus;
        this.before = before;
    }

    static CrashMachine create(Path folder, Scenario scenario) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        FakeGpus gpus = FakeGpus.createWith(folder, scenario.machine().split(" "));
        if (scenario.slowMs() > 0) {
            gpus.misbehave("slow=" + scenario.slowMs());
        }
        return new CrashMachine(folder, scenario, gpus, gpus.settings());
    }

    GpushareProcess bench() throws IOException {
        return start("bench", "bench " + scenario.bench() + COMMON);
    }

    /** What puts a killed run right. */
    GpushareProcess restore() throws IOException {
        return start("restore", "bench --mode exclusive --workload fake-tenant:1" + COMMON);
    }

    private GpushareProcess start(String words, String arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(gpus.environment());
        environment.put("GPUSHARE_STATE", stateFolder().toString());
        return GpushareProcess.start(folder, environment, words, arguments);
    }

    void strike(Blow blow, long pid) throws InterruptedException {
        gpus.runner().run(Command.of("kill", "-" + blow.signal(), "--", blow.target(pid)));
    }

    /** Whether the mode's change is under way or in force, and what it has to take away; before it is forgotten. */
    boolean noteChange() throws IOException {
        boolean changed = false;
        for (Path journal : modeJournals()) {
            Matcher named = DAEMON_FOLDER.matcher(textOf(journal));
            while (named.find()) {
                daemonFolders.add(Path.of(named.group()));
            }
            changed = true;
        }
        return changed;
    }

    boolean toolRuns() throws IOException {
        return FakeProcesses.on(gpus.state()).stream().anyMatch(words -> words.contains("nvidia-smi"));
    }

    private List<Path> modeJournals() throws IOException {
        return files(stateFolder(), ".mode.json");
    }

    /** In sentences; nothing where all is as it was before the run. */
    List<String> leftovers() throws IOException, InterruptedException {
        for (Path pipeDirectory : gpus.daemonDirectories()) {
            Matcher ours = DAEMON_FOLDER.matcher(pipeDirectory.toString());
            if (ours.find()) {
                daemonFolders.add(Path.of(ours.group()));
            }
        }
        Leftovers found = new Leftovers();
        found.compare("the settings", before, gpus.settings());
        found.compare("what runs on the GPU", before, gpus.show());
        found.none("a process runs", FakeProcesses.on(gpus.state()));
        found.none("an MPS folder is left", daemonFolders.stream().filter(Files::exists).toList());
        found.none("a change is not forgotten", modeJournals());
        found.locks(files(stateFolder(), ".lock"));
        found.results(files(folder.resolve("results"), ".json"));
        found.journals(files(folder.resolve("results"), ".jsonl"));
        return found.sentences();
    }

    int results() throws IOException {
        return files(folder.resolve("results"), ".json").size();
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
