package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.fake.ChildJava;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The whole program in a process of its own, with its results in a folder of the test's. */
final class BenchProgram {
    /** To be used in a script. */
    static final String GPUSHARE = ChildJava.gpushareInShell();

    /** It sees no containers: what is left of another class's killed run is not for it to remove. */
    static final String CLEANUP = "DOCKER_HOST=unix:///nowhere " + GPUSHARE + " cleanup --out results";

    private static final Duration LONGEST = Duration.ofSeconds(90);

    private final Path folder;
    private final CommandRunner runner;

    BenchProgram(Path folder, Map<String, String> environment) {
        this.folder = folder;
        Map<String, String> all = ChildJava.environment();
        // Else it would meet other runs of these tests, and their user's own changes.
        all.put("GPUSHARE_STATE", folder.resolve("state").toAbsolutePath().toString());
        all.putAll(environment);
        this.runner = new CommandRunner(all);
    }

    CommandResult shell(String script) throws InterruptedException {
        return runner.run(Command.of("bash", "-c", script).directory(folder).timeout(LONGEST));
    }

    CommandResult gpushare(String arguments) throws InterruptedException {
        return shell(GPUSHARE + " " + arguments);
    }

    CommandResult cleanup() throws InterruptedException {
        return shell(CLEANUP);
    }

    /** Waits until every tenant has reported a window, sends the signals, and prints the exit status. */
    CommandResult interrupted(String bench, int tenants, String... signals) throws InterruptedException {
        StringBuilder kills = new StringBuilder();
        for (String signal : signals) {
            kills.append("kill -").append(signal).append(" $pid; sleep 0.05\n");
        }
        // Without job control a shell starts background programs deaf to SIGINT.
        return shell("""
            set -m
            %s bench --out results %s > out 2> err & pid=$!
            until [ "$(cat results/bench*.jsonl 2> /dev/null | grep '"event":"window"' | grep -o '"tenant":[0-9]*' \\
                | sort -u | wc -l)" -eq %d ]; do
                kill -0 $pid || break; sleep 0.2
            done
            began=$(date +%%s%%N)
            %s
            wait $pid; echo "status $?"
            echo "took $(($(date +%%s%%N) - began))"
            """.formatted(GPUSHARE, bench, tenants, kills));
    }

    static Duration took(CommandResult interrupted) {
        return Duration.ofNanos(
                Long.parseLong(interrupted.stdout().lines().toList().getLast().replace("took ", "")));
    }

    List<Path> results() throws IOException {
        Path results = folder.resolve("results");
        if (!Files.isDirectory(results)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(results)) {
            return files.toList();
        }
    }

    private List<Path> results(String begin, String end) throws IOException {
        return results().stream()
                .filter(file -> file.getFileName().toString().startsWith(begin)
                        && file.toString().endsWith(end))
                .toList();
    }

    Path onlyResultFile() throws IOException {
        List<Path> files = results("benchmark_", ".json");
        assertThat(files).hasSize(1);
        return files.getFirst();
    }

    /** Checked against its schema, with its samples beside it, and no journal. */
    RunResult onlyResult() throws IOException {
        RunResult run = RunResultFile.read(onlyResultFile());
        assertThat(results("", ".jsonl")).isEmpty();
        Path samples =
                folder.resolve("results").resolve(run.sampling().path("file").asText("nowhere"));
        assertThat(json(samples).path("kind").asText()).isEqualTo("gpu_monitor");
        return run;
    }

    List<Path> journals() throws IOException {
        return results("benchmark_", ".journal.jsonl");
    }

    static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }

    String text(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    /** The journal, and so the tenants' mark, is named after this. */
    static String group(Path file) {
        return file.getFileName()
                .toString()
                .replaceAll("\\.(journal\\.)?jsonl?$", "")
                .replaceAll("^.*_", "");
    }

    /** Processes that carry the run's mark, in containers too. */
    static List<String> processesOf(String group) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                if (carries(process, "GPUSHARE_RUN_ID=" + group)) {
                    found.add(process.toString());
                }
            }
        }
        return found;
    }

    private static boolean carries(Path process, String mark) {
        try {
            String environment = new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.UTF_8);
            return List.of(environment.split("\0")).contains(mark);
        } catch (IOException gone) {
            return false;
        }
    }
}
