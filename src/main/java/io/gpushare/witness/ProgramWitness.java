package io.gpushare.witness;

import io.gpushare.analysis.CoreLoops;
import io.gpushare.sampling.host.BusiestThread;
import io.gpushare.time.Task;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Watches the cores of programs that do not watch them themselves: one thread goes from core to core, to that of each
 * program's busiest thread, and times the loop there. That takes 0.1 to 0.3 % of a core from each program. Another
 * thread, elsewhere, finds out which the busiest ones are and where they run.
 */
public final class ProgramWitness implements AutoCloseable {
    /** In the history of a host's cores: another Java may compile the loop to something that takes another time. */
    public static final String PROGRAM =
            "gpushare on Java " + Runtime.version() + ", " + System.getProperty("java.vm.info");

    /** The first answer comes after this; the kernel counts time in ticks of 10 ms. */
    private static final Duration FIRST_LOOK = Duration.ofMillis(250);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Time time;
    private final List<Program> programs;
    private final boolean possible;
    private final List<Task> threads = new ArrayList<>();

    private static final class Program {
        private final BusiestThread busiest;
        private final LoopLog log = new LoopLog();
        private volatile OptionalInt cpu = OptionalInt.empty();
        private volatile boolean watched = true;

        private Program(BusiestThread busiest) {
            this.busiest = busiest;
        }
    }

    /**
     * Makes all ready, which takes a hundredth of a second for the first one.
     *
     * @param programs the processes of each, as this machine numbers them; none for one that cannot be seen
     */
    public ProgramWitness(List<Set<Integer>> programs, Path procRoot, Time time) {
        this.time = time;
        this.programs = programs.stream()
                .map(processes -> new Program(new BusiestThread(procRoot, processes)))
                .toList();
        // In another time than the world's, programs have no cores.
        this.possible = time.isReal() && programs.stream().anyMatch(processes -> !processes.isEmpty());
        if (possible) {
            CoreWitness.prepare();
        }
    }

    public void start() {
        if (possible) {
            threads.add(time.start("finder of busy threads", this::find));
            threads.add(time.start("witness of cores", this::witness));
        }
    }

    /** It watches its core itself. */
    public void leave(int program) {
        programs.get(program).watched = false;
    }

    private void find() {
        long lookNanos = time.nanos();
        Duration next = FIRST_LOOK;
        try {
            while (anyWatched()) {
                long now = time.nanos();
                boolean look = now - lookNanos >= 0;
                for (Program program : programs) {
                    if (program.watched && look) {
                        program.busiest.look(now);
                    }
                    program.cpu = program.busiest.cpu();
                }
                if (look) {
                    lookNanos = now + next.toNanos();
                    next = BETWEEN_LOOKS;
                }
                time.sleep(CoreWitness.PERIOD);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } finally {
            programs.forEach(program -> program.busiest.close());
        }
    }

    private boolean anyWatched() {
        return programs.stream().anyMatch(program -> program.watched);
    }

    private void witness() {
        CoreWitness witness = new CoreWitness(time);
        long due = time.nanos();
        try {
            while (anyWatched()) {
                time.sleepUntil(due);
                for (Program program : programs) {
                    OptionalInt cpu = program.watched ? program.cpu : OptionalInt.empty();
                    if (cpu.isPresent()) {
                        witness.timeLoop(cpu.getAsInt(), program.log);
                    }
                }
                due = Math.max(due + CoreWitness.PERIOD.toNanos(), time.nanos());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it. */
    @Override
    public void close() {
        threads.forEach(Task::interrupt);
        for (Task thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** What was seen in that time so far; empty of a program that watches its core itself, or hardly uses one. */
    public Optional<CoreLoops> between(int program, long fromNanos, long untilNanos) {
        Program seen = programs.get(program);
        return seen.watched ? seen.log.between(fromNanos, untilNanos) : Optional.empty();
    }
}
