package io.gpushare.mode.nvidia;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.nvidia.MpsControl.Answer;
import io.gpushare.mode.setup.ChangeCommands;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.process.Command;
import io.gpushare.process.CommandException;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import io.gpushare.process.CommandTimeoutException;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Starts a daemon and returns when it answers as it should. One that does not is ended, and nothing of it stays. */
final class MpsStart {
    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d+)?)([KMG]?)B?", Pattern.CASE_INSENSITIVE);

    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(20);

    /** A daemon that is to come is there when the program that starts it has ended. */
    private static final Duration NOBODY_COMES = Duration.ofMillis(500);

    private static final String PERCENTAGE = "get_default_active_thread_percentage";

    private static final Answer ALL_THREADS = new Answer.Said(List.of("100.0"));

    private static final String SERVER = "nvidia-cuda-mps-server";

    private static final String ALREADY_RUNNING = "An instance of this daemon is already running";

    private final CommandRunner runner;
    private final MpsControl control;
    private final MpsProcesses processes = new MpsProcesses();
    private final MpsDaemons daemons;
    private final MpsTimeouts patience;

    MpsStart(CommandRunner runner, MpsDaemons daemons, MpsTimeouts patience) {
        this.runner = runner;
        this.control = new MpsControl(runner);
        this.daemons = daemons;
        this.patience = patience;
    }

    /** Finds out, without starting anything, whether a daemon could work there. */
    void require(MpsDaemon daemon) {
        MpsFolder.require(daemon);
        runner.require(Command.of(MpsControl.PROGRAM).leftUndisturbed());
        runner.require(Command.of(SERVER));
    }

    /** @param device UUID of the GPU or MIG device where it is to work */
    void start(MpsDaemon daemon, String device) throws InterruptedException {
        MpsFolder.require(daemon);
        if (!processes.of(daemon.folder()).isEmpty()) {
            throw runsAlready(daemon);
        }
        MpsFolder.create(daemon);
        boolean toBeUndone = true;
        try {
            if (!launch(daemon, device)) {
                toBeUndone = false;
                throw runsAlready(daemon);
            }
            awaitAnswer(daemon);
            setDefaults(daemon);
            toBeUndone = false;
        } finally {
            if (toBeUndone) {
                daemons.kill(daemon.folder());
                MpsFolder.delete(daemon.folder());
            }
        }
    }

    /** Whether it is ours that runs now: another's, which this user cannot see, is left alone. */
    private boolean launch(MpsDaemon daemon, String device) throws InterruptedException {
        Command command = Command.of(MpsControl.PROGRAM, "-d")
                .environment(MpsControl.PIPE_DIRECTORY, daemon.pipeDirectory().toString())
                .environment("CUDA_MPS_LOG_DIRECTORY", daemon.logDirectory().toString())
                .environment("CUDA_VISIBLE_DEVICES", device)
                .environment(MpsProcesses.MARK, daemon.folder().toString())
                .timeout(patience.start())
                .leftUndisturbed();
        CommandResult result;
        try {
            result = runner.run(command);
        } catch (CommandTimeoutException hung) {
            throw failed(daemon, "`" + command + "` hung and was killed", hung);
        }
        String said = (result.stdout() + result.stderr()).strip();
        if (said.contains(ALREADY_RUNNING)) {
            return false;
        }
        if (!result.succeeded()) {
            throw failed(daemon, "it exited with " + result.exitCode() + " and said '" + said + "'");
        }
        return true;
    }

    private void awaitAnswer(MpsDaemon daemon) throws InterruptedException {
        long begin = Time.real().nanos();
        while (true) {
            Answer answer = control.ask(daemon.pipeDirectory(), PERCENTAGE, patience.answer());
            if (answer instanceof Answer.Said(List<String> lines)
                    && lines.stream().anyMatch(line -> line.matches("\\d+(\\.\\d+)?"))) {
                return;
            }
            long waitedNanos = Time.real().nanos() - begin;
            boolean alive = !processes.of(daemon.folder()).isEmpty();
            if (!alive && waitedNanos > NOBODY_COMES.toNanos()) {
                throw failed(daemon, "it exited with 0, but no daemon runs");
            }
            if (waitedNanos > patience.start().toNanos()) {
                throw failed(daemon, "it runs, but does not answer" + told(answer));
            }
            Time.real().sleep(BETWEEN_QUESTIONS);
        }
    }

    private static String told(Answer answer) {
        return switch (answer) {
            case Answer.Said(List<String> lines) -> ": '" + String.join(" ", lines) + "'";
            case Answer.NoDaemon() -> "";
            case Answer.Unclear(String why) -> ": " + why;
        };
    }

    private void setDefaults(MpsDaemon daemon) throws InterruptedException {
        requireAllThreads(daemon);
        for (String command : ChangeCommands.defaults(daemon.defaults())) {
            setDefault(daemon, command);
        }
    }

    /** Told, and read back, since a daemon keeps the old silently. */
    private void setDefault(MpsDaemon daemon, String command) throws InterruptedException {
        int last = command.lastIndexOf(' ');
        String question = command.substring(0, last).replaceFirst("^set_", "get_");
        control.ask(daemon.pipeDirectory(), command, patience.answer());
        Answer now = control.ask(daemon.pipeDirectory(), question, patience.answer());
        if (!(now instanceof Answer.Said(List<String> lines)) || !means(lines, command.substring(last + 1))) {
            throw failed(
                    daemon, "the MPS daemon was told '" + command + "', and " + words(now) + " to '" + question + "'");
        }
    }

    /** Clients would be limited who bring no percentage, and nobody would know. */
    private void requireAllThreads(MpsDaemon daemon) throws InterruptedException {
        Answer answer = control.ask(daemon.pipeDirectory(), PERCENTAGE, patience.answer());
        if (daemon.defaults().threadPercentage().isEmpty() && !answer.equals(ALL_THREADS)) {
            throw failed(
                    daemon,
                    "it gives clients less than 100 % of the threads" + told(answer)
                            + "; CUDA_MPS_ACTIVE_THREAD_PERCENTAGE may be set where gpushare runs");
        }
    }

    private static String words(Answer answer) {
        return switch (answer) {
            case Answer.Said(List<String> lines) -> "'" + String.join(" ", lines) + "'";
            case Answer.NoDaemon() -> "no more";
            case Answer.Unclear(String why) -> "unclearly (" + why + ")";
        };
    }

    /** The daemon answers 1G for 1536M: in the largest unit that it finds, rounded down. */
    private static boolean means(List<String> lines, String wanted) {
        Matcher shown = AMOUNT.matcher(String.join(" ", lines));
        Matcher told = AMOUNT.matcher(wanted);
        return shown.matches()
                && told.matches()
                && Math.floor(number(told) * unit(told) / unit(shown)) == number(shown);
    }

    private static double number(Matcher amount) {
        return Double.parseDouble(amount.group(1));
    }

    private static double unit(Matcher amount) {
        return switch (amount.group(2).toUpperCase(Locale.ROOT)) {
            case "K" -> 1L << 10;
            case "M" -> 1L << 20;
            case "G" -> 1L << 30;
            default -> 1;
        };
    }

    private static GpushareException runsAlready(MpsDaemon daemon) {
        return GpushareException.unable(
                "an MPS daemon runs in " + daemon.folder() + " already",
                "gpushare restore ends what an earlier run left behind.");
    }

    private static GpushareException failed(MpsDaemon daemon, String how) {
        return failed(daemon, how, null);
    }

    private static GpushareException failed(MpsDaemon daemon, String how, @Nullable CommandException cause) {
        List<String> complaints = MpsLogs.complaints(daemon);
        String logged = complaints.isEmpty() ? "" : "; its log says: " + complaints.getLast();
        return GpushareException.unable(
                "could not start an MPS daemon in " + daemon.folder() + ": " + how + logged,
                "Try it by hand: " + MpsControl.PIPE_DIRECTORY + "=/tmp/try " + MpsControl.PROGRAM + " -f",
                cause);
    }
}
