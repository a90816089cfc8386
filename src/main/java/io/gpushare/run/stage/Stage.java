package io.gpushare.run.stage;

import io.gpushare.plan.TenantPlan;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.run.company.Member;
import io.gpushare.run.stage.RunListener.Phase;
import io.gpushare.run.stage.TenantStatus.State;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.text.Durations;
import io.gpushare.time.Time;
import io.gpushare.workload.Settings;
import io.gpushare.workload.Workload;
import io.gpushare.workload.protocol.Instruction;
import io.gpushare.workload.server.Listening;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Launches tenants, starts them at one instant, measures them, and leaves nothing of them running. One thread does all
 * of it, woken by what happens; whatever a tenant does wrong ends up in its record.
 */
public final class Stage {
    private static final long SECOND_NANOS = 1_000_000_000;

    /** Runs on other GPUs, who look every few milliseconds whether all are ready. */
    private static final Duration UNTIL_ALL_KNOW = Duration.ofMillis(50);

    private final StagePlan plan;
    private final Bench bench;
    private final Time time;
    private final StageInbox inbox;
    private final RunJournal journal;
    private final StageRecords records;
    private final MeasuredTime measuredTime;
    private final EnoughMeasured enough;
    private final StageTimeouts patience;
    private final TenantRemoval farewell;
    private final GpuWatch gpuWatch;
    private final Member member;
    private final List<StageTenant> tenants = new ArrayList<>();
    private String phase = "";
    private double measuredS;
    private double sampledS;
    private long stopNanos;
    private boolean measuring;

    /** Told when the measured time begins and ends. */
    public interface MeasuredTime {
        void began(String phase);

        void ended();

        /** Another second of it has passed. */
        default void goesOn() {}

        /** On the GPU in that time, and neither of a tenant nor of a stranger. */
        default Set<Integer> ownProcesses() {
            return Set.of();
        }
    }

    public Stage(
            StagePlan plan,
            LogFolder logs,
            Bench bench,
            Mailbox mailbox,
            RunJournal journal,
            MeasuredTime measuredTime,
            EnoughMeasured enough,
            StageTimeouts patience,
            TenantRemoval farewell) {
        this.plan = plan;
        this.bench = bench;
        this.time = bench.time();
        this.inbox = new StageInbox(mailbox);
        this.journal = journal;
        this.measuredTime = measuredTime;
        this.enough = enough;
        this.patience = patience;
        this.farewell = farewell;
        this.member = plan.together() ? bench.member() : Member.alone();
        this.gpuWatch = new GpuWatch(bench.gpu(), measuredTime::ownProcesses);
        for (int place = 0; place < plan.tenants().size(); place++) {
            Path logFile =
                    logs.file(plan.logPrefix() + plan.tenants().get(place).number() + ".log");
            TenantPlan tenant = plan.tenants().get(place);
            tenants.add(new StageTenant(
                    tenant,
                    plan.placements().get(place),
                    plan.cores().of(tenant.number()),
                    place,
                    inbox,
                    logs,
                    logFile));
        }
        this.records = new StageRecords(plan.name(), tenants, inbox, journal, bench.listener());
    }

    public StageResult run(StageCount count) throws InterruptedException {
        long begin = time.nanos();
        RunListener.StageInfo info = new RunListener.StageInfo(
                plan.name(),
                count.next(),
                count.all(),
                plan.tenants().stream().map(TenantPlan::variant).toList(),
                plan.duration(),
                tenants.stream().anyMatch(tenant -> tenant.plan.workload().completes()));
        bench.listener().stageBegan(info);
        int allReady = member.nextStep();
        try {
            if (launchAll()) {
                measure(allReady);
            }
        } finally {
            // Others need not wait until its tenants are gone.
            member.reach(allReady);
            new StageEnd(tenants, inbox, patience, plan.duration(), records, farewell).end(measuring);
            bench.listener().stageEnded(info);
        }
        return new StageResult(
                plan,
                tenants,
                phase,
                measuredS,
                sampledS,
                endingS(),
                (time.nanos() - begin) / 1e9,
                gpuWatch.processes(),
                gpuWatch.foreign(tenants));
    }

    /** Instead of running it. */
    public StageResult skipped(String why) {
        tenants.forEach(tenant -> tenant.fail(Problem.CANCELLED, why));
        return new StageResult(plan, tenants, "", 0, 0, 0, 0, gpuWatch.processes(), List.of());
    }

    /** A program that gives a GPU back takes its time for that. */
    private double endingS() {
        return tenants.stream()
                .filter(tenant -> tenant.ended && measuring)
                .mapToDouble(tenant -> Math.max(0, (tenant.endedNanos - stopNanos) / 1e9))
                .max()
                .orElse(0);
    }

    /** Where some are to come to their own end, the others work until they have. */
    private boolean working() {
        List<StageTenant> working =
                tenants.stream().filter(tenant -> tenant.state == State.WORKING).toList();
        boolean anyCompletes =
                tenants.stream().anyMatch(tenant -> tenant.plan.workload().completes());
        return anyCompletes
                ? working.stream().anyMatch(tenant -> tenant.plan.workload().completes())
                : !working.isEmpty();
    }

    /** Whether all are ready. Those that size themselves by free memory go first, one after another. */
    private boolean launchAll() throws InterruptedException {
        bench.listener().phaseBegan(Phase.LAUNCHING, Optional.empty());
        for (int place = 0; place < tenants.size(); place++) {
            if (launchesAlone(tenants.get(place))) {
                launch(place);
                if (!awaitReady()) {
                    return false;
                }
            }
        }
        for (int place = 0; place < tenants.size(); place++) {
            if (!launchesAlone(tenants.get(place))) {
                launch(place);
            }
        }
        bench.listener().phaseBegan(Phase.LOADING, Optional.empty());
        return awaitReady();
    }

    private static boolean launchesAlone(StageTenant tenant) {
        return tenant.plan.workload().launch() == Workload.Launch.SERIAL;
    }

    private void launch(int place) {
        StageTenant tenant = tenants.get(place);
        tenant.launchedNanos = time.nanos();
        tenant.launchPending = true;
        records.tell(tenant);
        TenantLaunch launch = launchOf(tenant);
        time.start("launch of " + launch.words(), () -> {
            try {
                Tenant launched = bench.runtime().launch(launch, tenant.voice);
                if (!inbox.put(new StageEvent.Launched(place, launched))) {
                    launched.close(); // Nobody waits for it any more.
                }
            } catch (InterruptedException neverAsked) {
                inbox.put(new StageEvent.LaunchFailed(place, new IllegalStateException(neverAsked)));
            } catch (RuntimeException failure) {
                inbox.put(new StageEvent.LaunchFailed(place, failure));
            }
        });
    }

    private TenantLaunch launchOf(StageTenant tenant) {
        Map<String, String> environment = new TreeMap<>();
        environment.put("GPUSHARE_RUN_ID", plan.runId());
        environment.put("GPUSHARE_TENANT", Integer.toString(tenant.plan.number()));
        environment.put("GPUSHARE_SEED", Long.toString(plan.seed() + tenant.plan.number()));
        environment.put(Listening.MEMORY_FRACTION, plan.memoryFraction());
        TenantLaunch launch = new TenantLaunch(
                plan.runId(),
                tenant.plan.number(),
                tenant.plan.workload(),
                Settings.arguments(tenant.plan.workload(), tenant.plan.settings()),
                environment,
                tenant.placement,
                tenant.cpus,
                tenant.plan.load(),
                OptionalInt.empty());
        return plan.layer().map(layer -> LayeredLaunch.of(launch, layer)).orElse(launch);
    }

    /** Whether all that were launched are ready. Ends as soon as one cannot be: without it the mix is another. */
    private boolean awaitReady() throws InterruptedException {
        while (true) {
            List<StageTenant> waiting =
                    tenants.stream().filter(Stage::getsReady).toList();
            if (waiting.isEmpty() || tenants.stream().anyMatch(StageTenant::failed)) {
                return tenants.stream().noneMatch(StageTenant::failed);
            }
            long next = waiting.stream().mapToLong(Stage::readyDeadline).min().orElseThrow();
            if (!await(() -> waiting.stream().anyMatch(tenant -> !getsReady(tenant)), next)) {
                if (inbox.mailbox().ending().isPresent()) {
                    return false;
                }
                waiting.stream()
                        .filter(tenant -> readyDeadline(tenant) - time.nanos() <= 0)
                        .forEach(this::neverReady);
            }
        }
    }

    /** A tenant may say that it is ready before its launch has returned: it cannot be told anything until then. */
    private static boolean getsReady(StageTenant tenant) {
        return tenant.launchPending || (tenant.running() && tenant.state.compareTo(State.READY) < 0);
    }

    private static long readyDeadline(StageTenant tenant) {
        return tenant.launchedNanos + tenant.plan.workload().readyTimeout().toNanos();
    }

    private void neverReady(StageTenant tenant) {
        Duration timeout = tenant.plan.workload().readyTimeout();
        tenant.fail(
                "timeout",
                "it was not ready " + timeout.toSeconds() + " s after its launch"
                        + (tenant.hello == null ? ", and never said hello" : ""));
        records.tell(tenant);
    }

    /** Tenants on other GPUs take their time, too. Whether all are ready, and these still are. */
    private boolean awaitOthers(int allReady) throws InterruptedException {
        BooleanSupplier failed = () -> tenants.stream().anyMatch(StageTenant::failed);
        boolean met = member.meets(allReady, new Member.Waiting() {
            @Override
            public boolean ends() {
                return failed.getAsBoolean() || inbox.mailbox().ending().isPresent();
            }

            @Override
            public void pause(Duration howLong) throws InterruptedException {
                long began = time.nanos();
                await(failed, began + howLong.toNanos());
                inbox.mailbox().waitedForOthers(time.nanos() - began);
            }
        });
        return met && !failed.getAsBoolean();
    }

    private void measure(int allReady) throws InterruptedException {
        // Before the instant: counting takes a millisecond a process.
        tenants.forEach(GpuWatch::learnProcesses);
        tenants.forEach(CoreProof::look);
        plan.layer().ifPresent(layer -> tenants.forEach(tenant -> LayerProof.look(tenant, layer)));
        for (StageTenant tenant : tenants) {
            tenant.lookAtItsClock();
        }
        CoreWatch cores = new CoreWatch(tenants, time);
        if (!awaitOthers(allReady)) {
            return;
        }
        long soon = time.unixNanos() + patience.lead().toNanos();
        long atUnixNanos = member.startUnixNanos(allReady, patience.lead().plus(UNTIL_ALL_KNOW))
                .orElse(soon);
        long startNanos = time.nanos() + patience.lead().toNanos() + atUnixNanos - soon;
        for (StageTenant tenant : tenants) {
            tenant.state = State.WORKING;
            send(tenant, new Instruction.Start(atUnixNanos + tenant.clockAheadNanos(), plan.duration()).line());
        }
        journal.stageStarts(plan.name(), atUnixNanos);
        bench.listener().phaseBegan(Phase.MEASURING, Optional.of(plan.duration()));
        tenants.forEach(records::tell);
        measuring = true;
        await(() -> false, startNanos + patience.quiet().toNanos());
        phase = "measure " + plan.name();
        measuredTime.began(phase);
        long sampledFromNanos = time.nanos();
        HostMeter host =
                new HostMeter(tenants.stream().map(StageTenant::onTheHost).toList(), time);
        host.start();
        cores.start(startNanos);
        try {
            long endNanos = startNanos + plan.duration().toNanos();
            watch(endNanos - host.costNanos(), cores);
            while (goesOn(startNanos, endNanos)) {
                endNanos += SECOND_NANOS;
                watch(endNanos - host.costNanos(), cores);
            }
            List<Reading<HostUse>> used = host.stop();
            for (int place = 0; place < tenants.size(); place++) {
                tenants.get(place).hostUse = used.get(place);
            }
            await(() -> !working(), endNanos);
        } finally {
            stopNanos = time.nanos();
            measuredS = Math.max(0, (stopNanos - startNanos) / 1e9);
            sampledS = (stopNanos - sampledFromNanos) / 1e9;
            member.worked(startNanos, stopNanos);
            stopAll();
            cores.stop();
            measuredTime.ended();
        }
    }

    private boolean goesOn(long startNanos, long endNanos) {
        boolean may = inbox.mailbox().ending().isEmpty()
                && tenants.stream().allMatch(tenant -> tenant.state == State.WORKING)
                && endNanos + SECOND_NANOS - startNanos <= plan.longest().toNanos();
        Optional<String> why = may ? enough.goesOn(tenants, (time.nanos() - startNanos) / 1e9) : Optional.empty();
        if (why.isPresent() && endNanos - startNanos == plan.duration().toNanos()) {
            bench.listener()
                    .noted("The measurement goes on, for " + Durations.text(plan.longest()) + " at most: " + why.get());
            bench.listener().phaseBegan(Phase.MEASURING, Optional.of(plan.longest()));
        }
        return why.isPresent();
    }

    /** Looks once a second who is on the GPU, until the end, or until nobody works any more. */
    private void watch(long endNanos, CoreWatch cores) throws InterruptedException {
        long next = time.nanos() + SECOND_NANOS / 2;
        while (time.nanos() - endNanos < 0) {
            boolean over = await(() -> !working(), Math.min(next, endNanos));
            if (over || inbox.mailbox().ending().isPresent()) {
                return;
            }
            if (time.nanos() - next >= 0) {
                gpuWatch.look(tenants);
                measuredTime.goesOn();
                cores.leaveThoseWhoLook();
                next += SECOND_NANOS;
            }
        }
    }

    private void stopAll() {
        bench.listener().phaseBegan(Phase.STOPPING, Optional.empty());
        byte[] line = new Instruction.Stop().line();
        for (StageTenant tenant : tenants) {
            boolean repeats = tenant.state == State.STOPPING && !tenant.ended;
            if (tenant.state == State.WORKING || repeats) {
                tenant.state = State.STOPPING;
                send(tenant, line);
            }
        }
        tenants.forEach(records::tell);
    }

    private static void send(StageTenant tenant, byte[] line) {
        Tenant handle = tenant.handle;
        if (handle == null) {
            return;
        }
        try {
            handle.send(line);
        } catch (IOException gone) {
            // Its end says more, and is about to be known.
        }
    }

    /** Handles what happens until then. Whether the condition came true; false also when the run is to end. */
    private boolean await(BooleanSupplier condition, long untilNanos) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (inbox.mailbox().ending().isPresent() || time.nanos() - untilNanos >= 0) {
                return false;
            }
            inbox.mailbox().take(untilNanos).ifPresent(records::handle);
        }
        return true;
    }
}
