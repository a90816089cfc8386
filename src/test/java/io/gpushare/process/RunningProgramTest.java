package io.gpushare.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.cores.CpuSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
@SuppressWarnings("try") // closing twice is part of the behaviour
class RunningProgramTest {
    private static final ProgramOutput IGNORED = new CollectedOutput();

    private final CommandRunner runner = new CommandRunner(System.getenv());
    private final CollectedOutput output = new CollectedOutput();

    @TempDir
    Path folder;

    private RunningProgram shell(String script) {
        return shell(script, output);
    }

    private RunningProgram shell(String script, ProgramOutput taker) {
        return runner.start(Command.of("sh", "-c", script).directory(folder), taker, Map.of());
    }

    private static ProgramExit exitOf(RunningProgram program) throws Exception {
        return program.exit().get(30, TimeUnit.SECONDS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void await(BooleanSupplier condition) {
        long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it never comes").isLessThan(giveUp);
            LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
        }
    }

    private int pidIn(String file) throws IOException {
        Path path = folder.resolve(file);
        await(() -> path.toFile().length() > 0);
        return Integer.parseInt(Files.readString(path).strip());
    }

    private static boolean lives(int pid) {
        return ProcessTable.ofThisMachine().find(pid).isPresent();
    }

    @Test
    void runsWhereItIsToAndMovesNobodyElse() throws Exception {
        CpuSet ours = CpuSet.allowedTo(Path.of("/proc/self")).orElseThrow();
        CpuSet last = CpuSet.of(List.of(ours.numbers().last()));
        Command where = Command.of("sh", "-c", "grep Cpus_allowed_list /proc/self/status");
        try (RunningProgram program = runner.start(where.on(last), output, Map.of())) {
            exitOf(program);
        }
        assertThat(output.out()).isEqualTo("Cpus_allowed_list:\t" + last + "\n");
        assertThat(runner.run(where).stdout()).isEqualTo("Cpus_allowed_list:\t" + ours + "\n");
        assertThat(CpuSet.allowedTo(Path.of("/proc/thread-self"))).contains(ours);
    }

    @Test
    void startsWithoutWhereNoSuchProcessorIs() throws Exception {
        CpuSet nowhere = CpuSet.of(List.of(8000));
        assertThat(runner.run(Command.of("echo", "here").on(nowhere)).stdout()).isEqualTo("here\n");
        assertThatThrownBy(() -> runner.run(Command.of("/bin/nothing-there").on(nowhere)))
                .isInstanceOf(ProgramMissingException.class);
    }

    @Test
    void talksWithAProgramInASessionOfItsOwn() throws Exception {
        try (RunningProgram program =
                shell("read line; echo \"got $line\"; echo aside >&2; read line; echo \"$line\"; exit 7")) {
            await(() -> ProcessTable.ofThisMachine()
                    .find(program.pid())
                    .filter(found -> found.session() == program.pid())
                    .isPresent());
            program.send(bytes("one\n"));
            program.send(bytes("two\n"));

            assertThat(exitOf(program)).isEqualTo(new ProgramExit.Exited(7));
            assertThat(output.out()).isEqualTo("got one\ntwo\n");
            assertThat(output.err()).isEqualTo("aside\n");
            assertThatThrownBy(() -> program.send(bytes("three\n"))).isInstanceOf(IOException.class);
            assertThat(program.processes()).isEmpty();
        }
    }

    @Test
    void handsEverythingOnBeforeItTellsTheExit() throws Exception {
        try (RunningProgram program = shell("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero >&2")) {
            exitOf(program);
            assertThat(output.out()).hasSize(3_000_000);
            assertThat(output.err()).hasSize(3_000_000);
        }
    }

    @Test
    void waitsForATakerThatIsSlowerThanTheProgram() throws Exception {
        CountDownLatch released = new CountDownLatch(1);
        AtomicLong taken = new AtomicLong();
        ProgramOutput slow = new ProgramOutput() {
            @Override
            public void stdout(byte[] bytes, int offset, int count) {
                awaitRelease();
                taken.addAndGet(count);
            }

            @Override
            public void stderr(byte[] bytes, int offset, int count) {
                taken.addAndGet(count);
            }

            private void awaitRelease() {
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
        try (RunningProgram program = shell("echo aside >&2; printf 1234567890", slow)) {
            await(() -> !lives(program.pid()));
            await(() -> taken.get() == 6);
            assertThatThrownBy(() -> program.exit().get(800, TimeUnit.MILLISECONDS))
                    .as("longer than the grace for pipes that a daemon holds")
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            released.countDown();
            exitOf(program);
            assertThat(taken).hasValue(16);
        }
    }

    @Test
    void goesOnAfterATakersFault() throws Exception {
        ProgramOutput faulty = new ProgramOutput() {
            @Override
            public void stdout(byte[] bytes, int offset, int count) {
                throw new IllegalStateException("a fault that this test provokes");
            }

            @Override
            public void stderr(byte[] bytes, int offset, int count) {
                output.stderr(bytes, offset, count);
            }
        };
        try (RunningProgram program = shell("head -c 1000000 /dev/zero; echo done >&2", faulty)) {
            assertThat(exitOf(program)).isEqualTo(new ProgramExit.Exited(0));
            assertThat(output.err()).isEqualTo("done\n");
        }
    }

    @Test
    void tellsASignalFromAnExit() throws Exception {
        try (RunningProgram program = shell("kill -SEGV $$")) {
            assertThat(exitOf(program)).isEqualTo(new ProgramExit.Killed(11));
        }
        try (RunningProgram program = shell("exit 255")) {
            assertThat(exitOf(program)).isEqualTo(new ProgramExit.Exited(255));
        }
    }

    @Test
    void neverWaitsForAProgramThatDoesNotRead() throws Exception {
        try (RunningProgram program = shell("sleep 60", IGNORED)) {
            byte[] piece = new byte[100_000];
            long start = System.nanoTime();
            assertThatThrownBy(() -> {
                        for (int sent = 0; sent < 10_000_000; sent += piece.length) {
                            program.send(piece);
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("it does not read its input: ");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void askingToEndReachesTheWholeSession() throws Exception {
        String script = "trap 'echo parent; wait; exit 3' TERM; sh -c 'trap \"echo child; exit\" TERM; echo $$ > child;"
                + " while :; do sleep 0.05; done' & wait";
        try (RunningProgram program = shell(script)) {
            int child = pidIn("child");
            assertThat(program.processes()).contains(program.pid(), child);

            program.terminate();

            assertThat(exitOf(program)).isEqualTo(new ProgramExit.Exited(3));
            assertThat(output.out().lines()).containsExactlyInAnyOrder("parent", "child");
        }
    }

    @Test
    void killsDescendantsThatIgnoreRequestsToEnd() throws Exception {
        String stubborn = "trap '' TERM HUP INT; (trap '' TERM; echo $(exec sh -c 'echo $PPID') > grandchild;"
                + " while :; do sleep 60; done) & echo $$ > child; wait";
        try (RunningProgram program = shell("sh -c '" + stubborn.replace("'", "'\\''") + "' & wait")) {
            int child = pidIn("child");
            int grandchild = pidIn("grandchild");
            program.terminate();
            assertThat(lives(child)).isTrue();
            assertThat(lives(grandchild)).isTrue();

            program.close();

            assertThat(exitOf(program)).isInstanceOf(ProgramExit.class);
            assertThat(lives(child)).isFalse();
            assertThat(lives(grandchild)).isFalse();
        }
    }

    @Test
    void killsWhatAProgramLeftBehindAndDoesNotWaitForItsPipes() throws Exception {
        try (RunningProgram program = shell("sleep 600 & echo $! > child; echo last words")) {
            assertThat(exitOf(program)).isEqualTo(new ProgramExit.Exited(0));
            assertThat(output.out()).isEqualTo("last words\n");
            int child = pidIn("child");
            assertThat(program.processes()).containsExactly(child);

            program.close();

            assertThat(lives(child)).isFalse();
        }
    }

    @Test
    void aFloodFromAChildThatLivesOnNeitherDelaysTheExitNorFillsMemory() throws Exception {
        AtomicLong taken = new AtomicLong();
        ProgramOutput counting = new ProgramOutput() {
            @Override
            public void stdout(byte[] bytes, int offset, int count) {
                taken.addAndGet(count);
            }

            @Override
            public void stderr(byte[] bytes, int offset, int count) {}
        };
        try (RunningProgram program = shell("yes & sleep 0.2", counting)) {
            exitOf(program);
            long atExit = taken.get();
            assertThat(atExit).isPositive();
            System.gc();
            long before = usedMemory();
            Thread.sleep(300);
            System.gc();
            assertThat(taken).as("nothing comes after the exit").hasValue(atExit);
            assertThat(usedMemory() - before).isLessThan(50L << 20);
        }
    }

    private static long usedMemory() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @Test
    void findsADaemonThatLeftTheSessionByItsMarks() throws Exception {
        String daemon = "( setsid sh -c 'echo $$ > daemon; exec sleep 600' & ); read line";
        Map<String, String> marks = Map.of("GPUSHARE_TEST_MARK", folder.toString());
        try (RunningProgram marked = runner.start(Command.of("sh", "-c", daemon).directory(folder), IGNORED, marks);
                RunningProgram other = shell("echo $$ > other; exec sleep 600")) {
            int daemonPid = pidIn("daemon");
            int otherPid = pidIn("other");
            assertThat(marked.processes()).doesNotContain(daemonPid);

            marked.close();

            assertThat(lives(daemonPid)).isFalse();
            assertThat(lives(otherPid)).isTrue();
            assertThat(other.exit()).isNotDone();
        }
    }

    @Test
    void killsEverythingAlsoForAThreadThatIsInterrupted() throws Exception {
        RunningProgram program = shell("sleep 600 & echo $! > child; wait");
        int child = pidIn("child");
        Thread.currentThread().interrupt();
        program.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(lives(child)).isFalse();
        assertThat(exitOf(program)).isEqualTo(new ProgramExit.Killed(9));
    }

    @Test
    void sparesAProcessThatGotTheNumberOfAnother() throws Exception {
        try (RunningProgram program = shell("exec sleep 600")) {
            await(() -> lives(program.pid()));
            LiveProcess real = ProcessTable.ofThisMachine().find(program.pid()).orElseThrow();

            ProcessTable.terminate(new LiveProcess(real.pid(), real.parent(), real.session(), real.startTicks() - 1));

            Thread.sleep(50);
            assertThat(lives(program.pid())).isTrue();
        }
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThatThrownBy(() -> runner.start(Command.of("no-such-program"), IGNORED, Map.of()))
                .isInstanceOf(ProgramMissingException.class)
                .hasMessageContaining("'no-such-program'");
        Path program = Files.createSymbolicLink(folder.resolve("true"), Path.of("/bin/true"));
        CommandRunner bare = new CommandRunner(Map.of("PATH", folder.toString()));
        assertThatThrownBy(() -> bare.start(Command.of(program.toString()), IGNORED, Map.of()))
                .isInstanceOf(ProgramMissingException.class)
                .hasMessageContaining("'setsid'");
    }

    @Test
    void leavesNoThreadAndNoFileOpen() throws Exception {
        exitOf(shell("exit 0"));
        int files = openFiles();
        for (int round = 0; round < 8; round++) {
            List<RunningProgram> programs = launchTogether(25, "exec sleep 60");
            programs.forEach(RunningProgram::close);
            for (RunningProgram program : programs) {
                assertThat(exitOf(program)).isEqualTo(new ProgramExit.Killed(9));
            }
        }
        await(() -> ourThreads() == 0);
        await(() -> openFiles() <= files + 5);
    }

    @Test
    void runsSixtyFourAtOnce() throws Exception {
        List<RunningProgram> programs = launchTogether(64, "read line; exit 5");
        for (RunningProgram program : programs) {
            program.send(bytes("go\n"));
        }
        for (RunningProgram program : programs) {
            assertThat(exitOf(program)).isEqualTo(new ProgramExit.Exited(5));
            program.close();
        }
    }

    private List<RunningProgram> launchTogether(int count, String script) throws Exception {
        List<RunningProgram> programs = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RunningProgram>> started = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                started.add(threads.submit(() -> shell(script, IGNORED)));
            }
            for (Future<RunningProgram> one : started) {
                programs.add(one.get());
            }
        }
        return programs;
    }

    private static int openFiles() {
        String[] names = Path.of("/proc/self/fd").toFile().list();
        return names == null ? 0 : names.length;
    }

    private static long ourThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().matches("(stdin|stdout|stderr|end) of sh \\d+"))
                .count();
    }
}
