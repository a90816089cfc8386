package io.gpushare.process;

import io.gpushare.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs programs, to their end or beside us. The only place that starts one. */
public final class CommandRunner {
    /** Apart, since starting the logging takes longer than most commands, and looking for a program needs none. */
    private static final class Log {
        static final Logger log = LoggerFactory.getLogger(CommandRunner.class);
    }

    /** The signal comes once or twice; a third time it is meant for the program. */
    private static final int STARTS = 3;

    /** Java's own program between us and the one that is started, in the words of Java's complaint. */
    private static final String SPAWN_HELPER = "spawn helper";

    private static final int SIGNALLED = 128;

    /** SIGHUP, SIGINT, SIGQUIT. */
    private static final Set<Integer> TERMINAL_SIGNALS = Set.of(1, 2, 3);

    /**
     * After a program has ended, a daemon that inherited its pipes may hold them open: its output is not waited for.
     */
    private static final Duration PIPES_GRACE = Duration.ofMillis(500);

    /** A killed process that sits in a system call, as of a GPU driver, dies only when that returns. */
    private static final Duration DEATH_GRACE = Duration.ofSeconds(1);

    private static final String SETSID = "setsid";

    /** Of the beginning, and as much of the end. */
    private static final int KEPT_BYTES = 1 << 20;

    private final Map<String, String> environment;

    /** @param environment what programs get, and whose PATH they are looked up in */
    public CommandRunner(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Where the program lies, if it can be run at all. A name with a slash is a path, as in a shell. */
    public Optional<Path> find(String program) {
        if (program.contains("/")) {
            return Optional.of(Path.of(program).toAbsolutePath()).filter(CommandRunner::isProgram);
        }
        return Stream.of(environment.getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(CommandRunner::isProgram)
                .map(Path::toAbsolutePath)
                .findFirst();
    }

    private static boolean isProgram(Path path) {
        return Files.isRegularFile(path) && Files.isExecutable(path);
    }

    /**
     * Finds out, without starting anything, whether there is what this needs.
     *
     * @throws ProgramMissingException when there is no such program, or no {@code setsid} for one that is undisturbed
     */
    public void require(Command command) {
        List<String> _ = line(command);
    }

    /**
     * A program that is out of time is killed with its descendants. A process whose parent had ended before that, as a
     * daemon arranges, is nobody's descendant any more: it lives on. Of each pipe the first and the last MiB are kept.
     *
     * @throws ProgramMissingException when there is no such program, or no {@code setsid} for one that is undisturbed
     * @throws ProgramUnusableException when the system refuses to start it
     * @throws CommandTimeoutException when it did not end in time, after killing it
     * @throws InterruptedException after killing it likewise
     */
    public CommandResult run(Command command) throws InterruptedException {
        for (int start = 1; command.undisturbed() && start < STARTS; start++) {
            try {
                CommandResult result = runOnce(command);
                if (!struckBeforeItsSession(result)) {
                    return result;
                }
            } catch (ProgramUnusableException failure) {
                if (!failure.sentence().contains(SPAWN_HELPER)) {
                    throw failure;
                }
            }
        }
        return runOnce(command);
    }

    /**
     * Ctrl-C goes to our whole process group, in which a program is until {@code setsid} has put it elsewhere. It has
     * done nothing then.
     */
    private static boolean struckBeforeItsSession(CommandResult result) {
        boolean byTerminal = TERMINAL_SIGNALS.contains(result.exitCode() - SIGNALLED);
        return byTerminal && result.stdout().isEmpty() && result.stderr().isEmpty();
    }

    private CommandResult runOnce(Command command) throws InterruptedException {
        long start = Time.real().nanos();
        Process process = start(command, line(command), Map.of());
        Drain stdout = new Drain("stdout of " + command.program(), process.getInputStream());
        Drain stderr = new Drain("stderr of " + command.program(), process.getErrorStream());
        feed(process, command.stdin());
        boolean ended = false;
        try {
            ended = process.waitFor(command.timeout().toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            if (!ended) {
                killWithDescendants(process);
            }
        }
        long end = Time.real().nanos();
        long patience = end + PIPES_GRACE.toNanos();
        stdout.finish(patience);
        stderr.finish(patience);
        if (!ended) {
            throw new CommandTimeoutException(command, stdout.text(), stderr.text());
        }
        CommandResult result = new CommandResult(
                command, process.exitValue(), stdout.text(), stderr.text(), Duration.ofNanos(end - start));
        Log.log.debug(
                "`{}` exited with {} after {} ms",
                command,
                result.exitCode(),
                result.duration().toMillis());
        return result;
    }

    /**
     * Starts a program that runs beside us, in a session of its own (through {@code setsid}, which becomes the
     * program). The command's input is written first, and stdin stays open; its timeout means nothing here. Where the
     * file is a program but cannot be executed, {@code setsid} says so on stderr and exits with 126 or 127.
     *
     * @param marks added to its environment; a process that carries all of them is the program's own wherever it went
     * @throws ProgramMissingException when there is no such program, or no {@code setsid}
     */
    public RunningProgram start(Command command, ProgramOutput output, Map<String, String> marks) {
        Process process = start(command, inOwnSession(command), marks);
        return RunningProgram.of(process, command, output, marks);
    }

    private List<String> line(Command command) {
        return command.undisturbed() ? inOwnSession(command) : withPath(command);
    }

    private List<String> inOwnSession(Command command) {
        List<String> arguments = new ArrayList<>(withPath(command));
        Path setsid = find(SETSID).orElseThrow(ProgramMissingException::setsid);
        arguments.addFirst(setsid.toString());
        return arguments;
    }

    private List<String> withPath(Command command) {
        Path program = find(command.program()).orElseThrow(() -> new ProgramMissingException(command.program()));
        List<String> arguments = new ArrayList<>(command.arguments());
        arguments.set(0, program.toString());
        return arguments;
    }

    private Process start(Command command, List<String> arguments, Map<String, String> marks) {
        ProcessBuilder builder = new ProcessBuilder(arguments);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(command.environment());
        builder.environment().putAll(marks);
        command.directory().ifPresent(directory -> builder.directory(directory.toFile()));
        try {
            return Children.start(builder, command.cpus());
        } catch (IOException e) {
            throw new ProgramUnusableException(command, e);
        }
    }

    /** On a thread of its own: a program that never reads must not block us once the pipe is full. */
    private static void feed(Process process, String text) {
        if (text.isEmpty()) {
            write(process, text);
            return;
        }
        Thread.ofPlatform().daemon().name("stdin feeder").start(() -> write(process, text));
    }

    private static void write(Process process, String text) {
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            Log.log.debug("the program did not read all of its input: {}", e.getMessage());
        }
    }

    /** Descendants are listed before the kill, while their parents still name them, and once more for late children. */
    private static void killWithDescendants(Process process) {
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        process.destroyForcibly();
        for (ProcessHandle member : List.copyOf(family)) {
            family.addAll(member.descendants().toList());
            member.destroyForcibly();
        }
        family.forEach(ProcessHandle::destroyForcibly);
        family.add(process.toHandle());
        awaitDeath(family);
    }

    /**
     * Asks again and again: {@code ProcessHandle.onExit} looks at a process that is not our child every 300 ms only.
     */
    private static void awaitDeath(List<ProcessHandle> family) {
        long patience = Time.real().nanos() + DEATH_GRACE.toNanos();
        while (family.stream().anyMatch(CommandRunner::isRunning) && Time.real().nanos() < patience) {
            Time.real().pause(Duration.ofMillis(2));
        }
    }

    /** A zombie counts as alive, but no longer has a program; in a container often nobody reaps it. */
    private static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    /** Collects what a pipe delivers, so that the program never waits for a reader. */
    private static final class Drain {
        private final KeptOutput kept = new KeptOutput(KEPT_BYTES);
        private final Thread thread;

        Drain(String name, InputStream pipe) {
            thread = Thread.ofPlatform().daemon().name(name).start(() -> copy(pipe));
        }

        private void copy(InputStream pipe) {
            byte[] buffer = new byte[8192];
            try (pipe) {
                for (int count = pipe.read(buffer); count >= 0; count = pipe.read(buffer)) {
                    kept.add(buffer, 0, count);
                }
            } catch (IOException e) {
                Log.log.debug("{} ended early: {}", Thread.currentThread().getName(), e.getMessage());
            }
        }

        /** @param patience in the time of {@link Time#real()} */
        void finish(long patience) throws InterruptedException {
            thread.join(Duration.ofNanos(Math.max(0, patience - Time.real().nanos())));
        }

        String text() {
            return kept.text();
        }
    }
}
