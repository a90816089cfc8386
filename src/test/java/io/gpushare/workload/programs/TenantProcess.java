package io.gpushare.workload.programs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program of {@code workloads/} as a real process, and the test in the place of gpushare. */
final class TenantProcess implements AutoCloseable {
    static final Path PYTHON = Path.of("/usr/bin/python3");
    static final Path WORKLOADS = Path.of("workloads").toAbsolutePath();

    /** When a tenant that starts now should have: it reports its first step at once, as a window of its own. */
    static final Duration FULL_WINDOW_AGO = Duration.ofSeconds(-1);

    /** Of addresses: PyTorch maps some GiB for what it is and its threads, and fills little of them. */
    static final long MOST_MEMORY_BYTES = 16L << 30;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String END = "";

    private final Process process;
    private final Path log;
    private final LinkedBlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private TenantProcess(List<String> command, Map<String, String> environment) throws IOException {
        log = Files.createTempFile("tenant", ".log");
        ProcessBuilder builder = new ProcessBuilder(limited(command)).redirectError(log.toFile());
        builder.environment().put("OMP_NUM_THREADS", "1");
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().remove("GPUSHARE_SEED");
        builder.environment().putAll(environment);
        process = builder.start();
        Thread.ofVirtual().start(this::read);
    }

    /**
     * A kernel that promises more memory than there is (vm.overcommit_memory=1) gives in to any wish, and the machine
     * is full.
     */
    private static List<String> limited(List<String> command) {
        List<String> limited = new ArrayList<>(
                List.of("/bin/sh", "-c", "ulimit -v " + (MOST_MEMORY_BYTES >> 10) + " && exec \"$@\"", "sh"));
        limited.addAll(command);
        return limited;
    }

    /** Starts the program of a workload, as {@code spin}. */
    static TenantProcess of(String workload, String... arguments) throws IOException {
        return run(programOf(workload), Map.of(), arguments);
    }

    static TenantProcess run(Path program, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(PYTHON.toString(), "-u", program.toString()));
        command.addAll(List.of(arguments));
        return new TenantProcess(command, environment);
    }

    /** Starts the program without what Debian's packages have added to Python. */
    static TenantProcess withoutPackages(String workload) throws IOException {
        return new TenantProcess(
                List.of(PYTHON.toString(), "-S", "-u", programOf(workload).toString()), Map.of());
    }

    static Path programOf(String workload) {
        return WORKLOADS.resolve(workload).resolve(workload.replace('-', '_') + ".py");
    }

    /** The next message, which has to be of this type. */
    JsonNode expect(String type) throws InterruptedException, IOException {
        JsonNode message = next();
        if (!message.path("type").asText().equals(type)) {
            throw new AssertionError("expected " + type + ", got " + message + "\nlog: " + log());
        }
        return message;
    }

    /** Windows up to the result, and the result at the end. */
    List<JsonNode> toResult() throws InterruptedException, IOException {
        List<JsonNode> messages = new ArrayList<>();
        do {
            messages.add(next());
        } while (messages.getLast().path("type").asText().equals("window"));
        if (!messages.getLast().path("type").asText().equals("result")) {
            throw new AssertionError("expected a result, got " + messages.getLast() + "\nlog: " + log());
        }
        return messages;
    }

    /** Says when it starts, and returns that. */
    long startIn(Duration wait) throws IOException {
        long now = System.currentTimeMillis() * 1_000_000;
        startAt(now + wait.toNanos());
        return now + wait.toNanos();
    }

    void startAt(long unixNanos) throws IOException {
        say("{\"gpushare\":1,\"type\":\"start\",\"at_unix_ns\":" + unixNanos + ",\"measure_s\":1}");
    }

    void stop() throws IOException {
        say("{\"gpushare\":1,\"type\":\"stop\"}");
    }

    void say(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    void closeStdin() throws IOException {
        process.getOutputStream().close();
    }

    void closeStdout() throws IOException {
        process.getInputStream().close();
    }

    /** SIGTERM. The process's own destroy would close its pipes as well, which is another way to end it. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Of the program itself: the shell before it has become it. */
    long pid() {
        return process.pid();
    }

    int exitStatus() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + PATIENCE);
        }
        return process.exitValue();
    }

    /** What it wrote to stderr. */
    String log() throws IOException {
        return Files.readString(log);
    }

    /** Waits until it has written this to stderr. */
    void awaitLog(String words) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!log().contains(words)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("did not write '" + words + "' to its log: " + log());
            }
            Thread.sleep(5);
        }
    }

    private JsonNode next() throws InterruptedException, IOException {
        String line = lines.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (line == null || line.equals(END)) {
            throw new AssertionError((line == null ? "says nothing more" : "said nothing more") + "\nlog: " + log());
        }
        if (!line.startsWith("{\"gpushare\":1,")) {
            throw new AssertionError("not a message: " + line);
        }
        return JSON.readTree(line);
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException closed) {
            // The end, as well as the end of the stream.
        } finally {
            lines.add(END);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.deleteIfExists(log);
    }
}
