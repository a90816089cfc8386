package io.gpushare.runtime.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.ProgramOutput;
import io.gpushare.runtime.ProtocolOutput;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.text.Amount;
import io.gpushare.time.Time;
import io.gpushare.workload.output.ForeignProgram;
import io.gpushare.workload.output.ForeignProgram.Lifetime;
import io.gpushare.workload.output.ForeignProgram.Readiness;
import io.gpushare.workload.output.HitWindows;
import io.gpushare.workload.output.MeasureRule;
import io.gpushare.workload.output.OutputReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A program that does not speak the tenant protocol, with somebody beside it who does: who says hello for it, when it
 * is ready, what it does each second by what it prints, and its result.
 *
 * <p>The program's output comes on the runtime's threads, instructions on the run's; all of it is handled one at a
 * time.
 */
final class ForeignTenant implements Tenant, ProgramOutput {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** After which a program that was asked to end is ended: it has nothing to save that anybody waits for. */
    private static final Duration GENTLE = Duration.ofSeconds(5);

    /** Kept in results under this name. */
    private static final String TIME_TO_COMPLETION = "time_to_completion_s";

    private final TenantLaunch launch;
    private final ForeignProgram foreign;
    private final ProgramOutput output;
    private final ProtocolOutput speech;
    private final TenantRuntime runtime;
    private final Time time;
    private final CompletableFuture<TenantExit> exit = new CompletableFuture<>();
    private final Optional<HitWindows> windows;
    private final Map<String, Double> values = new TreeMap<>();
    private final long launchedNanos;
    private OutputReader reader;
    private @Nullable Tenant program;
    private boolean ready;
    private boolean stopping;
    private boolean closed;
    /** It has said its last word: what its program does from here on is nobody's but its neighbours' concern. */
    private boolean over;

    private boolean began;
    private long startNanos;

    ForeignTenant(TenantLaunch launch, ForeignProgram foreign, ProgramOutput output, TenantRuntime runtime, Time time) {
        this.launch = launch;
        this.foreign = foreign;
        this.output = output;
        this.speech = new ProtocolOutput(output);
        this.runtime = runtime;
        this.time = time;
        this.windows = foreign.work().map(_ -> new HitWindows());
        this.launchedNanos = time.nanos();
        this.reader = reader();
    }

    private OutputReader reader() {
        return new OutputReader(foreign.rules(), new OutputReader.Listener() {
            @Override
            public void line(String line) {
                printed(line);
            }

            @Override
            public void hit(MeasureRule rule, double number) {
                found(rule, number);
            }
        });
    }

    /** @throws GpushareException when it cannot be started */
    void launch() throws InterruptedException {
        ObjectNode hello = speech.message("hello")
                .put("workload", launch.workload().name())
                .put("pid", 0);
        hello.putObject("versions");
        hello.putObject("settings");
        hello.putNull("device");
        speech.say(hello);
        runs(runtime.launch(launch, this));
        switch (foreign.ready()) {
            case Readiness.AtOnce() -> becomeReady();
            case Readiness.After(Duration warmUp) ->
                later("warm-up", () -> {
                    time.pause(warmUp);
                    becomeReady();
                });
            case Readiness.Answering answering ->
                later("readiness", () -> {
                    if (new Answer(answering.uri(), time).await(() -> !exit.isDone())) {
                        becomeReady();
                    }
                });
            case Readiness.Printed _ -> {}
        }
    }

    private void later(String what, Runnable body) {
        time.start(what + " of " + launch.words(), body);
    }

    private void runs(Tenant launched) {
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

    private synchronized void becomeReady() {
        if (!ready && !exit.isDone()) {
            ready = true;
            speech.say(speech.message("ready")
                    .put("load_s", (time.nanos() - launchedNanos) / 1e9)
                    .put("warmup_s", 0.0));
        }
    }

    @Override
    public synchronized void stdout(byte[] bytes, int offset, int count) {
        output.stderr(bytes, offset, count);
        reader.stdout(bytes, offset, count);
    }

    @Override
    public synchronized void stderr(byte[] bytes, int offset, int count) {
        output.stderr(bytes, offset, count);
        reader.stderr(bytes, offset, count);
    }

    private void printed(String line) {
        if (!ready
                && foreign.ready() instanceof Readiness.Printed(var pattern)
                && pattern.matcher(line).find()) {
            becomeReady();
        }
    }

    private void found(MeasureRule rule, double number) {
        if (!foreign.isWork(rule) || windows.isEmpty()) {
            values.put(rule.name(), number);
            return;
        }
        if (over) {
            return;
        }
        if (!working()) {
            windows.get().before(rule.kind(), number, time.nanos());
        } else {
            windows.get().hit(rule.kind(), number, time.nanos() - startNanos).ifPresent(this::say);
        }
    }

    private boolean working() {
        return began && time.nanos() - startNanos >= 0;
    }

    private void say(HitWindows.Window window) {
        ObjectNode message = window(window.index(), window.fromNanos(), window.untilNanos())
                .put("units", window.units())
                .put("steps", window.steps());
        ObjectNode latency = message.putObject("latency");
        window.latency().forEach((bucket, count) -> latency.put(String.valueOf(bucket), count));
        speech.say(message);
    }

    private ObjectNode window(int index, long fromNanos, long untilNanos) {
        return speech.message("window")
                .put("index", index)
                .put("from_ns", fromNanos)
                .put("until_ns", untilNanos);
    }

    @Override
    public void send(byte[] line) throws IOException {
        JsonNode instruction = MAPPER.readTree(line);
        switch (instruction.path("type").asText()) {
            case "start" -> start(instruction.path("at_unix_ns").asLong());
            case "stop" -> stop();
            default -> throw new IllegalArgumentException("no instruction: " + instruction);
        }
    }

    private synchronized void start(long atUnixNanos) {
        startNanos = time.nanos() + atUnixNanos - time.unixNanos();
        began = true;
        windows.ifPresent(hits -> hits.starts(startNanos));
        // It works already: the start is a moment of our clock.
        speech.say(speech.message("started").put("late_ns", 0));
    }

    private void stop() {
        Tenant running;
        synchronized (this) {
            stopping = true;
            if (began && !over) {
                finish();
            }
            running = program;
        }
        if (running == null) {
            return;
        }
        running.terminate();
        later("end", () -> {
            time.pause(GENTLE);
            if (!running.exit().isDone()) {
                running.kill();
            }
        });
    }

    /** Its measured time is over, and it may go on. */
    private void finish() {
        over = true;
        if (foreign.lifetime() == Lifetime.COMPLETE) {
            fail("it had not come to its end when the measured time was over: raise --duration");
            return;
        }
        HitWindows measured = windows.orElseThrow();
        measured.rest().ifPresent(this::say);
        if (measured.totalSteps() == 0) {
            fail(nothingFound());
            return;
        }
        result(measured.totalUnits(), measured.totalSteps());
    }

    private String nothingFound() {
        return "in its output nothing was found by the rule for "
                + foreign.work().orElseThrow() + ", in "
                + Amount.of(reader.lines(), "line")
                + reader.oddity().map(odd -> "; " + odd).orElse("");
    }

    private void result(double units, long steps) {
        ObjectNode result = speech.message("result").put("units", units).put("steps", steps);
        ObjectNode metrics = result.putObject("metrics");
        values.forEach(metrics::put);
        speech.say(result);
    }

    private void fail(String sentence) {
        speech.say(speech.message("error").put("kind", "data").put("message", sentence));
    }

    /** On the runtime's thread. */
    private void ended(TenantExit how) {
        boolean again;
        synchronized (this) {
            reader.end();
            if (stopping || !how.successful() || closed) {
                // Whoever was told to stop may say so in any way.
                exit.complete(stopping ? new TenantExit.Exited(0) : how);
                return;
            }
            if (began && !over) {
                endedByItself();
            }
            again = foreign.repeat();
            if (!again) {
                exit.complete(how);
                return;
            }
            windows.ifPresent(HitWindows::again);
            reader = reader();
        }
        later("launch again", this::launchAgain);
    }

    private void endedByItself() {
        if (foreign.lifetime() == Lifetime.COMPLETE) {
            over = true;
            completed();
        } else if (!foreign.repeat()) {
            over = true;
            fail("it came to its end before the measured time was over: measure its whole life (lifetime:"
                    + " complete), let it begin again (repeat: true), or measure for a shorter time");
        }
    }

    private void completed() {
        long now = time.nanos();
        double lifeS = (now - launchedNanos) / 1e9;
        values.put(TIME_TO_COMPLETION, lifeS);
        if (windows.isPresent()) {
            windows.get().rest().ifPresent(this::say);
            if (windows.get().totalSteps() == 0) {
                fail(nothingFound());
            } else {
                result(windows.get().totalUnits(), windows.get().totalSteps());
            }
            return;
        }
        // Of its one run so much fell into the measured time.
        long until = Math.max(1, now - startNanos);
        double share = until / 1e9 / lifeS;
        ObjectNode whole = window(0, 0, until).put("units", share).put("steps", 1);
        whole.putObject("latency");
        speech.say(whole);
        result(share, 1);
    }

    private void launchAgain() {
        try {
            runs(runtime.launch(launch, this));
        } catch (GpushareException cannot) {
            synchronized (this) {
                if (!over) {
                    fail("it could not be started again: " + cannot.sentence());
                }
                exit.complete(new TenantExit.Exited(1));
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            exit.complete(new TenantExit.Lost("it was about to begin again"));
        }
    }

    @Override
    public CompletableFuture<TenantExit> exit() {
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

    @Override
    public void terminate() {
        stopAgain();
        program().ifPresent(Tenant::terminate);
    }

    @Override
    public void kill() {
        stopAgain();
        program().ifPresent(Tenant::kill);
    }

    /** Whoever ends it does not want it to begin again. */
    private synchronized void stopAgain() {
        closed = true;
    }

    @Override
    public ObjectNode description() {
        return program().map(Tenant::description).orElseGet(JsonNodeFactory.instance::objectNode);
    }

    @Override
    public void close() {
        stopAgain();
        program().ifPresent(Tenant::close);
    }
}
