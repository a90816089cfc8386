package io.gpushare.runtime.attached;

import io.gpushare.failure.GpushareException;
import io.gpushare.process.LiveProcess;
import io.gpushare.process.ProcessFamily;
import io.gpushare.process.ProcessTable;
import java.util.Optional;
import java.util.Set;

/** A process of this machine, with all that it started. */
final class AttachedProcess implements AttachedProgram {
    private final ProcessTable table;
    private final ProcessFamily family;
    private final String name;

    private AttachedProcess(ProcessTable table, ProcessFamily family, String name) {
        this.table = table;
        this.family = family;
        this.name = name;
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
        return new AttachedProcess(table, new ProcessFamily(table, process), name.isEmpty() ? "process " + pid : name);
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
        return family.look();
    }

    @Override
    public Optional<String> whyGone() {
        LiveProcess first = family.first();
        Optional<LiveProcess> now = table.find(first.pid());
        if (now.filter(first::isSameAs).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(now.isPresent() ? "it ended, and another process has its number" : "it ended");
    }
}
