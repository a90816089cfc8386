package io.gpushare.mode.transaction;

import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.GpuSetup;
import io.gpushare.mode.setup.MigSetup;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.util.List;

/**
 * The part of a setup that a change touches. Only that is put back: what somebody else has changed since, as an
 * administrator after a crash, is theirs.
 */
final class Touched {
    private static final String UNTOUCHED = "it was not changed";

    private Touched() {}

    /** The rest is absent, which asks for nothing. */
    static GpuSetup part(GpuSetup before, List<Change> changes) {
        boolean divides = changes.stream().anyMatch(Touched::concernsMig);
        if (divides) {
            return before; // It takes the time slice and the compute mode with it.
        }
        return new GpuSetup(
                changes.stream().anyMatch(Change.SetQuantum.class::isInstance)
                        ? before.quantum()
                        : Reading.notMeasured(UNTOUCHED),
                changes.stream().anyMatch(Change.SetComputeMode.class::isInstance)
                        ? before.computeMode()
                        : Reading.notMeasured(UNTOUCHED),
                new MigSetup.Unsupported(UNTOUCHED),
                before.daemons());
    }

    private static boolean concernsMig(Change change) {
        return switch (change) {
            case Change.SwitchMig _, Change.CreateInstances _, Change.RemoveInstances _ -> true;
            case Change.SetQuantum _, Change.SetComputeMode _, Change.StartDaemon _, Change.StopDaemon _ -> false;
        };
    }

    /** What was before the first of two changes, each of which tells what it touched. */
    static GpuSetup first(GpuSetup earlier, GpuSetup later) {
        return new GpuSetup(
                untouched(earlier.quantum()) ? later.quantum() : earlier.quantum(),
                untouched(earlier.computeMode()) ? later.computeMode() : earlier.computeMode(),
                earlier.mig() instanceof MigSetup.Unsupported ? later.mig() : earlier.mig(),
                earlier.daemons());
    }

    private static boolean untouched(Reading<?> reading) {
        return reading.whyAbsent()
                .map(Absence::kind)
                .filter(Absence.Kind.NOT_MEASURED::equals)
                .isPresent();
    }
}
