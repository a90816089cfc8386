package io.gpushare.runtime.attached;

import io.gpushare.plan.AttachedTenant;

/** Finds what a plan names. */
@FunctionalInterface
public interface Attaching {
    /** @throws io.gpushare.failure.GpushareException when it is not there, or is none to be watched */
    AttachedProgram attach(AttachedTenant tenant) throws InterruptedException;
}
