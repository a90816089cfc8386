package io.gpushare.run.stage;

import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.workload.protocol.TenantMessage;

/** Something that happened to a stage. Tenants are named by their place in it. */
sealed interface StageEvent {

    record Launched(int place, Tenant tenant) implements StageEvent {}

    record LaunchFailed(int place, RuntimeException failure) implements StageEvent {}

    record Said(int place, TenantMessage message, long atNanos) implements StageEvent {}

    /** It broke the protocol; nothing more is heard of it. */
    record Violated(int place, String problem) implements StageEvent {}

    record Ended(int place, TenantExit exit, long atNanos) implements StageEvent {}

    /** Only wakes who waits. */
    record StopWished() implements StageEvent {}
}
