package io.gpushare.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.ProgramOutput;
import io.gpushare.time.Time;
import io.gpushare.workload.protocol.WorkedWindow;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A program that does not speak the tenant protocol, with somebody beside it who does.
 *
 * <p>The program's output comes on the runtime's threads, instructions on the run's; all of it is handled one at a
 * time.
 */
public abstract class SpokenTenant implements Tenant, ProgramOutput {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** After which a program that was asked to end is ended: it has nothing to save that anybody waits for. */
    private static final Duration GENTLE = Duration.ofSeconds(5);

    protected final TenantLaunch launch;
    protected final ProgramOutput output;
    protected final Time time;
    private final ProtocolOutput speech;
    private final TenantRuntime runtime;
    private final CompletableFuture<TenantExit> exit = new CompletableFuture<>();
    private final long launchedNanos;
    private @Nullable Tenant program;
    private boolean ready;
    private boolean closed;

    protected SpokenTenant(TenantLaunch launch, ProgramOutput output, TenantRuntime runtime, Time time) {
        this.launch = launch;
        this.output = output;
        this.speech = new ProtocolOutput(output);
        this.runtime = runtime;
        this.time = time;
        this.launchedNanos = time.nanos();
    }

    /** At this instant of our clock it begins to work. */
    protected abstract void start(long startNanos, Duration measure);

    /** Its measured time is over. */
    protected abstract void stop();

    /** Its program has, whoever wanted it; on the runtime's thread. */
    protected abstract void ended(TenantExit how);

    protected final void greet() {
        ObjectNode hello = message("hello").put("workload", launch.workload().name());
        hello.put("pid", 0);
        hello.putObject("versions");
        hello.putObject("settings");
        hello.putNull("device");
        say(hello);
    }

    /** @throws GpushareException when it cannot be started */
    protected final void run(TenantLaunch what) throws InterruptedException {
        Tenant launched = runtime.launch(what, this);
        boolean unwanted;
        synchronized (this) {
            program = launched;
            unwanted = closed;
        }
        if (unwanted) {
            launched.close();
        }
        var _ = launched.exit().thenAccept(this::ended);
    }

    protected final void later(String what, Runnable body) {
        time.start(what + " of " + launch.words(), body);
    }

    protected final synchronized boolean isReady() {
        return ready;
    }

    /** Once. */
    protected final synchronized void becomeReady(long loadedNanos) {
        if (!ready && !exit.isDone()) {
            ready = true;
            say(message("ready")
                    .put("load_s", (loadedNanos - launchedNanos) / 1e9)
                    .put("warmup_s", (time.nanos() - loadedNanos) / 1e9));
        }
    }

    protected final long launchedNanos() {
        return launchedNanos;
    }

    protected final synchronized boolean isClosed() {
        return closed;
    }

    protected final ObjectNode message(String type) {
        return speech.message(type);
    }

    protected final void say(WorkedWindow window) {
        say(speech.window(window));
    }

    /** Nothing is said by one that has ended. */
    protected final synchronized void say(ObjectNode message) {
        if (!exit.isDone()) {
            speech.say(message);
        }
    }

    protected final void fail(String kind, String sentence) {
        say(message("error").put("kind", kind).put("message", sentence));
    }

    protected final synchronized void exited(TenantExit how) {
        exit.complete(how);
    }

    @Override
    public final void send(byte[] line) throws IOException {
        JsonNode instruction = MAPPER.readTree(line);
        switch (instruction.path("type").asText()) {
            case "start" ->
                start(
                        time.nanos() + instruction.path("at_unix_ns").asLong() - time.unixNanos(),
                        Duration.ofNanos(
                                Math.round(instruction.path("measure_s").asDouble() * 1e9)));
            case "stop" -> stop();
            default -> throw new IllegalArgumentException("no instruction: " + instruction);
        }
    }

    /** First gently. */
    protected final void endProgram() {
        Optional<Tenant> running = program();
        if (running.isEmpty()) {
            return;
        }
        running.get().terminate();
        later("end", () -> {
            time.pause(GENTLE);
            if (!running.get().exit().isDone()) {
                running.get().kill();
            }
        });
    }

    @Override
    public final CompletableFuture<TenantExit> exit() {
        return exit;
    }

    private synchronized Optional<Tenant> program() {
        return Optional.ofNullable(program);
    }

    @Override
    public Set<Integer> processes() {
        return program().map(Tenant::processes).orElse(Set.of());
    }

    @Override
    public List<Path> controlGroups() {
        return program().map(Tenant::controlGroups).orElse(List.of());
    }

    /** Whoever ends it does not want it to begin again. */
    private synchronized void unwanted() {
        closed = true;
    }

    @Override
    public void terminate() {
        unwanted();
        program().ifPresent(Tenant::terminate);
    }

    @Override
    public void kill() {
        unwanted();
        program().ifPresent(Tenant::kill);
    }

    @Override
    public ObjectNode description() {
        return program().map(Tenant::description).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    @Override
    public void close() {
        unwanted();
        program().ifPresent(Tenant::close);
    }
}
