package io.gpushare.runtime.attached;

import io.gpushare.failure.GpushareException;
import io.gpushare.process.LiveProcess;
import io.gpushare.process.ProcessTable;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A process of this machine, with all that it started, which is looked at and never signalled. Numbers are given again:
 * whoever has one of ours later is told by when it started. One that outlives its parent is remembered if it was seen
 * before.
 */
final class AttachedProcess implements AttachedProgram {
    private final ProcessTable table;
    private final LiveProcess first;
    private final String name;
    private Set<LiveProcess> living;

    private AttachedProcess(ProcessTable table, LiveProcess first, String name) {
        this.table = table;
        this.first = first;
        this.name = name;
        this.living = Set.of(first);
    }

    /** @throws GpushareException when there is none that could be watched */
    static AttachedProcess of(ProcessTable table, int pid) {
        LiveProcess process = table.find(pid)
                .orElseThrow(() -> GpushareException.unable(
                        "there is no process " + pid + " to attach to",
                        "It has ended, or this user may not see it. `ps -e` lists those that are there."));
        if (table.isOfTheKernel(process)) {
            throw refused("process " + pid + " is a part of the kernel (" + table.name(process) + "), and no program");
        }
        int whole = table.processOf(process);
        if (whole != pid) {
            throw refused(pid + " is a thread of process " + whole + ", and no process");
        }
        String name = table.name(process);
        return new AttachedProcess(table, process, name.isEmpty() ? "process " + pid : name);
    }

    private static GpushareException refused(String sentence) {
        return GpushareException.usage(sentence, "Attach the program itself: `ps -e` lists them.");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Set<Integer> processes() {
        Set<LiveProcess> known = living;
        living = LiveProcess.family(table.all(), process -> known.stream().anyMatch(process::isSameAs));
        return living.stream().map(LiveProcess::pid).collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public Optional<String> whyGone() {
        Optional<LiveProcess> now = table.find(first.pid());
        if (now.filter(first::isSameAs).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(now.isPresent() ? "it ended, and another process has its number" : "it ended");
    }
}
