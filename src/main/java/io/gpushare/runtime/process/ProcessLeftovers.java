package io.gpushare.runtime.process;

import io.gpushare.failure.GpushareException;
import io.gpushare.process.LiveProcess;
import io.gpushare.process.ProcessTable;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.LeftoverSource;
import io.gpushare.runtime.ProcessMarks;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Processes that carry a run's marks in their environment. Those in containers belong to their containers. */
public final class ProcessLeftovers implements LeftoverSource {
    private static final Duration DEATH_GRACE = Duration.ofSeconds(10);
    private static final int LONGEST_COMMAND_LINE = 80;

    private final ProcessTable table;

    /** @param procRoot {@code /proc} but in tests */
    public ProcessLeftovers(Path procRoot) {
        this.table = new ProcessTable(procRoot);
    }

    @Override
    public String what() {
        return "processes";
    }

    @Override
    public List<Leftover> find() {
        return table.all().stream()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .flatMap(process -> leftover(process).stream())
                .toList();
    }

    private Optional<Leftover> leftover(LiveProcess process) {
        Map<String, String> environment = table.environment(process);
        Optional<String> run = Optional.ofNullable(environment.get(ProcessMarks.RUN_ID));
        return run.filter(marked -> environment.containsKey(ProcessMarks.OWNER))
                .filter(ours -> table.isInOurNamespace(process))
                .map(runId -> new Leftover(
                        "process",
                        id(process),
                        process.pid() + " " + shortened(table.commandLine(process)),
                        runId,
                        RunOwner.parse(environment.getOrDefault(ProcessMarks.OWNER, ""))));
    }

    /** With the start time: the number alone may be another's by the time it is used. */
    private static String id(LiveProcess process) {
        return process.pid() + "/" + process.startTicks();
    }

    static String shortened(String commandLine) {
        return commandLine.length() <= LONGEST_COMMAND_LINE
                ? commandLine
                : commandLine.substring(0, LONGEST_COMMAND_LINE - 1) + "…";
    }

    /** Takes the rest of its session along: a child may have thrown its environment away. */
    @Override
    public void remove(Leftover leftover) {
        Optional<LiveProcess> found = table.all().stream()
                .filter(process -> id(process).equals(leftover.id()))
                .findFirst();
        if (found.isEmpty()) {
            return;
        }
        LiveProcess process = found.get();
        Predicate<LiveProcess> its =
                isSessionOfTheRun(process, leftover) ? other -> other.session() == process.session() : other -> false;
        Set<LiveProcess> killed = table.kill(other -> other.isSameAs(process) || its.test(other));
        List<LiveProcess> survivors = table.awaitEnd(killed, DEATH_GRACE);
        if (!survivors.isEmpty()) {
            throw GpushareException.failed(
                    "process " + leftover.name() + " was killed but does not end",
                    "Run gpushare cleanup as the user who owns it, or with sudo; in a driver's call only a reboot ends"
                            + " it.");
        }
    }

    /** A marked process may have been moved to a session that is not the run's, such as a person's shell. */
    private boolean isSessionOfTheRun(LiveProcess process, Leftover leftover) {
        boolean ours = table.find(ProcessHandle.current().pid())
                .filter(self -> self.session() == process.session())
                .isPresent();
        return !ours
                && table.find(process.session())
                        .map(leader -> leftover.runId()
                                .equals(table.environment(leader).get(ProcessMarks.RUN_ID)))
                        .orElse(process.session() > 0);
    }
}
