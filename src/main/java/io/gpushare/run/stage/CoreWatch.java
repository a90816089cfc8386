package io.gpushare.run.stage;

import io.gpushare.time.Time;
import io.gpushare.witness.ProgramWitness;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Watches the cores of those tenants that do not do it themselves, in the measured time. */
final class CoreWatch {
    private static final Path PROC = Path.of("/proc");

    private final List<StageTenant> tenants;
    private final ProgramWitness witness;

    CoreWatch(List<StageTenant> tenants, Time time) {
        this.tenants = tenants;
        this.witness = new ProgramWitness(
                tenants.stream().map(tenant -> Set.copyOf(tenant.processes)).toList(), PROC, time);
    }

    /** @param startNanos the common start instant, from which windows count */
    void start(long startNanos) {
        for (int place = 0; place < tenants.size(); place++) {
            int own = place;
            tenants.get(place).witnessed =
                    (fromNanos, untilNanos) -> witness.between(own, startNanos + fromNanos, startNanos + untilNanos);
        }
        witness.start();
    }

    /** Which these are, their first windows tell. */
    void leaveThoseWhoLook() {
        for (int place = 0; place < tenants.size(); place++) {
            if (tenants.get(place).windows.stream()
                    .anyMatch(window -> window.core().isPresent())) {
                witness.leave(place);
            }
        }
    }

    void stop() {
        witness.close();
        leaveThoseWhoLook();
    }
}
