package io.gpushare.runtime.attached;

import io.gpushare.failure.GpushareException;
import io.gpushare.plan.AttachedTenant;
import io.gpushare.plan.AttachedTenant.Target;
import io.gpushare.process.LiveProcess;
import io.gpushare.process.ProcessTable;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Programs of this machine. */
public final class HostAttaching implements Attaching {
    private final ProcessTable table;
    private final long ownPid;
    private final Containers containers;

    /** Who knows the containers of this machine. */
    @FunctionalInterface
    public interface Containers {
        /** @throws GpushareException when there is none of this name that runs */
        AttachedProgram attach(String name) throws InterruptedException;
    }

    public HostAttaching(Containers containers) {
        this(ProcessTable.ofThisMachine(), ProcessHandle.current().pid(), containers);
    }

    /** @param ownPid of gpushare */
    HostAttaching(ProcessTable table, long ownPid, Containers containers) {
        this.table = table;
        this.ownPid = ownPid;
        this.containers = containers;
    }

    @Override
    public AttachedProgram attach(AttachedTenant tenant) throws InterruptedException {
        AttachedProgram found = switch (tenant.target()) {
            case Target.OneProcess(int pid) -> process(pid);
            case Target.OneContainer(String name) -> containers.attach(name);
        };
        if (found.processes().contains((int) ownPid)) {
            found.close();
            throw ours(tenant.targetWords() + " is gpushare itself, or what it was started from");
        }
        return found;
    }

    /** Accounts of a process take in those of its session, which may be ours. */
    private AttachedProgram process(int pid) {
        if (ancestors(pid).contains((int) ownPid) && pid != ownPid) {
            throw ours("process " + pid + " was started by gpushare itself");
        }
        AttachedProcess found = AttachedProcess.of(table, pid);
        if (table.find(ownPid).filter(own -> own.session() == pid).isPresent()) {
            throw ours("gpushare runs in the session of process " + pid);
        }
        return found;
    }

    private Set<Integer> ancestors(int pid) {
        Set<Integer> ancestors = new HashSet<>();
        Optional<LiveProcess> next = table.find(pid);
        while (next.isPresent() && ancestors.add(next.get().pid())) {
            next = table.find(next.get().parent());
        }
        return ancestors;
    }

    private static GpushareException ours(String why) {
        return GpushareException.usage(
                why + ", and cannot be a neighbour of its tenants",
                "Attach the program that uses the GPU: `ps -e --forest` shows who started whom.");
    }
}
