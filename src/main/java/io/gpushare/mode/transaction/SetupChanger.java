package io.gpushare.mode.transaction;

import io.gpushare.gpu.DriverPause;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.Changes;
import io.gpushare.mode.setup.GpuControl;
import io.gpushare.mode.setup.GpuInstance;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.mode.setup.MpsDaemon;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Makes changes one at a time, and reads back after each: the tools' own words prove nothing. */
final class SetupChanger {
    private final GpuControl control;
    private final DriverPause readers;

    SetupChanger(GpuControl control, DriverPause readers) {
        this.control = control;
        this.readers = readers;
    }

    /**
     * @param daemons of ours that may run
     * @return how it is then: as wanted, but for the places of MIG instances where the driver had its own mind
     */
    GpuSetup reach(GpuSetup wanted, List<MpsDaemon> daemons) throws InterruptedException {
        GpuSetup goal = wanted;
        Set<Change> made = new HashSet<>();
        while (true) {
            GpuSetup now = control.read(daemons);
            goal = settled(goal, now, made);
            List<Change> missing = Changes.between(now, goal);
            if (missing.isEmpty()) {
                return now;
            }
            Change next = missing.getFirst();
            if (!made.add(next)) {
                throw new ModeNotReachedException(
                        JournalEntry.name(control.gpu()), control.gpu().index(), next, now);
            }
            if (next instanceof Change.SwitchMig) {
                readers.during(() -> control.perform(next));
            } else {
                control.perform(next);
            }
        }
    }

    /**
     * Instances of the wanted sizes at other places are as good: where they could not be asked for, the driver chose.
     */
    private static GpuSetup settled(GpuSetup goal, GpuSetup now, Set<Change> made) {
        boolean created = made.stream().anyMatch(Change.CreateInstances.class::isInstance);
        boolean alike = kinds(goal.mig().instances()).equals(kinds(now.mig().instances()));
        return created && alike && goal.mig() instanceof MigSetup.On(boolean pending, List<GpuInstance> _)
                ? goal.with(new MigSetup.On(pending, now.mig().instances()))
                : goal;
    }

    private static List<String> kinds(List<GpuInstance> instances) {
        List<String> kinds = new ArrayList<>();
        for (GpuInstance instance : instances) {
            kinds.add(instance.profile() + " "
                    + instance.computeInstances().stream()
                            .map(part -> part.slices())
                            .sorted()
                            .toList());
        }
        kinds.sort(null);
        return kinds;
    }
}
