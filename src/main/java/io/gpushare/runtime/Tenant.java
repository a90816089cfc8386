package io.gpushare.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.reading.Reading;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A running copy of a workload. */
public interface Tenant extends AutoCloseable {

    /**
     * Writes to its stdin, without waiting for a tenant that does not read.
     *
     * @throws IOException when it no longer takes anything
     */
    void send(byte[] line) throws IOException;

    /** Completes, never exceptionally, when it has ended and all its output was handed on. */
    CompletableFuture<TenantExit> exit();

    /** Its processes at this moment, in the host's numbering; none for a simulated tenant or one that has ended. */
    Set<Integer> processes();

    /** Folders of the control groups that hold it and nothing else; empty where there is none, or none can be seen. */
    default List<Path> controlGroups() {
        return List.of();
    }

    /** How far its clock is from this machine's; absent where nobody could tell. */
    default Reading<ClockOffset> clock() throws InterruptedException {
        return Reading.of(ClockOffset.SAME_CLOCK);
    }

    /** Asks it to end (SIGTERM, to all its processes). */
    void terminate();

    /** Ends it and all its processes. */
    void kill();

    /** For the result: pid, container and image digest … */
    ObjectNode description();

    /** Kills it if it still runs, and removes what is left of it. Idempotent. */
    @Override
    void close();
}
