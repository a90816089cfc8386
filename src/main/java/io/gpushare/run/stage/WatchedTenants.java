package io.gpushare.run.stage;

import io.gpushare.plan.RunPlan;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import io.gpushare.runtime.attached.Attaching;
import io.gpushare.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The tenants of a plan that are only watched, from before its first measurement until after its last. */
public final class WatchedTenants implements AutoCloseable {
    private static final String WATCHED =
            " is only watched: it tells nothing of its work, and has no part in STP, slowdown and fairness";
    private static final String BESIDE_BASELINES =
            ". It goes on working while the baselines of the others are measured,"
                    + " so that their \"alone\" is beside it, too";

    private final List<WatchedTenant> all = new ArrayList<>();
    private final Time time;

    private WatchedTenants(Time time) {
        this.time = time;
    }

    /** @throws io.gpushare.failure.GpushareException when one is not there, or is none to be watched */
    public static WatchedTenants attach(RunPlan plan, Attaching attaching, Time time) throws InterruptedException {
        WatchedTenants attached = new WatchedTenants(time);
        boolean complete = false;
        try {
            for (int place = 0; place < plan.attached().size(); place++) {
                WatchedTenant tenant = new WatchedTenant(
                        plan.tenants().size() + place,
                        plan.attached().get(place),
                        attaching.attach(plan.attached().get(place)));
                attached.all.add(tenant);
                tenant.learnProcesses();
            }
            complete = true;
            return attached;
        } finally {
            if (!complete) {
                attached.close();
            }
        }
    }

    public List<WatchedTenant> all() {
        return List.copyOf(all);
    }

    /** All that they ever had: on the GPU they are no strangers. */
    public Set<Integer> processes() {
        Set<Integer> processes = new TreeSet<>();
        all.forEach(tenant -> processes.addAll(tenant.processes));
        return processes;
    }

    /**
     * What a reader of the result must know.
     *
     * @param baselines whether those of the others are measured beside them
     */
    public List<String> sentences(boolean baselines) {
        String beside = baselines ? BESIDE_BASELINES : "";
        return all.stream().map(tenant -> tenant.words() + WATCHED + beside).toList();
    }

    /** Who was found gone, in sentences. Nobody looks after the last measurement: from there on they may go. */
    public List<String> gone() {
        return all.stream().flatMap(tenant -> tenant.gone.stream()).toList();
    }

    /** Before something more is measured. */
    public boolean anyIsGone() throws InterruptedException {
        look("the end of the run");
        return !gone().isEmpty();
    }

    private void learnProcesses() {
        all.forEach(WatchedTenant::learnProcesses);
    }

    private void look(String until) throws InterruptedException {
        for (WatchedTenant tenant : all) {
            tenant.lookWhetherItIsThere(until);
        }
    }

    /**
     * The measured time of a stage, in which they are watched, too.
     *
     * @param stage its name
     * @param next told the same
     */
    public Stage.MeasuredTime during(String stage, Stage.MeasuredTime next) {
        return all.isEmpty() ? next : new Watching("the end of the measurement of " + stage, next);
    }

    private final class Watching implements Stage.MeasuredTime {
        private final String until;
        private final Stage.MeasuredTime next;
        private Optional<HostMeter> meter = Optional.empty();

        Watching(String until, Stage.MeasuredTime next) {
            this.until = until;
            this.next = next;
        }

        @Override
        public void began(String phase) {
            next.began(phase);
            learnProcesses();
            HostMeter begun =
                    new HostMeter(all.stream().map(WatchedTenant::onTheHost).toList(), time);
            uninterrupted(begun::start);
            meter = Optional.of(begun);
        }

        @Override
        public void goesOn() {
            next.goesOn();
            learnProcesses();
        }

        @Override
        public void ended() {
            next.ended();
            uninterrupted(() -> {
                if (meter.isPresent()) {
                    List<Reading<HostUse>> used = meter.get().stop();
                    for (int place = 0; place < all.size(); place++) {
                        all.get(place).hostUse = used.get(place);
                    }
                }
                look(until);
            });
        }

        @Override
        public Set<Integer> ownProcesses() {
            Set<Integer> own = new TreeSet<>(next.ownProcesses());
            own.addAll(processes());
            return own;
        }
    }

    private interface Looking {
        void run() throws InterruptedException;
    }

    /** Whoever is interrupted while it looks ends soon, and says so itself. */
    private static void uninterrupted(Looking looking) {
        try {
            looking.run();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** They go on as they were. */
    @Override
    public void close() {
        all.forEach(tenant -> tenant.program.close());
    }
}
