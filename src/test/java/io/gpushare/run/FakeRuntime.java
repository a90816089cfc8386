package io.gpushare.run;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cores.HostCores;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.ProgramOutput;
import io.gpushare.reading.Reading;
import io.gpushare.runtime.ClockOffset;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.time.Inbox;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import io.gpushare.workload.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs scripted tenants on threads, and remembers what was asked of it. */
final class FakeRuntime implements TenantRuntime {
    private final Time time;
    boolean onlyWholeGpus;
    List<String> doubts = List.of();
    Reading<HostCores> cores = Reading.notMeasured("these run nowhere");
    Set<Integer> processes = Set.of();
    /** Of the machines of tenants, by their numbers; those of others are this one's. */
    final Map<Integer, Reading<ClockOffset>> clocks = new TreeMap<>();

    private final Map<Integer, Life> lives = new TreeMap<>();
    private final List<FakeTenant> launched = Collections.synchronizedList(new ArrayList<>());
    private volatile Duration launchTakes = Duration.ZERO;
    private volatile Function<TenantLaunch, Life> usual = launch -> Lives.steady();

    FakeRuntime(Time time) {
        this.time = time;
    }

    /** What a tenant does from launch to exit; returns its exit status. */
    interface Life {
        int live(FakeTenant self) throws Exception;
    }

    FakeRuntime tenant(int number, Life life) {
        lives.put(number, life);
        return this;
    }

    /** Each launch returns only that long after the tenant has begun to live. */
    FakeRuntime launchTakes(Duration time) {
        launchTakes = time;
        return this;
    }

    FakeRuntime others(Function<TenantLaunch, Life> life) {
        usual = life;
        return this;
    }

    List<FakeTenant> launched() {
        return List.copyOf(launched);
    }

    List<TenantLaunch> launches() {
        return launched().stream().map(tenant -> tenant.launch).toList();
    }

    /** Launched and not closed. */
    List<Integer> leftOpen() {
        return launched().stream()
                .filter(tenant -> !tenant.closed)
                .map(tenant -> tenant.launch.number())
                .toList();
    }

    @Override
    public String kind() {
        return "process";
    }

    @Override
    public List<String> doubts(Workload workload, Map<String, String> settings) {
        return doubts;
    }

    @Override
    public Reading<HostCores> cores() {
        return cores;
    }

    @Override
    public void requireMigDevices() {
        if (onlyWholeGpus) {
            throw new GpushareException(ExitStatus.UNABLE, "only whole GPUs get in here", "Use another runtime.");
        }
    }

    @Override
    public void require(Collection<Workload> workloads) {
        for (Workload workload : workloads) {
            if (workload.name().equals("missing")) {
                throw new GpushareException(ExitStatus.UNABLE, "missing cannot run here", "Install it.");
            }
        }
    }

    @Override
    public OptionalInt userId(Workload workload) {
        return OptionalInt.of(1000);
    }

    @Override
    public Tenant launch(TenantLaunch launch, ProgramOutput output) {
        Life life = lives.getOrDefault(launch.number(), usual.apply(launch));
        if (life instanceof Lives.Unlaunchable) {
            throw new GpushareException(ExitStatus.UNABLE, "the engine refused " + launch.words(), null);
        }
        FakeTenant tenant = new FakeTenant(
                time,
                launch,
                output,
                processes,
                clocks.getOrDefault(launch.number(), Reading.of(ClockOffset.SAME_CLOCK)));
        launched.add(tenant);
        tenant.begin(life);
        time.pause(launchTakes);
        return tenant;
    }

    @Override
    public ObjectNode description() {
        return JsonNodeFactory.instance.objectNode().put("kind", kind());
    }

    @Override
    public void close() {
        launched().forEach(FakeTenant::close);
    }

    /** A tenant whose life is a piece of the test's code. */
    static final class FakeTenant implements Tenant {
        final TenantLaunch launch;
        final Time time;
        private final Inbox<String> told;
        volatile boolean deafToTerm;
        volatile boolean terminated;
        volatile boolean closed;
        /** As it was told to start. */
        volatile String start = "";

        private final Reading<ClockOffset> clock;
        private final ProgramOutput output;
        private final Set<Integer> processes;
        private final CompletableFuture<TenantExit> exit = new CompletableFuture<>();
        private volatile @Nullable Task task;
        private volatile boolean killed;

        FakeTenant(
                Time time,
                TenantLaunch launch,
                ProgramOutput output,
                Set<Integer> processes,
                Reading<ClockOffset> clock) {
            this.processes = processes;
            this.clock = clock;
            this.time = time;
            this.told = time.inbox();
            this.launch = launch;
            this.output = output;
        }

        void begin(Life life) {
            task = time.start("fake tenant", () -> {
                TenantExit end;
                try {
                    end = new TenantExit.Exited(life.live(this));
                } catch (InterruptedException signalled) {
                    end = new TenantExit.Killed(killed ? 9 : 15);
                } catch (Exception mistake) {
                    end = new TenantExit.Lost(mistake.toString());
                }
                exit.complete(end);
            });
        }

        void say(String json) {
            print("{\"gpushare\":1," + json.substring(1) + "\n");
        }

        void print(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            output.stdout(bytes, 0, bytes.length);
        }

        void end(TenantExit how) {
            exit.complete(how);
        }

        @Override
        public void send(byte[] line) throws IOException {
            if (exit.isDone()) {
                throw new IOException("Broken pipe");
            }
            String text = new String(line, StandardCharsets.UTF_8);
            boolean starts = text.contains("\"start\"");
            start = starts ? text : start;
            told.put(starts ? "start" : "stop");
        }

        /** Whether it was; false when it is to end before that. */
        boolean startTold() throws InterruptedException {
            return told.poll(Time.NEVER).orElseThrow().equals("start");
        }

        boolean stopTold(long untilNanos) throws InterruptedException {
            return told.poll(untilNanos).isPresent();
        }

        @Override
        public CompletableFuture<TenantExit> exit() {
            return exit;
        }

        @Override
        public Reading<ClockOffset> clock() {
            return clock;
        }

        @Override
        public Set<Integer> processes() {
            return processes;
        }

        @Override
        public void terminate() {
            terminated = true;
            if (!deafToTerm) {
                interrupt();
            }
        }

        @Override
        public void kill() {
            killed = true;
            interrupt();
        }

        private void interrupt() {
            Task living = task;
            if (living != null) {
                living.interrupt();
            }
        }

        @Override
        public ObjectNode description() {
            return JsonNodeFactory.instance.objectNode().put("fake", true);
        }

        @Override
        public void close() {
            closed = true;
            kill();
        }
    }
}
