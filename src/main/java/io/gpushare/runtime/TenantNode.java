package io.gpushare.runtime;

import io.gpushare.process.ProgramOutput;
import io.gpushare.reading.Reading;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A machine elsewhere on which tenants run, and on which gpushare can run itself beside them. */
public interface TenantNode {
    /** As descriptions of tenants call it. */
    String name();

    /** Whether the driver's numbers of processes there are those by which its tenants are described. */
    boolean knowsProcesses();

    /** How far its clock is ahead of this machine's; to be asked once something was started there. */
    Reading<ClockOffset> clock() throws InterruptedException;

    /**
     * Starts gpushare there, on what tenants of the run see of its GPUs.
     *
     * @throws io.gpushare.failure.GpushareException when it cannot be had there
     */
    OwnProgram start(List<String> arguments, ProgramOutput output) throws InterruptedException;

    /** A gpushare on another machine. It sees the end of its stdin when this one is gone. */
    interface OwnProgram extends AutoCloseable {
        /** @throws IOException when it takes nothing any more */
        void send(byte[] line) throws IOException;

        /** How it ended, a part of a sentence; completes when all that it printed was handed on. */
        CompletableFuture<String> end();

        /** Ends it. Idempotent. */
        @Override
        void close();
    }
}
