package io.gpushare.mode;

import java.util.List;

/** A mode in force. Closing it brings back what was there before. */
public interface ActiveMode extends AutoCloseable {

    /** By tenant number. */
    List<Placement> placements();

    /** Whether what was seen while the tenants ran shows that this mode was in force. */
    ModeProof prove(ModeEvidence evidence);

    @Override
    void close();
}
