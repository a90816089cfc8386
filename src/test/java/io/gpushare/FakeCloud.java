package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.fake.ChildJava;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A world in which {@code gcloud}, {@code kubectl} and {@code docker} only look like them: {@code
 * src/test/cloud/google} says of what it consists.
 */
final class FakeCloud {
    static final String HANGS = "hang";

    private static final String[] OPTIONS = {
        "--project",
        "my-project",
        "--name",
        "mine",
        "--bundle",
        "bundle.tar.xz",
        "--out",
        "results of mine",
        "--pause",
        "0"
    };

    private static final Path PROGRAMS = Path.of("src/test/cloud").toAbsolutePath();

    /** Of the pod, as the scripts ask for it: it works, and then it has ended well. */
    private static final String WELL = "Running||gke-node||2026-12-01T09:00:00Z|||\nRunning||gke-node|||0|Completed|\n";

    private final Path around;
    private final Path folder;
    private final Map<String, String> environment = ChildJava.environment();
    private int rules;

    FakeCloud(Path temporary) throws IOException, InterruptedException {
        around = temporary;
        folder = Files.createDirectory(temporary.resolve("world"));
        for (String name : List.of("refusals", "things", "home", "pod/work/results")) {
            Files.createDirectories(folder.resolve(name));
        }
        write("account", "me@example.com\n");
        write("project", "\n");
        write("zones", "us-central1-a\neurope-west4-b\n");
        write("preempted", "");
        write("pool", "gke-node 1\n");
        write("pod/looks", WELL);
        write("pod/conditions", "");
        write("pod/log", "four tenants\n");
        write("pod/work/results/benchmark.json", "{}");
        write("log", "");
        write("machine.log", "");
        write("machine.refuse", "");
        Path programs = Files.createDirectory(temporary.resolve("programs"));
        for (String name : List.of("gcloud", "kubectl", "docker", "gke-gcloud-auth-plugin")) {
            Files.copy(PROGRAMS.resolve("google"), programs.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        }
        environment.put("FAKE_CLOUD", folder.toString());
        environment.put("MACHINE_PROGRAMS", PROGRAMS.resolve("machine").toString());
        environment.put("PATH", programs + ":" + environment.get("PATH"));
        environment.put("USER", "me");
        List.of("CLOUDSDK_CORE_PROJECT", "DOCKER_HOST").forEach(environment::remove);
        bundle(temporary.resolve("bundle.tar.xz"));
    }

    /** Of a gpushare that writes what it was given, and ends with the status in the file {@code status}. */
    private void bundle(Path file) throws IOException, InterruptedException {
        Path inside = Files.createDirectories(folder.resolve("gpushare-1"));
        Files.writeString(inside.resolve("gpushare"), """
                #!/usr/bin/env bash
                [[ $1 == bench ]] || exit 0
                mkdir -p results
                printf '%s\\n' "$@" | tee results/benchmark.json
                [[ ! -e "$FAKE_CLOUD/lasting" ]] || { touch "$FAKE_CLOUD/hanging"; exec sleep 60; }
                exit "$(cat "$FAKE_CLOUD/status" 2> /dev/null || echo 0)"
                """);
        shell("chmod +x '%s/gpushare' && tar -C '%s' -czf '%s' gpushare-1".formatted(inside, folder, file))
                .requireSuccess("make a bundle");
    }

    void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    void set(String variable, String value) {
        environment.put(variable, value);
    }

    /** So often the commands that fit the pattern fail; with the status {@link #HANGS} they do not come back. */
    void refuse(int times, String pattern, String status, String words) throws IOException {
        rules++;
        write("refusals/" + rules, "%d\n%s\n%s\n%s\n".formatted(times, pattern, status, words));
    }

    /** Something at Google, made by a call of that name. */
    void has(String thing, String place, String name, String call) throws IOException {
        write("things/" + thing, "%s,%s,%s\n".formatted(place, name, call));
    }

    List<String> things() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("things"))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("log"));
    }

    CommandResult run(String script, String... arguments) throws InterruptedException {
        return new CommandRunner(environment)
                .run(Command.of(script(script), arguments).directory(around).timeout(Duration.ofSeconds(60)));
    }

    /** In a project, with a name and a bundle, and with no pauses. */
    CommandResult call(String script, String command, String... more) throws InterruptedException {
        return run(
                script,
                Stream.of(Stream.of(command), Stream.of(OPTIONS), Stream.of(more))
                        .flatMap(words -> words)
                        .toArray(String[]::new));
    }

    static void assertEnded(CommandResult ran, int status, String... words) {
        assertThat(ran.stderr()).contains(words);
        assertThat(ran.exitCode()).as(ran.stderr()).isEqualTo(status);
    }

    static String script(String name) {
        return Path.of("gpu-configs/gcp", name + ".sh").toAbsolutePath().toString();
    }

    CommandResult shell(String line) throws InterruptedException {
        return new CommandRunner(environment)
                .run(Command.of("bash", "-c", line).directory(around).timeout(Duration.ofSeconds(60)));
    }

    /** Sends the signal once something hangs. */
    CommandResult interrupt(String signal, String script, String arguments) throws InterruptedException {
        return shell("""
                env --default-signal=INT,TERM,HUP '%s' %s & script=$!
                until [[ -e '%s/hanging' ]]; do sleep 0.02; done
                kill -%s $script
                wait $script
                """.formatted(script(script), arguments, folder, signal));
    }
}
