package io.gpushare.run.stage;

import io.gpushare.plan.AttachedTenant;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import io.gpushare.runtime.attached.AttachedProgram;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is known of a tenant that is only watched. Only the run's own thread touches it. */
public final class WatchedTenant {
    public final int number;
    public final AttachedTenant plan;
    final AttachedProgram program;
    /** All that it ever had. */
    public final Set<Integer> processes = new TreeSet<>();

    /** In the latest measured time. */
    public Reading<HostUse> hostUse = Reading.notMeasured("it was not measured");

    /** A sentence on when it was found gone, and how. */
    public Optional<String> gone = Optional.empty();

    WatchedTenant(int number, AttachedTenant plan, AttachedProgram program) {
        this.number = number;
        this.plan = plan;
        this.program = program;
    }

    public String name() {
        return plan.name().orElseGet(program::name);
    }

    /** As in {@code tenant 2 (blender, process 1234)} and {@code tenant 2 (container trainer)}. */
    String words() {
        String target = plan.targetWords();
        return "tenant " + number + " (" + (target.endsWith(name()) ? "" : name() + ", ") + target + ")";
    }

    void learnProcesses() {
        processes.addAll(program.processes());
    }

    HostMeter.Program onTheHost() {
        return new HostMeter.Program(processes, program.controlGroups());
    }

    /** @param until which it should have worked, as {@code the end of the run} */
    void lookWhetherItIsThere(String until) throws InterruptedException {
        if (gone.isEmpty()) {
            gone = program.whyGone()
                    .map(why -> words().replaceFirst("tenant", "Tenant")
                            + ", which is only watched, was not there until "
                            + until + ": " + why + ". What was measured is not what the plan says: measure again while"
                            + " it works.");
        }
    }
}
