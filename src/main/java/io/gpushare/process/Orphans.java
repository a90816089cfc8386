package io.gpushare.process;

import io.gpushare.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Processes whose parent has ended. The kernel gives them to the machine's first process; while somebody adopts them,
 * those that descend from this one become its own children. So a tenant's program is found that left its session and
 * threw its marks away.
 *
 * <p>Nothing else may end its parent in that time and live on: a daemon that is to stay would be taken for a tenant's.
 */
public final class Orphans {
    /** A GPU driver may take seconds to give a process's memory back. */
    private static final Duration DEATH_GRACE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_BURIALS = Duration.ofMillis(500);

    private static final Duration BURIAL_GRACE = Duration.ofMillis(200);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(2);

    private final ProcessTable table = ProcessTable.ofThisMachine();
    private final int self = Math.toIntExact(ProcessHandle.current().pid());
    private Optional<Thread> burying = Optional.empty();

    /**
     * One that was found.
     *
     * @param command as it was started
     * @param ended whether it has been ended
     */
    public record Orphan(int pid, String command, boolean ended) {}

    /** From now on. Nothing changes where the kernel does not do that. */
    public synchronized void adopt() {
        if (burying.isEmpty() && KernelCalls.adoptOrphans(true)) {
            burying = Optional.of(
                    Thread.ofPlatform().daemon().name("burying orphans").start(this::bury));
        }
    }

    /** Ends those that came, and adopts no more. */
    public synchronized List<Orphan> release() {
        List<Orphan> found = new ArrayList<>();
        Set<LiveProcess> told = new HashSet<>();
        // The children of an orphan come to us when it ends.
        for (List<LiveProcess> news = find(told); !news.isEmpty(); news = find(told)) {
            told.addAll(news);
            found.addAll(isEverybodysParent() ? leave(news) : end(news));
        }
        KernelCalls.adoptOrphans(false);
        burying.ifPresent(Thread::interrupt);
        burying = Optional.empty();
        long patience = Time.real().nanos() + BURIAL_GRACE.toNanos();
        while (!buryAll() && Time.real().nanos() < patience) {
            Time.real().pause(BETWEEN_LOOKS);
        }
        return found;
    }

    /** The first process of a container gets the orphans of all others there, and cannot tell them from a tenant's. */
    private boolean isEverybodysParent() {
        return self == 1;
    }

    private List<LiveProcess> find(Set<LiveProcess> known) {
        return Children.quietly(() -> {
            int ourSession = table.find(self).map(LiveProcess::session).orElse(0);
            return table.all().stream()
                    .filter(process -> process.parent() == self && process.session() != ourSession)
                    .filter(process -> !Children.isOurs(process.pid()) && !known.contains(process))
                    .toList();
        });
    }

    private List<Orphan> leave(List<LiveProcess> processes) {
        return processes.stream().map(process -> orphan(process, false)).toList();
    }

    private List<Orphan> end(List<LiveProcess> processes) {
        List<Orphan> ended =
                processes.stream().map(process -> orphan(process, true)).toList();
        Set<LiveProcess> killed = table.kill(new HashSet<>(processes)::contains);
        Set<Integer> alive = new HashSet<>();
        table.awaitEnd(killed, DEATH_GRACE).forEach(survivor -> alive.add(survivor.pid()));
        return ended.stream()
                .map(orphan -> new Orphan(orphan.pid(), orphan.command(), !alive.contains(orphan.pid())))
                .toList();
    }

    private Orphan orphan(LiveProcess process, boolean ended) {
        return new Orphan(process.pid(), table.commandLine(process), ended);
    }

    /** Orphans that have ended stay in the kernel's table until their parent asks, and their parent is us. */
    private void bury() {
        try {
            while (true) {
                Time.real().sleep(BETWEEN_BURIALS);
                buryAll();
            }
        } catch (InterruptedException released) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whether none is left: the kernel names one at a time, and does not go on while that is one that Java waits for.
     */
    private boolean buryAll() {
        return Children.quietly(() -> {
            int ourSession = table.find(self).map(LiveProcess::session).orElse(0);
            Optional<Integer> dead = KernelCalls.endedChild();
            while (dead.isPresent()) {
                int pid = dead.get();
                boolean javas = Children.isOurs(pid) || table.sessionEvenIfEnded(pid) == ourSession;
                if (javas || !KernelCalls.bury(pid)) {
                    return false;
                }
                dead = KernelCalls.endedChild();
            }
            return true;
        });
    }
}
