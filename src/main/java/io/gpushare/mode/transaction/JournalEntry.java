package io.gpushare.mode.transaction;

import io.gpushare.gpu.GpuIdentity;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.Changes;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.process.RunOwner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

    /** The same for good: what was before the first of several lasting changes is what will be put back. */
    JournalEntry lastingAfter(Optional<JournalEntry> earlier) {
        List<MpsDaemon> all = new ArrayList<>(daemons);
        earlier.ifPresent(first -> all.addAll(first.daemons));
        JournalEntry first = earlier.orElse(this);
        return new JournalEntry(
                gpuUuid,
                gpuName,
                Lifetime.LASTING,
                first.owner,
                first.beganAt,
                first.purpose,
                Touched.first(first.before, before),
                all.stream().distinct().toList());
    }

    /** That may run: those of before, and those that were to be started. */
    List<MpsDaemon> knownDaemons() {
        return Stream.concat(before.daemons().stream(), daemons.stream())
                .distinct()
                .toList();
    }

    /** How the GPU is now, with the daemons that this knows of. */
    public GpuSetup now(GpuControl control) throws InterruptedException {
        return control.read(knownDaemons());
    }

    /** What it takes to bring back what this remembers. */
    public List<Change> undoing(GpuSetup now) {
        return Changes.between(now, before);
    }

    /** How the GPU is when this is undone: what was changed as it was before, and the rest as it is. */
    public GpuSetup undoneFrom(GpuSetup now) {
        return Touched.first(before, now);
    }
}
