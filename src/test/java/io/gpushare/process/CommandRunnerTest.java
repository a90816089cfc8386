package io.gpushare.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.text.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class CommandRunnerTest {
    private final CommandRunner runner =
            new CommandRunner(Map.of("PATH", System.getenv("PATH"), "INHERITED", "from the runner"));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                "it's",
                "\"quoted\"",
                "line\nbreak",
                "$(touch gotcha) `id` $HOME",
                "*",
                "",
                "back\\slash",
                "; exit 3"
            })
    void passesArgumentsAsTheyAre(String argument) throws Exception {
        CommandResult result = runner.run(Command.of("printf", "<%s>", argument).directory(folder));

        assertThat(result.stdout()).isEqualTo("<" + argument + ">");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void collectsLongOutputOnBothPipes() throws Exception {
        String script = "head -c 300000 /dev/zero | tr '\\0' e >&2; head -c 300000 /dev/zero | tr '\\0' o";

        CommandResult result = runner.run(shell(script));

        assertThat(result.stderr()).isEqualTo("e".repeat(300_000));
        assertThat(result.stdout()).isEqualTo("o".repeat(300_000));
    }

    @Test
    void keepsTheBeginningAndTheEndOfEndlessOutput() throws Exception {
        String script = "echo first; head -c 50000000 /dev/zero | tr '\\0' x; echo last";

        String kept = runner.run(shell(script)).stdout();

        int mib = 1 << 20;
        assertThat(kept).startsWith("first\nx").endsWith("xlast\n");
        assertThat(kept).contains("\n… " + (50_000_000 + 6 + 5 - 2 * mib) + " bytes are left out here …\n");
        assertThat(kept.length()).isBetween(2 * mib, 2 * mib + 100);
    }

    @Test
    void givesTheProgramItsInputAndThenTheEnd() throws Exception {
        assertThat(runner.run(Command.of("cat").stdin("get_server_list\nquit")).stdout())
                .isEqualTo("get_server_list\nquit");
        assertThat(runner.run(Command.of("cat")).stdout()).isEmpty();
    }

    @Test
    void doesNotWaitForAProgramToReadItsInput() throws Exception {
        String moreThanAPipeHolds = "x".repeat(500_000);

        CommandResult result = runner.run(shell("echo deaf").stdin(moreThanAPipeHolds));

        assertThat(result.stdout()).isEqualTo("deaf\n");
    }

    @Test
    void keepsOutputThatIsNotUtf8() throws Exception {
        CommandResult result = runner.run(Command.of("printf", "before\\377after"));

        assertThat(result.stdout()).isEqualTo("before\uFFFDafter");
    }

    @Test
    void addsToTheRunnersEnvironmentAndHidesTheRest() throws Exception {
        Command command = shell("echo \"$INHERITED, $ADDED, ${HOME-no home}\"").environment("ADDED", "for one command");

        assertThat(runner.run(command).stdout()).isEqualTo("from the runner, for one command, no home\n");
    }

    @Test
    void looksProgramsUpInTheRunnersPath() throws Exception {
        script("greet", "echo hello from the folder");
        CommandRunner here = new CommandRunner(Map.of("PATH", "/nowhere::" + folder));

        assertThat(here.find("greet")).contains(folder.resolve("greet"));
        assertThat(here.run(Command.of("greet").environment("PATH", "/elsewhere"))
                        .stdout())
                .isEqualTo("hello from the folder\n");
        assertThat(runner.find("greet")).isEmpty();
    }

    @Test
    void findsAProgramByARelativePathAlsoWhenItRunsElsewhere() throws Exception {
        Path program = script("greet", "pwd");
        Path relative = Path.of("").toAbsolutePath().relativize(program);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere")).toRealPath();

        CommandResult result = runner.run(Command.of(relative.toString()).directory(elsewhere));

        assertThat(result.stdout().strip()).isEqualTo(elsewhere.toString());
    }

    @Test
    void reportsAFailureWithTheCommandItsCodeAndItsComplaint() throws Exception {
        CommandResult result = runner.run(shell("echo progress; echo 'in use' >&2; exit 19"));

        assertThat(result.exitCode()).isEqualTo(19);
        assertThatThrownBy(() -> result.requireSuccess("create MIG instances on GPU 0"))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("could not create MIG instances on GPU 0: `sh -c 'echo progress; echo '\\''in use'\\'' >&2;"
                        + " exit 19'` exited with 19 and said: in use");
    }

    @Test
    void quotesComplaintsOnStdoutAndMentionsSilence() throws Exception {
        CommandResult complaining = runner.run(shell("echo No devices were found; exit 6"));
        CommandResult silent = runner.run(Command.of("false"));

        assertThatThrownBy(() -> complaining.requireSuccess("list GPUs"))
                .hasMessageEndingWith("exited with 6 and said: No devices were found");
        assertThatThrownBy(() -> silent.requireSuccess("try"))
                .hasMessage("could not try: `false` exited with 1 and said nothing");
    }

    @Test
    void tellsWhichSignalEndedAProgram() throws Exception {
        assertThat(runner.run(shell("kill -SEGV $$")).exitCode()).isEqualTo(128 + 11);
    }

    @Test
    void reportsAMissingProgram() {
        assertThatThrownBy(() -> runner.run(Command.of("nvidia-smy", "-L")))
                .isInstanceOfSatisfying(ProgramMissingException.class, problem -> {
                    assertThat(problem).hasMessage("the program 'nvidia-smy' is not on the PATH of this machine");
                    assertThat(problem.status()).isEqualTo(ExitStatus.UNABLE);
                    assertThat(problem.advice()).get().asString().startsWith("Install it");
                });
    }

    @Test
    void reportsAPathThatIsNoProgram() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "not a program");

        assertThatThrownBy(() -> runner.run(Command.of(text.toString())))
                .isInstanceOf(ProgramMissingException.class)
                .hasMessage("there is no program at '" + text + "', or it may not be executed");
    }

    @Test
    void reportsAProgramThatTheSystemRefusesToStart() throws IOException {
        Path program = executable("broken", "#!/nowhere/interpreter\n");

        assertThatThrownBy(() -> runner.run(Command.of(program.toString())))
                .isInstanceOf(ProgramUnusableException.class)
                .hasMessageStartingWith("`" + Shell.quoted(program) + "` cannot be started: ")
                .hasMessageContaining("No such file or directory");
    }

    @Test
    void reportsATimeoutWithWhatTheProgramHadPrinted() {
        Command command = shell("echo waiting for the GPU; sleep 60").timeout(Duration.ofSeconds(1));

        assertThatThrownBy(() -> runner.run(command))
                .isInstanceOf(CommandTimeoutException.class)
                .hasMessage("`sh -c 'echo waiting for the GPU; sleep 60'` did not end within 1 s and was killed; "
                        + "it had printed: waiting for the GPU");
    }

    @Test
    void killsDescendantsThatIgnoreRequestsToEnd() throws Exception {
        Path child = folder.resolve("child");
        Path grandchild = folder.resolve("grandchild");
        String stubborn = "trap '' TERM HUP INT; echo $$ > grandchild; while :; do sleep 60; done";
        script("stubborn", stubborn);
        Path script = script("family", "sh -c 'echo $$ > child; sh stubborn & wait' & wait");
        Command command = Command.of(script.toString()).directory(folder).timeout(Duration.ofSeconds(2));

        assertThatThrownBy(() -> runner.run(command)).isInstanceOf(CommandTimeoutException.class);

        assertThat(Stream.of(child, grandchild))
                .allSatisfy(file -> assertThat(isRunning(pidIn(file))).isFalse());
    }

    @Test
    void doesNotWaitForADaemonThatKeepsThePipesOpen() throws Exception {
        Path pid = folder.resolve("pid");
        CommandResult result = runner.run(shell("setsid sh -c 'echo $$ > pid; exec sleep 60' & echo started"));
        try {
            assertThat(result.exitCode()).isZero();
            assertThat(result.stdout()).isEqualTo("started\n");
            assertThat(result.duration()).isLessThan(Duration.ofSeconds(30));
            assertThat(isRunning(pidIn(pid))).isTrue();
        } finally {
            ProcessHandle.of(pidIn(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void leavesADaemonThatLeftTheFamilyAlone() throws Exception {
        Path pid = folder.resolve("pid");
        String daemon = "( setsid sh -c 'echo $$ > pid; exec sleep 60' & ); sleep 60";
        try {
            assertThatThrownBy(() -> runner.run(shell(daemon).timeout(Duration.ofSeconds(2))))
                    .isInstanceOf(CommandTimeoutException.class);
            assertThat(isRunning(pidIn(pid))).isTrue();
        } finally {
            ProcessHandle.of(pidIn(pid)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Test
    void keepsCtrlCFromAProgramThatIsToBeLeftUndisturbed() throws Exception {
        String leadsItsSession = "read -r _ _ _ _ _ session _ < /proc/$$/stat; [ $session = $$ ]";

        assertThat(runner.run(shell(leadsItsSession).leftUndisturbed()).exitCode())
                .isZero();
        assertThat(runner.run(shell(leadsItsSession)).exitCode()).isOne();
    }

    /** As Ctrl-C does that comes before {@code setsid} has done its work. */
    @Test
    void startsAnUndisturbedProgramAgainThatWasStruckBeforeItBegan() throws Exception {
        Path file = folder.resolve("struck");
        String struckOnce = "[ -e struck ] && echo done && exit 0; : > struck; kill -INT $$; sleep 5";

        assertThat(runner.run(hearing(struckOnce)).stdout()).isEqualTo("done\n");

        String alwaysStruck = "echo x >> struck; kill -INT $$; sleep 5";
        assertThat(runner.run(hearing(alwaysStruck)).exitCode()).isEqualTo(130);
        assertThat(Files.readString(file)).isEqualTo("x\nx\nx\n");
    }

    @Test
    void killsTheProgramWhenTheWaitIsInterrupted() throws Exception {
        Path file = folder.resolve("pid");
        Thread caller = Thread.currentThread();
        Thread.ofPlatform().start(() -> {
            awaitContent(file);
            caller.interrupt();
        });

        assertThatThrownBy(() -> runner.run(shell("echo $$ > pid; sleep 60"))).isInstanceOf(InterruptedException.class);

        assertThat(isRunning(pidIn(file))).isFalse();
        assertThat(Thread.interrupted()).isFalse();
    }

    /** In the test's folder, whose path may hold what a shell takes apart. */
    private Command shell(String script) {
        return Command.of("sh", "-c", script).directory(folder);
    }

    /** Whoever runs the tests in the background is deaf to SIGINT, and so would be all that they start. */
    private Command hearing(String script) {
        return Command.of("env", "--default-signal=INT", "sh", "-c", script)
                .directory(folder)
                .leftUndisturbed();
    }

    private Path script(String name, String body) throws IOException {
        return executable(name, "#!/bin/sh\n" + body + "\n");
    }

    private Path executable(String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static long pidIn(Path file) {
        awaitContent(file);
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitContent(Path file) {
        long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!Files.exists(file) || file.toFile().length() == 0) {
            assertThat(System.nanoTime()).as("nothing is written to " + file).isLessThan(giveUp);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    /** A zombie has ended; only its parent has not asked yet. */
    private static boolean isRunning(long pid) throws IOException {
        Path stat = Path.of("/proc", Long.toString(pid), "stat");
        return Files.exists(stat)
                && !Files.readString(stat).replaceFirst("^.*\\) ", "").startsWith("Z");
    }
}
