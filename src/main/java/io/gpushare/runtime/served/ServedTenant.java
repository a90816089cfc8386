package io.gpushare.runtime.served;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.load.LoadListener;
import io.gpushare.load.LoadOutcome;
import io.gpushare.load.LoadRun;
import io.gpushare.load.account.Answer;
import io.gpushare.load.account.Ending;
import io.gpushare.load.account.RequestRecord;
import io.gpushare.load.http.Client;
import io.gpushare.load.http.Endpoint;
import io.gpushare.load.request.Request;
import io.gpushare.load.words.TenantLoad;
import io.gpushare.process.ProgramOutput;
import io.gpushare.runtime.HttpReadiness;
import io.gpushare.runtime.SpokenTenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.time.Time;
import io.gpushare.workload.server.ServerProgram;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A server and the load that is put on it from the common start on. Who speaks for it says that it is ready when it
 * answered, what it answered each second, and in the end what the load generator measured.
 */
public final class ServedTenant extends SpokenTenant {
    /** Windows are told when the answers that ended in them are surely counted. */
    private static final Duration AFTER_A_WINDOW = Duration.ofMillis(5);

    /** Requests before the start are none of those that count. */
    private static final long FIRST_OF_WARM_UP = 1_000_000_000_000L;

    private static final Duration READY_PATIENCE = Duration.ofSeconds(2);
    private static final Duration WARM_UP_PATIENCE = Duration.ofMinutes(2);

    private final ServerProgram server;
    private final boolean inContainer;
    private final long seed;
    private Endpoint endpoint;
    private @Nullable Client warmingUp;
    private @Nullable LoadRun run;
    private @Nullable ServedWindows windows;
    private OptionalLong stopNanos = OptionalLong.empty();
    private boolean ending;

    private ServedTenant(
            TenantLaunch launch, ServerProgram server, ProgramOutput output, TenantRuntime runtime, Time time) {
        super(launch, output, runtime, time);
        this.server = server;
        this.inContainer = runtime.kind().equals("docker");
        this.seed = Long.parseLong(launch.environment().getOrDefault("GPUSHARE_SEED", "1"));
        this.endpoint = new Endpoint(false, "127.0.0.1", 1, "/");
    }

    /** @throws GpushareException when it cannot be started */
    public static ServedTenant launch(
            TenantLaunch launch, ServerProgram server, ProgramOutput output, TenantRuntime runtime, Time time)
            throws InterruptedException {
        ServedTenant tenant = new ServedTenant(launch, server, output, runtime, time);
        tenant.begin();
        return tenant;
    }

    private void begin() throws InterruptedException {
        greet();
        String path = load(Duration.ofSeconds(1)).path();
        if (server.url().isPresent()) {
            endpoint = Endpoint.parse(server.url().get().toString(), path);
        } else {
            TenantLaunch listening = ServerLaunch.of(launch, inContainer);
            endpoint = new Endpoint(false, "127.0.0.1", listening.port().orElseThrow(), path);
            run(listening);
        }
        later("readiness", this::becomeReadyOnceItAnswers);
    }

    private TenantLoad load(Duration measured) {
        return launch.load().orElseGet(server::load).load(measured, seed);
    }

    private boolean isWanted() {
        return !exit().isDone() && !isClosed();
    }

    private void becomeReadyOnceItAnswers() {
        boolean answers =
                server.readyPath().isEmpty() || answers(server.readyPath().get());
        long loadedNanos = time.nanos();
        if (answers && warmedUp(load(Duration.ofSeconds(1)))) {
            becomeReady(loadedNanos);
        }
    }

    private boolean answers(String path) {
        return load(Duration.ofSeconds(1)).client().http2()
                ? answersHttp2(path)
                : new HttpReadiness(readiness(path), time).await(this::isWanted);
    }

    /** It may know nothing but HTTP/2. */
    private boolean answersHttp2(String path) {
        Request question = new Request(0, "GET", Optional.of(path), Map.of(), Request.Body.NONE);
        Client.Settings one = new Client.Settings(true, OptionalInt.of(1), 1 << 20, false);
        try (Client client = Client.of(endpoint, time, one, _ -> {})) {
            return HttpReadiness.until(
                    () -> client.send(question, time.nanos() + READY_PATIENCE.toNanos())
                                    .ending()
                            == Ending.DONE,
                    this::isWanted,
                    time);
        }
    }

    private URI readiness(String path) {
        return URI.create((endpoint.secure() ? "https" : "http") + "://" + endpoint.authority() + path);
    }

    /** Whether all went well: who fails before the start is not worth a measurement. */
    private boolean warmedUp(TenantLoad load) {
        try (Client client = Client.of(endpoint, time, load.client(), _ -> {})) {
            synchronized (this) {
                warmingUp = client;
            }
            for (int number = 0; number < server.warmUp() && isWanted(); number++) {
                Answer answer = client.send(
                        load.requests().of(FIRST_OF_WARM_UP + number), time.nanos() + WARM_UP_PATIENCE.toNanos());
                if (answer.ending() != Ending.DONE) {
                    if (isWanted()) {
                        failBeforeTheStart(number, answer);
                    }
                    return false;
                }
            }
        }
        return isWanted();
    }

    private void failBeforeTheStart(int number, Answer answer) {
        OptionalInt status = answer.status();
        fail(
                "setup",
                "request " + (number + 1) + " of its warm-up went wrong: "
                        + answer.ending().words()
                        + (status.isPresent() ? " (status " + status.getAsInt() + ")" : ""));
        endProgramOrLeaveIt();
    }

    private void endProgramOrLeaveIt() {
        synchronized (this) {
            ending = true;
        }
        if (server.attached()) {
            exited(new TenantExit.Exited(0));
        } else {
            endProgram();
        }
    }

    @Override
    public synchronized void stdout(byte[] bytes, int offset, int count) {
        output.stderr(bytes, offset, count);
    }

    @Override
    public synchronized void stderr(byte[] bytes, int offset, int count) {
        output.stderr(bytes, offset, count);
    }

    @Override
    protected void start(long startNanos, Duration measure) {
        TenantLoad load = load(measure.minus(load(measure).plan().warmUp()));
        ServedWindows seconds =
                new ServedWindows(startNanos, launch.workload().unit().equals(ServerProgram.TOKEN));
        LoadListener listener = new LoadListener() {
            @Override
            public void anyEnded(RequestRecord request) {
                if (request.answer().ending() == Ending.DONE) {
                    seconds.answered(request.answer().endedNanos(), request.latencyNanos());
                }
            }
        };
        LoadRun begun = new LoadRun(
                load.plan(),
                load.requests(),
                () -> Client.of(endpoint, time, load.client(), seconds::token),
                time,
                listener);
        synchronized (this) {
            run = begun;
            windows = seconds;
        }
        later("load", () -> putOn(begun, load, startNanos));
        later("windows", () -> tell(seconds, startNanos));
    }

    private void putOn(LoadRun begun, TenantLoad load, long startNanos) {
        GeneratorUse use = new GeneratorUse(time);
        try {
            LoadOutcome outcome = begun.executeUntilFinished(startNanos);
            if (isStopped()) {
                tellResult(load, outcome, use);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) {
            fail("load", "the load generator failed: " + bug);
            throw bug;
        } finally {
            if (isStopped()) {
                endProgramOrLeaveIt();
            }
        }
    }

    private synchronized boolean isStopped() {
        return stopNanos.isPresent();
    }

    private void tell(ServedWindows seconds, long startNanos) {
        try {
            time.sleepUntil(startNanos);
            synchronized (this) {
                say(message("started").put("late_ns", Math.max(0, time.nanos() - startNanos)));
            }
            while (isWanted()) {
                time.sleepUntil(seconds.nextEndNanos() + AFTER_A_WINDOW.toNanos());
                synchronized (this) {
                    if (stopNanos.isPresent()) {
                        return;
                    }
                    seconds.takeUntil(time.nanos()).forEach(this::say);
                }
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its result comes when the last answers have come, and its end after that. */
    @Override
    protected void stop() {
        Optional<LoadRun> loading;
        synchronized (this) {
            loading = Optional.ofNullable(run);
            ServedWindows seconds = windows;
            if (seconds != null && stopNanos.isEmpty()) {
                long now = time.nanos();
                stopNanos = OptionalLong.of(now);
                seconds.takeUntil(now).forEach(this::say);
                seconds.rest(now).ifPresent(this::say);
            }
        }
        loading.ifPresentOrElse(LoadRun::finish, this::endProgramOrLeaveIt);
    }

    private synchronized void tellResult(TenantLoad load, LoadOutcome outcome, GeneratorUse use) {
        ServedWindows seconds = windows;
        if (seconds == null || ending) {
            return;
        }
        ObjectNode result = message("result").put("units", seconds.totalUnits()).put("steps", seconds.totalSteps());
        ServedResult.put(result, load, outcome, use.json());
        say(result);
    }

    @Override
    protected void ended(TenantExit how) {
        boolean wanted;
        synchronized (this) {
            wanted = ending;
            ending = true;
        }
        stopLoad();
        exited(wanted ? new TenantExit.Exited(0) : how);
    }

    private void stopLoad() {
        Optional<LoadRun> loading;
        Optional<Client> asking;
        synchronized (this) {
            loading = Optional.ofNullable(run);
            asking = Optional.ofNullable(warmingUp);
        }
        asking.ifPresent(Client::close);
        loading.ifPresent(LoadRun::stop);
    }

    @Override
    public void terminate() {
        super.terminate();
        stopLoad();
        leave();
    }

    @Override
    public void kill() {
        super.kill();
        stopLoad();
        leave();
    }

    private void leave() {
        if (server.attached()) {
            exited(new TenantExit.Exited(0));
        }
    }

    @Override
    public Set<Integer> processes() {
        return server.attached() ? AttachedProcesses.of(server) : super.processes();
    }

    @Override
    public ObjectNode description() {
        return super.description().put("url", endpoint.toString());
    }

    @Override
    public void close() {
        super.close();
        stopLoad();
        leave();
    }
}
