package io.gpushare.mode.setup;

import io.gpushare.reading.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What leads from one setup to another, in an order in which each step is allowed. */
public final class Changes {
    private Changes() {}

    /**
     * None where all is right already. A reading that is absent in either asks for nothing: it may show, and ask, when
     * other changes were made.
     */
    public static List<Change> between(GpuSetup now, GpuSetup wanted) {
        List<Change> changes = new ArrayList<>();
        now.daemons().stream()
                .filter(daemon -> !wanted.daemons().contains(daemon))
                .forEach(daemon -> changes.add(new Change.StopDaemon(daemon)));
        leaveMig(now.mig(), wanted.mig(), changes);
        different(now.computeMode(), wanted.computeMode())
                .ifPresent(mode -> changes.add(new Change.SetComputeMode(mode)));
        // A divided GPU has no time slice to set.
        if (!wanted.mig().on()) {
            different(now.quantum(), wanted.quantum())
                    .ifPresent(quantum -> changes.add(new Change.SetQuantum(quantum)));
        }
        enterMig(now.mig(), wanted.mig(), changes);
        wanted.daemons().stream()
                .filter(daemon -> !now.daemons().contains(daemon))
                .forEach(daemon -> changes.add(new Change.StartDaemon(daemon)));
        return List.copyOf(changes);
    }

    private static void leaveMig(MigSetup now, MigSetup wanted, List<Change> changes) {
        if (wanted instanceof MigSetup.Unsupported) {
            return; // It asks for nothing, as an absent reading does.
        }
        List<GpuInstance> unwanted = now.instances().stream()
                .filter(Predicate.not(wanted.instances()::contains))
                .toList();
        if (!unwanted.isEmpty()) {
            changes.add(new Change.RemoveInstances(unwanted));
        }
        boolean leaves = now.on() && wanted instanceof MigSetup.Off;
        boolean wasAboutToEnter = now instanceof MigSetup.Off(boolean pending)
                && pending
                && wanted instanceof MigSetup.Off(boolean still)
                && !still;
        if (leaves || wasAboutToEnter) {
            changes.add(new Change.SwitchMig(false));
        }
    }

    private static void enterMig(MigSetup now, MigSetup wanted, List<Change> changes) {
        if (!wanted.on()) {
            return;
        }
        boolean isAboutToLeave = now instanceof MigSetup.On(boolean pending, List<GpuInstance> _)
                && pending
                && wanted instanceof MigSetup.On(boolean still, List<GpuInstance> _)
                && !still;
        if (!now.on() || isAboutToLeave) {
            changes.add(new Change.SwitchMig(true));
        }
        List<GpuInstance> missing = wanted.instances().stream()
                .filter(Predicate.not(now.instances()::contains))
                .toList();
        if (!missing.isEmpty()) {
            changes.add(new Change.CreateInstances(missing));
        }
    }

    private static <T> Optional<T> different(Reading<T> now, Reading<T> wanted) {
        return now.asOptional().isEmpty() || wanted.asOptional().equals(now.asOptional())
                ? Optional.empty()
                : wanted.asOptional();
    }
}
