package io.gpushare.runtime.sim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.runtime.ProtocolOutput;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.sim.Simulation;
import io.gpushare.sim.device.Seat;
import io.gpushare.sim.device.SeatRefusedException;
import io.gpushare.sim.device.SeatRequest;
import io.gpushare.sim.device.SimulatedMachine;
import io.gpushare.sim.model.StepModel;
import io.gpushare.sim.model.WorkloadModel;
import io.gpushare.time.Inbox;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Says on a thread of its own what a real tenant would, about work that the model does. */
final class SimulatedTenant implements Tenant {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;

    /** Windows are told of when somebody asks the machine how far it has come. */
    private static final long BETWEEN_LOOKS_NANOS = 50_000_000;

    private final Simulation simulation;
    private final SimulatedMachine machine;
    private final TenantLaunch launch;
    private final WorkloadModel workload;
    private final Map<String, String> settings;
    private final StepModel step;
    private final ProtocolOutput output;
    private final Time time;
    private final Inbox<Event> events;
    private final CompletableFuture<TenantExit> exit = new CompletableFuture<>();
    private final AtomicInteger signal = new AtomicInteger();
    private final ByteArrayOutputStream unfinishedLine = new ByteArrayOutputStream();
    private final int pid;
    private final Optional<Misbehaviour> misbehaviour;
    private final Misbehaviour.Account account = new Misbehaviour.Account();
    private @Nullable Task task;
    private volatile Runnable afterwards = () -> {};

    private sealed interface Event {
        record Start(long atUnixNanos) implements Event {}

        record Stop() implements Event {}

        record Full(Windows.Window window) implements Event {}

        record Faulted(String error) implements Event {}
    }

    SimulatedTenant(
            Simulation simulation,
            TenantLaunch launch,
            WorkloadModel workload,
            Map<String, String> settings,
            StepModel step,
            ProtocolOutput output) {
        this.simulation = simulation;
        this.machine = simulation.machine();
        this.launch = launch;
        this.workload = workload;
        this.settings = settings;
        this.step = step;
        this.output = output;
        this.time = machine.time();
        this.events = time.inbox();
        this.pid = machine.newProcess();
        this.misbehaviour = Misbehaviour.of(
                launch.workload().name(),
                settings,
                machine.model(),
                known -> known.steps(machine.profile(), machine.model().reference()));
    }

    synchronized void begin(Runnable whenEnded) {
        afterwards = whenEnded;
        task = time.start("simulated-tenant-" + launch.number(), this::run);
    }

    @Override
    public void send(byte[] line) throws IOException {
        if (exit.isDone()) {
            throw new IOException("the simulated " + launch.words() + " has ended");
        }
        synchronized (unfinishedLine) {
            for (byte next : line) {
                if (next == '\n') {
                    instruct(unfinishedLine.toByteArray());
                    unfinishedLine.reset();
                } else {
                    unfinishedLine.write(next);
                }
            }
        }
    }

    private void instruct(byte[] line) throws IOException {
        JsonNode instruction = MAPPER.readTree(line);
        switch (instruction.path("type").asText()) {
            case "start" ->
                events.put(new Event.Start(instruction.path("at_unix_ns").asLong()));
            case "stop" -> events.put(new Event.Stop());
            default -> throw new IOException("not an instruction: " + instruction);
        }
    }

    @Override
    public CompletableFuture<TenantExit> exit() {
        return exit;
    }

    @Override
    public Set<Integer> processes() {
        return Set.of(pid);
    }

    @Override
    public void terminate() {
        end(SIGTERM);
    }

    @Override
    public void kill() {
        end(SIGKILL);
    }

    @Override
    public void close() {
        kill();
    }

    private synchronized void end(int number) {
        signal.compareAndSet(0, number);
        if (task != null) {
            task.interrupt();
        }
    }

    @Override
    public ObjectNode description() {
        return JsonNodeFactory.instance.objectNode().put("simulated", true);
    }

    private void run() {
        TenantExit how = new TenantExit.Lost("a fault of the simulation");
        try {
            how = new TenantExit.Exited(live());
        } catch (InterruptedException ended) {
            how = new TenantExit.Killed(signal.get());
        } finally {
            afterwards.run();
            exit.complete(how);
        }
    }

    private int live() throws InterruptedException {
        long seed = seed();
        long loadNanos = loadNanos(seed);
        SeatRequest request = new SeatRequest(pid, step, launch.placement().device(), environment(), seed);
        Optional<SimulatedMachine.DeviceView> device = step.usesGpu() ? machine.view(request) : Optional.empty();
        try (Seat seat = machine.seat(request)) {
            seat.onFault(error -> events.put(new Event.Faulted(error)));
            hello(device);
            time.sleep(Duration.ofNanos(loadNanos));
            output.say(output.message("ready").put("load_s", loadNanos / 1e9).put("warmup_s", 0.0));
            return work(seat);
        } catch (SeatRefusedException refused) {
            hello(device);
            return fail(refused.kind(), refused.sentence());
        }
    }

    private int fail(String kind, String message) {
        output.say(output.message("error").put("kind", kind).put("message", message));
        return 1;
    }

    private void hello(Optional<SimulatedMachine.DeviceView> device) {
        ObjectNode hello =
                output.message("hello").put("workload", launch.workload().name());
        hello.putObject("versions").put("simulator", "1");
        hello.put("pid", pid);
        ObjectNode said = hello.putObject("settings");
        settings.forEach(said::put);
        device.ifPresentOrElse(
                seen -> hello.putObject("device")
                        .put("name", seen.name())
                        .put("uuid", seen.uuid())
                        .put("sm_count", seen.smCount())
                        .put("memory_bytes", seen.memoryBytes())
                        .put("memory_free_bytes", seen.freeBytes()),
                () -> hello.putNull("device"));
        output.say(hello);
    }

    private int work(Seat seat) throws InterruptedException {
        long atUnixNanos;
        switch (events.poll(Time.NEVER).orElseThrow()) {
            case Event.Start(long at) -> atUnixNanos = at;
            case Event.Faulted(String error) -> {
                return fail("cuda", error);
            }
            case Event.Stop _, Event.Full _ -> {
                return 0;
            }
        }
        boolean interactive = step.idleNanos() > 0;
        CoreLoopModel loops = new CoreLoopModel(machine.coreClock(seed()), seed());
        Windows windows = new Windows(step.units(), interactive, loops, window -> events.put(new Event.Full(window)));
        if (misbehaviour.isEmpty()) {
            seat.start(atUnixNanos, windows);
        }
        long start = time.nanos() + atUnixNanos - time.unixNanos();
        time.sleepUntil(start);
        output.say(output.message("started").put("late_ns", Math.max(0, time.unixNanos() - atUnixNanos)));
        if (misbehaviour.isEmpty()) {
            return goOn(seat, windows, Time.NEVER).orElseThrow();
        }
        return misbehaviour.get().run(seat, atUnixNanos, windows, account, conduct(seat, windows, start));
    }

    /** The exit status, where it has ended until then. */
    private Optional<Integer> goOn(Seat seat, Windows windows, long untilNanos) throws InterruptedException {
        while (true) {
            Optional<Event> event = next(untilNanos);
            if (event.isEmpty()) {
                return Optional.empty();
            }
            switch (event.get()) {
                case Event.Full(Windows.Window window) -> say(window);
                case Event.Faulted(String error) -> {
                    return Optional.of(fail("cuda", error));
                }
                case Event.Stop() -> {
                    finish(seat, windows);
                    return Optional.of(0);
                }
                case Event.Start again -> throw new IllegalStateException(launch.words() + " was started twice");
            }
        }
    }

    /** Empty when nothing happens until then. */
    private Optional<Event> next(long untilNanos) throws InterruptedException {
        while (true) {
            long look = time.nanos() + BETWEEN_LOOKS_NANOS;
            Optional<Event> event = events.poll(Math.min(look, untilNanos));
            if (event.isPresent() || time.nanos() >= untilNanos) {
                return event;
            }
            machine.advance();
        }
    }

    private Misbehaviour.Conduct conduct(Seat seat, Windows windows, long start) {
        return new Misbehaviour.Conduct() {
            @Override
            public Optional<Integer> goOn(long sinceStartNanos) throws InterruptedException {
                return SimulatedTenant.this.goOn(seat, windows, moment(sinceStartNanos));
            }

            @Override
            public void standStill(long sinceStartNanos) throws InterruptedException {
                time.sleepUntil(moment(sinceStartNanos));
            }

            private long moment(long sinceStartNanos) {
                return sinceStartNanos == Long.MAX_VALUE ? Time.NEVER : start + sinceStartNanos;
            }

            @Override
            public int fail(String kind, String message) {
                return SimulatedTenant.this.fail(kind, message);
            }

            @Override
            public int kill() throws InterruptedException {
                signal.compareAndSet(0, SIGKILL);
                throw new InterruptedException();
            }
        };
    }

    private void finish(Seat seat, Windows windows) {
        seat.close();
        for (Event last : events.takeAll()) {
            if (last instanceof Event.Full(Windows.Window window)) {
                say(window);
            }
        }
        windows.rest().ifPresent(this::say);
        ObjectNode result =
                output.message("result").put("units", windows.totalUnits()).put("steps", windows.totalSteps());
        ObjectNode metrics = result.putObject("metrics");
        addMetrics(metrics, windows);
        account.addTo(metrics);
        output.say(result);
    }

    private void addMetrics(ObjectNode metrics, Windows windows) {
        double seconds = windows.elapsedNanos() / 1e9;
        if (seconds <= 0) {
            return;
        }
        workload.metrics().forEach((name, perUnit) -> metrics.put(name, windows.totalUnits() / seconds * perUnit));
        workload.latencyMetrics().forEach((name, statistic) -> {
            OptionalDouble nanos = switch (statistic) {
                case MEDIAN -> windows.latencies().quantileNanos(0.5);
                case MEAN -> windows.latencies().meanNanos();
            };
            nanos.ifPresent(value -> metrics.put(name, value / 1e6));
        });
        if (step.idleNanos() > 0) {
            metrics.put("active_fraction", windows.totalActiveNanos() / 1e9 / seconds);
        }
    }

    private void say(Windows.Window window) {
        ObjectNode message = output.window(window.worked());
        window.activeNanos().ifPresent(active -> message.put("active_ns", active));
        ObjectNode core = message.putObject("core").put("cpu", launch.number());
        window.loops().forEach(core.putArray("loops_ns")::add);
        output.say(message);
    }

    /** Seeds that a run gives its tenants come first; without, each has its own anyway. */
    private long seed() {
        String given = launch.environment().get("GPUSHARE_SEED");
        long own = simulation.seed() * 31 + launch.number();
        if (given == null) {
            return own;
        }
        try {
            return Long.parseLong(given.strip());
        } catch (NumberFormatException notANumber) {
            return given.hashCode() * 31L + own;
        }
    }

    /** Half as long to half again, so that tenants do not all get ready in one instant. */
    private long loadNanos(long seed) {
        return Math.round(workload.loadS() * (0.5 + new SplittableRandom(seed).nextDouble()) * 1e9);
    }

    /** As a real program of this launch would find it. */
    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(launch.workload().environment());
        environment.putAll(launch.placement().environment());
        environment.putAll(launch.environment());
        return environment;
    }
}
