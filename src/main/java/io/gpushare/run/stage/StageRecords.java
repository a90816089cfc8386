package io.gpushare.run.stage;

import io.gpushare.failure.GpushareException;
import io.gpushare.run.stage.TenantStatus.State;
import io.gpushare.runtime.Tenant;
import io.gpushare.text.SafeText;
import io.gpushare.workload.protocol.TenantMessage;
import java.util.List;
import java.util.Optional;

/** Turns what happens to the tenants of a stage into what is known of them. */
final class StageRecords {
    private static final int LONGEST_NAME = 100;

    private final String stage;
    private final List<StageTenant> tenants;
    private final StageInbox inbox;
    private final RunJournal journal;
    private final RunListener listener;

    StageRecords(String stage, List<StageTenant> tenants, StageInbox inbox, RunJournal journal, RunListener listener) {
        this.stage = stage;
        this.tenants = tenants;
        this.inbox = inbox;
        this.journal = journal;
        this.listener = listener;
    }

    void handle(StageEvent event) {
        switch (event) {
            case StageEvent.Launched(int place, Tenant handle) -> launched(place, handle);
            case StageEvent.LaunchFailed(int place, RuntimeException failure) -> launchFailed(place, failure);
            case StageEvent.Said(int place, TenantMessage message, long atNanos) ->
                said(tenants.get(place), message, atNanos);
            case StageEvent.Violated(int place, String problem) -> violated(tenants.get(place), problem);
            case StageEvent.Ended ended -> ended(tenants.get(ended.place()), ended);
            case StageEvent.StopWished() -> {}
        }
    }

    private void launched(int place, Tenant handle) {
        StageTenant tenant = tenants.get(place);
        tenant.launchPending = false;
        tenant.handle = handle;
        if (tenant.state == State.LAUNCHING) {
            tenant.state = State.LOADING;
        }
        var _ = handle.exit().thenAccept(exit -> {
            tenant.voice.end();
            inbox.put(new StageEvent.Ended(place, exit, inbox.mailbox().nanos()));
        });
        tell(tenant);
    }

    private void launchFailed(int place, RuntimeException failure) {
        StageTenant tenant = tenants.get(place);
        tenant.launchPending = false;
        if (!(failure instanceof GpushareException known)) {
            throw failure;
        }
        tenant.fail(
                "launch",
                known.sentence() + known.advice().map(advice -> ". " + advice).orElse(""));
        tell(tenant);
    }

    private void said(StageTenant tenant, TenantMessage message, long atNanos) {
        journal.said(stage, tenant.plan.number(), message);
        switch (message) {
            case TenantMessage.Hello hello -> greeted(tenant, hello);
            case TenantMessage.Ready ready -> {
                tenant.ready = ready;
                tenant.readyNanos = Optional.of(atNanos);
                if (tenant.state == State.LAUNCHING || tenant.state == State.LOADING) {
                    tenant.state = State.READY;
                }
            }
            case TenantMessage.Started started -> tenant.started = started;
            case TenantMessage.Window window -> tenant.windows.add(window);
            case TenantMessage.Result result -> {
                tenant.result = result;
                // Nobody had to stop it: it was to work until its own end.
                if (tenant.state == State.WORKING && tenant.plan.workload().completes()) {
                    tenant.state = State.STOPPING;
                }
            }
            case TenantMessage.Failure failure -> tenant.fail(failure.kind(), failure.message());
        }
        tell(tenant);
    }

    private static void greeted(StageTenant tenant, TenantMessage.Hello hello) {
        tenant.hello = hello;
        String wanted = tenant.plan.workload().name();
        if (!hello.workload().equals(wanted)) {
            failAndEnd(
                    tenant,
                    "program",
                    "it says that it is the workload '%s': another program runs than the plan names. If its image is"
                                    .formatted(shown(hello.workload()))
                            + " wrong, build it again with: gpushare workloads build " + wanted);
        }
    }

    private static String shown(String name) {
        return SafeText.of(name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "…" : name);
    }

    private void violated(StageTenant tenant, String problem) {
        failAndEnd(tenant, "protocol", "it broke the tenant protocol: " + problem);
        tell(tenant);
    }

    private static void failAndEnd(StageTenant tenant, String kind, String message) {
        tenant.fail(kind, message);
        if (tenant.handle != null) {
            tenant.handle.kill();
        }
    }

    private void ended(StageTenant tenant, StageEvent.Ended end) {
        tenant.ended = true;
        tenant.endedNanos = end.atNanos();
        String exit = end.exit().words();
        switch (tenant.state) {
            case LAUNCHING, LOADING -> tenant.fail("exit", "it " + exit + " before it was ready");
            case READY -> tenant.fail("exit", "it " + exit + " before the start");
            case WORKING -> tenant.fail("exit", "it " + exit + " while it was measured");
            case STOPPING -> {
                if (tenant.result != null && end.exit().successful()) {
                    tenant.state = State.DONE;
                } else if (tenant.result != null) {
                    tenant.fail("exit", "it " + exit + " after its result");
                } else {
                    tenant.fail("exit", "it " + exit + " without a result");
                }
            }
            case DONE, FAILED, CANCELLED -> {}
        }
        tell(tenant);
    }

    void tell(StageTenant tenant) {
        listener.tenantChanged(tenant.status());
    }
}
