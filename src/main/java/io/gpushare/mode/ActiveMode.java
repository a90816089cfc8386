package io.gpushare.mode;

import java.util.List;
import java.util.Set;

/** A mode in force. Closing it brings back what was there before. */
public interface ActiveMode extends AutoCloseable {

    /** By tenant number. */
    List<Placement> placements();

    /**
     * Looks whether it still is in force and who takes part, and remembers that for the proof. Called from time to time
     * while tenants are measured, on a thread that nobody waits for.
     */
    void look() throws InterruptedException;

    /**
     * Processes on the GPU that belong to the mode itself and not to a tenant, as an MPS server: as far as it knows by
     * now, without asking anybody. May be called from any thread.
     */
    default Set<Integer> ownProcesses() {
        return Set.of();
    }

    /** Sentences of what the mode's own programs, as an MPS server, said about faults; the newest last. */
    default List<String> complaints() {
        return List.of();
    }

    /** Whether what was seen while the tenants ran shows that this mode was in force. */
    ModeProof prove(ModeEvidence evidence);

    /**
     * Waits as long as it takes, also when the thread is interrupted.
     *
     * @throws io.gpushare.failure.GpushareException when something could not be put back; the journal of it stays
     */
    @Override
    void close();
}
