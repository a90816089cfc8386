package io.gpushare.process;

import io.gpushare.time.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program that runs beside us, in a session of its own. All processes of that session are its own, also when it has
 * ended itself, and so are those that left the session but carry its marks. See {@link CommandRunner#start}.
 */
public final class RunningProgram implements AutoCloseable {
    private static final class Log {
        static final Logger log = LoggerFactory.getLogger(RunningProgram.class);
    }

    private static final Duration PIPES_GRACE = Duration.ofMillis(500);

    /** A GPU driver may take seconds to give a process's memory back, and a process cannot die before that. */
    private static final Duration DEATH_GRACE = Duration.ofSeconds(10);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    private static final int INPUT_LIMIT_BYTES = 1 << 20;

    private final ProcessTable table = ProcessTable.ofThisMachine();
    private final Process process;
    private final int pid;
    private final Map<String, String> marks;
    private final long earliestStartTicks;
    private final ProgramInput input;
    private final OutputPump stdout;
    private final OutputPump stderr;
    private final CompletableFuture<ProgramExit> exit = new CompletableFuture<>();

    private RunningProgram(Process process, Command command, ProgramOutput output, Map<String, String> marks) {
        this.process = process;
        this.pid = Math.toIntExact(process.pid());
        this.marks = marks;
        this.earliestStartTicks = table.find(pid).map(LiveProcess::startTicks).orElse(0L);
        String name = " of " + command.program() + " " + pid;
        this.stdout = new OutputPump("stdout" + name, process.getInputStream(), output::stdout);
        this.stderr = new OutputPump("stderr" + name, process.getErrorStream(), output::stderr);
        this.input = new ProgramInput("stdin" + name, process.getOutputStream(), INPUT_LIMIT_BYTES);
        Thread.ofPlatform().daemon().name("end" + name).start(this::watch);
    }

    /** Nothing is left of the program when this fails. */
    static RunningProgram of(Process process, Command command, ProgramOutput output, Map<String, String> marks) {
        boolean watched = false;
        try {
            RunningProgram program = new RunningProgram(process, command, output, marks);
            if (!command.stdin().isEmpty()) {
                program.send(command.stdin().getBytes(StandardCharsets.UTF_8));
            }
            watched = true;
            return program;
        } catch (IOException tooMuch) {
            throw new IllegalArgumentException("the input of `" + command + "` is too long", tooMuch);
        } finally {
            if (!watched) {
                process.destroyForcibly();
            }
        }
    }

    public int pid() {
        return pid;
    }

    /**
     * Writes to its stdin soon, and never waits.
     *
     * @throws IOException when it takes nothing any more, or has left 1 MiB unread
     */
    public void send(byte[] bytes) throws IOException {
        input.send(bytes);
    }

    /**
     * Completes, never exceptionally, when the program itself has ended and all that it printed was handed on.
     * Processes that it left behind may live on; what they print later is read and dropped.
     */
    public CompletableFuture<ProgramExit> exit() {
        return exit.copy();
    }

    /** The program and the other processes of its session, at this moment. */
    public Set<Integer> processes() {
        return table.all().stream().filter(ofItsSession()).map(LiveProcess::pid).collect(Collectors.toSet());
    }

    /** SIGTERM to the program and the other processes of its session. */
    public void terminate() {
        table.all().stream().filter(ofItsSession()).forEach(ProcessTable::terminate);
    }

    /** SIGKILL to all of its processes, wherever they are. Does not wait for their end. */
    public void kill() {
        killAll();
    }

    private Set<LiveProcess> killAll() {
        Predicate<LiveProcess> itsSession = ofItsSession();
        Set<LiveProcess> killed = table.kill(candidate -> itsSession.test(candidate) || carriesTheMarks(candidate));
        // The table does not show a program that has not begun its session yet as anything but its first process.
        process.destroyForcibly();
        return killed;
    }

    /** Kills what is left of it, and waits until that is gone. Idempotent. */
    @Override
    public void close() {
        Set<LiveProcess> killed = killAll();
        input.abandon("it was closed");
        table.awaitEnd(killed, DEATH_GRACE)
                .forEach(survivor -> Log.log.warn(
                        "process {} (`{}`) was killed but does not end", survivor.pid(), table.commandLine(survivor)));
    }

    /**
     * While anybody is in the session its number is given to nobody else. A process with this number that is not the
     * program shows that the session had become empty, and that another one has its number now.
     */
    private Predicate<LiveProcess> ofItsSession() {
        boolean alive = process.isAlive();
        boolean lost = !alive && table.find(pid).isPresent();
        return candidate -> candidate.pid() == pid ? alive : candidate.session() == pid && !lost;
    }

    private boolean carriesTheMarks(LiveProcess candidate) {
        return !marks.isEmpty()
                && candidate.startTicks() >= earliestStartTicks
                && candidate.pid() != ProcessHandle.current().pid()
                && table.environment(candidate).entrySet().containsAll(marks.entrySet());
    }

    private void watch() {
        try {
            int status = process.waitFor();
            long endNanos = Time.real().nanos();
            input.abandon("it has ended");
            long stdoutBytes = stdout.deliveredBytes();
            long stderrBytes = stderr.deliveredBytes();
            drain(stdout, endNanos, stdoutBytes);
            drain(stderr, endNanos, stderrBytes);
            exit.complete(ProgramExit.of(status));
        } catch (InterruptedException nobodyDoesThat) {
            throw new IllegalStateException(nobodyDoesThat);
        }
    }

    private static void drain(OutputPump pump, long endNanos, long deliveredThen) throws InterruptedException {
        while (!pump.hasEndedWithin(BETWEEN_LOOKS)) {
            if (pump.isDrainedSince(endNanos, deliveredThen, PIPES_GRACE)) {
                pump.mute();
                return;
            }
        }
    }
}
