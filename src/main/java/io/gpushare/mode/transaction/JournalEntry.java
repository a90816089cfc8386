package io.gpushare.mode.transaction;

import io.gpushare.gpu.GpuIdentity;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.process.RunOwner;
import java.time.Instant;
import java.util.List;

/**
 * How a GPU was before somebody changed it.
 *
 * @param before what was changed, as it was; the rest is absent, and asks for nothing
 * @param gpuName as in {@code GPU 0 (NVIDIA H200)}
 * @param purpose what it was changed for, as a command line
 * @param daemons that were to be started: they may run, and are ours to end
 */
public record JournalEntry(
        String gpuUuid,
        String gpuName,
        Lifetime lifetime,
        RunOwner owner,
        Instant beganAt,
        String purpose,
        GpuSetup before,
        List<MpsDaemon> daemons) {

    public enum Lifetime {
        /** Until its owner has ended, or is found to have died. */
        TEMPORARY,
        /** Until somebody asks for what was there before. */
        LASTING
    }

    public JournalEntry {
        daemons = List.copyOf(daemons);
    }

    static String name(GpuIdentity gpu) {
        return "GPU " + gpu.index() + " (" + gpu.name() + ")";
    }

    JournalEntry lasting() {
        return new JournalEntry(gpuUuid, gpuName, Lifetime.LASTING, owner, beganAt, purpose, before, daemons);
    }

    JournalEntry withDaemons(List<MpsDaemon> more) {
        return new JournalEntry(gpuUuid, gpuName, lifetime, owner, beganAt, purpose, before, more);
    }

    /** How the GPU is when this is undone: what was changed as it was before, and the rest as it is. */
    public GpuSetup undoneFrom(GpuSetup now) {
        return Touched.first(before, now);
    }

    JournalEntry with(GpuSetup earlier) {
        return new JournalEntry(gpuUuid, gpuName, lifetime, owner, beganAt, purpose, earlier, daemons);
    }
}
