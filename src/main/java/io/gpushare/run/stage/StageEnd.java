package io.gpushare.run.stage;

import io.gpushare.load.words.LoadWords;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.run.stage.TenantStatus.State;
import io.gpushare.runtime.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Ends all tenants of a stage, gently as long as that works, and removes what is left of them. */
final class StageEnd {
    /** A launch that hangs must end by the timeouts of its runtime. */
    private static final Duration LAUNCH = Duration.ofSeconds(60);

    private final List<StageTenant> tenants;
    private final StageInbox inbox;
    private final StageTimeouts patience;
    private final Duration measured;
    private final StageRecords records;
    private final TenantRemoval farewell;

    /** @param measured no step that has ended can have been longer, whatever a tenant says */
    StageEnd(
            List<StageTenant> tenants,
            StageInbox inbox,
            StageTimeouts patience,
            Duration measured,
            StageRecords records,
            TenantRemoval farewell) {
        this.tenants = tenants;
        this.inbox = inbox;
        this.patience = patience;
        this.measured = measured;
        this.records = records;
        this.farewell = farewell;
    }

    /** @param wanted their results are worth waiting for: they were measured, and nobody is in a hurry */
    void end(boolean wanted) throws InterruptedException {
        try {
            cancelWhoNeverStarted();
            boolean ended = wanted && awaitEnd(longest(patience.result()).plus(lastAnswers()), true);
            if (!ended && !awaitEnd(patience.cancel(), false)) {
                tooLong();
                running().forEach(Tenant::terminate);
                if (!awaitEnd(patience.death(), false)) {
                    running().forEach(Tenant::kill);
                    awaitEnd(patience.death(), false);
                }
            }
            awaitLaunches();
        } finally {
            closeAll();
        }
    }

    private void cancelWhoNeverStarted() {
        for (StageTenant tenant : tenants) {
            if (tenant.state.compareTo(State.READY) <= 0) {
                tenant.fail(Problem.CANCELLED, why());
                records.tell(tenant);
            }
            // Also those that failed: whatever still runs of them is not wanted.
            if (tenant.failed() && tenant.handle != null && !tenant.ended) {
                tenant.handle.terminate();
            }
        }
    }

    private String why() {
        return inbox.mailbox()
                .ending()
                .map(ending -> switch (ending) {
                    case INTERRUPTED -> "the run was interrupted before it was measured";
                    case TIMED_OUT -> "the run was out of time before it was measured";
                })
                .orElse("it was not measured because another tenant failed");
    }

    /** A step that is under way at the stop is finished first, and may be as long as the longest window so far. */
    private Duration longest(Duration least) {
        long longestNanos = tenants.stream()
                .flatMap(tenant -> tenant.windows.stream())
                .mapToLong(window -> window.untilNanos() - window.fromNanos())
                .max()
                .orElse(0);
        return Duration.ofNanos(Math.max(least.toNanos(), 2 * Math.min(longestNanos, measured.toNanos())));
    }

    /** Those of servers are waited for: without them the tail of their latency would be cut off. */
    private Duration lastAnswers() {
        return tenants.stream()
                .flatMap(tenant -> tenant.plan.load().stream())
                .map(LoadWords::timeout)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private List<Tenant> running() {
        List<Tenant> running = new ArrayList<>();
        for (StageTenant tenant : tenants) {
            if (tenant.handle != null && !tenant.ended) {
                running.add(tenant.handle);
            }
        }
        return running;
    }

    private void tooLong() {
        for (StageTenant tenant : tenants) {
            if (tenant.running() && tenant.state == State.STOPPING) {
                tenant.fail("timeout", "it did not end after it was told to stop");
                records.tell(tenant);
            }
        }
    }

    /** @param patient ends early when the user wishes so */
    private boolean awaitEnd(Duration wait, boolean patient) throws InterruptedException {
        long until = inbox.mailbox().nanos() + wait.toNanos();
        while (tenants.stream().anyMatch(tenant -> tenant.handle != null && !tenant.ended)) {
            boolean hurried = patient && inbox.mailbox().ending().isPresent();
            if (hurried || inbox.mailbox().nanos() - until >= 0) {
                return false;
            }
            inbox.mailbox().take(until).ifPresent(records::handle);
        }
        return true;
    }

    private void awaitLaunches() throws InterruptedException {
        long until = inbox.mailbox().nanos() + LAUNCH.toNanos();
        while (tenants.stream().anyMatch(tenant -> tenant.launchPending)
                && inbox.mailbox().nanos() - until < 0) {
            inbox.mailbox().take(until).ifPresent(records::handle);
        }
    }

    private void closeAll() throws InterruptedException {
        boolean someRun = false;
        for (StageEvent unheard : inbox.close()) {
            if (unheard instanceof StageEvent.Launched(int _, Tenant late)) {
                someRun = true;
                farewell.begin(late);
            }
        }
        for (StageTenant tenant : tenants) {
            Tenant handle = tenant.handle;
            if (handle != null) {
                someRun |= !tenant.ended;
                farewell.begin(handle);
            }
        }
        if (someRun) {
            farewell.await();
        }
        tenants.forEach(tenant -> tenant.log.close());
    }
}
