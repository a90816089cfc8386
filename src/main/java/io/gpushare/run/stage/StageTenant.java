package io.gpushare.run.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.analysis.CoreLoops;
import io.gpushare.cores.CpuSet;
import io.gpushare.mode.Placement;
import io.gpushare.plan.TenantPlan;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.run.stage.TenantStatus.State;
import io.gpushare.runtime.ClockOffset;
import io.gpushare.runtime.Tenant;
import io.gpushare.workload.protocol.TenantMessage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is known of one tenant of a stage. Only the stage's own thread touches it. */
public final class StageTenant {
    private static final double P99 = 0.99;

    public final TenantPlan plan;
    public final Placement placement;
    /** On which alone it may run; empty where the kernel places it. */
    public final Optional<CpuSet> cpus;

    /** In a sentence: what speaks against its running there. */
    public Optional<String> coreDoubt = Optional.empty();

    /** Each in a part of a sentence: what speaks against the layer's being in force. */
    public List<String> layerDoubts = List.of();

    public final Path logFile;
    public final TenantLog log;
    final TenantVoice voice;
    public final List<TenantMessage.Window> windows = new ArrayList<>();
    /** All that it ever had. */
    public final Set<Integer> processes = new TreeSet<>();

    State state = State.LAUNCHING;
    boolean launchPending;
    public boolean ended;
    public long endedNanos;
    public long launchedNanos;
    public Optional<Long> readyNanos = Optional.empty();

    @Nullable
    public Tenant handle;

    public TenantMessage.@Nullable Hello hello;
    public TenantMessage.@Nullable Ready ready;
    public TenantMessage.@Nullable Started started;
    public TenantMessage.@Nullable Result result;

    @Nullable
    public Problem problem;

    /** How fast its core was between two moments of the measured time, where it does not watch that itself. */
    public WitnessedCore witnessed = (_, _) -> Optional.empty();

    /** Since the common start instant. */
    public interface WitnessedCore {
        Optional<CoreLoops> between(long fromNanos, long untilNanos);
    }

    /** Of the machine on which it runs, looked at before the start instant. */
    public Reading<ClockOffset> clock = Reading.notMeasured("it was not started");

    public Reading<HostUse> hostUse = Reading.notMeasured("it was not measured");

    StageTenant(
            TenantPlan plan,
            Placement placement,
            Optional<CpuSet> cpus,
            int place,
            StageInbox inbox,
            LogFolder logs,
            Path logFile) {
        this.plan = plan;
        this.placement = placement;
        this.cpus = cpus;
        this.logFile = logFile;
        this.log = new TenantLog(logs, logFile);
        this.voice = new TenantVoice(place, inbox, log);
    }

    void lookAtItsClock() throws InterruptedException {
        if (handle != null) {
            clock = handle.clock();
        }
    }

    long clockAheadNanos() {
        return clock.asOptional().map(ClockOffset::aheadNanos).orElse(0L);
    }

    HostMeter.Program onTheHost() {
        Tenant running = handle;
        return new HostMeter.Program(processes, running == null ? List.of() : running.controlGroups());
    }

    /** On which it runs, of machines elsewhere. */
    public Optional<String> node() {
        return described("node").map(JsonNode::textValue);
    }

    /** Its first process, as that node counts them. */
    public OptionalInt pidOnNode() {
        return described("pid").map(pid -> OptionalInt.of(pid.intValue())).orElse(OptionalInt.empty());
    }

    private Optional<JsonNode> described(String field) {
        return Optional.ofNullable(handle)
                .map(launched -> launched.description().path(field))
                .filter(JsonNode::isValueNode);
    }

    /** UUID of the GPU that it saw, by its own word. */
    public Optional<String> sawGpu() {
        return Optional.ofNullable(hello).flatMap(TenantMessage.Hello::device).flatMap(TenantMessage.Device::uuid);
    }

    /** The first problem is the cause of those that follow. */
    void fail(String kind, String message) {
        if (problem == null) {
            problem = new Problem(kind, message);
        }
        state = problem.cancelled() ? State.CANCELLED : State.FAILED;
    }

    public boolean failed() {
        return state == State.FAILED || state == State.CANCELLED;
    }

    /** Whether something of it may still run. */
    boolean running() {
        return launchPending || (handle != null && !ended);
    }

    TenantStatus status() {
        OptionalDouble unitsPerSec = OptionalDouble.empty();
        OptionalDouble p99Ms = OptionalDouble.empty();
        if (state == State.WORKING && !windows.isEmpty()) {
            TenantMessage.Window last = windows.getLast();
            double seconds = (last.untilNanos() - last.fromNanos()) / 1e9;
            if (seconds > 0) {
                unitsPerSec = OptionalDouble.of(last.units() / seconds);
            }
            OptionalDouble p99Nanos = last.latency().quantileNanos(P99);
            p99Ms = p99Nanos.isPresent() ? OptionalDouble.of(p99Nanos.getAsDouble() / 1e6) : p99Ms;
        }
        return new TenantStatus(
                plan.number(),
                plan.label(),
                plan.workload().unit(),
                state,
                unitsPerSec,
                p99Ms,
                Optional.ofNullable(problem).map(Problem::message));
    }
}
