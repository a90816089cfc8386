package io.gpushare.runtime;

import io.gpushare.process.RunOwner;
import java.util.Optional;

/**
 * Something that carries the marks of a run.
 *
 * @param kind {@code container} or {@code process}
 * @param id tells it from everything else of its kind, now and later
 * @param name as a person knows it: a container's name, a process's number and command line
 * @param owner empty when it does not say
 */
public record Leftover(String kind, String id, String name, String runId, Optional<RunOwner> owner) {

    /** Unknown when it does not say whose it is. */
    public RunOwner.State ownerState() {
        return owner.map(RunOwner::state).orElse(RunOwner.State.UNKNOWN);
    }
}
