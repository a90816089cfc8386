package io.gpushare.mode.nvidia;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.setup.GpuControl.DaemonState;
import io.gpushare.mode.setup.GpuControl.Server;
import io.gpushare.mode.setup.MpsDaemon;
import io.gpushare.process.Command;
import io.gpushare.process.CommandRunner;
import io.gpushare.process.LiveProcess;
import io.gpushare.process.ProcessTable;
import io.gpushare.process.RunningProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MpsDaemonsTest {
    @TempDir
    Path temporary;

    private ControlledGpu gpu;
    private MpsDaemon daemon;

    @BeforeEach
    void makeAGpu() throws InterruptedException {
        gpu = ControlledGpu.of(temporary, "--gpu", "h200");
        daemon = daemon(MpsSettings.NONE);
    }

    @AfterEach
    void endAll() {
        new MpsProcesses().kill(folder(), Duration.ofSeconds(5));
        gpu.close();
    }

    private Path folder() {
        return temporary.resolve("mps");
    }

    private MpsDaemon daemon(MpsSettings defaults) {
        return new MpsDaemon(folder(), new MpsDaemon.Device.WholeGpu(), OptionalInt.empty(), defaults);
    }

    private void start() throws InterruptedException {
        gpu.control.perform(new Change.StartDaemon(daemon));
    }

    private void stop() throws InterruptedException {
        gpu.control.perform(new Change.StopDaemon(daemon));
    }

    private List<MpsDaemon> running() throws InterruptedException {
        return gpu.control.read(List.of(daemon)).daemons();
    }

    private DaemonState state() throws InterruptedException {
        return gpu.control.daemon(daemon.pipeDirectory());
    }

    private RunningProgram tenant() {
        return gpu.machine
                .runner()
                .start(
                        Command.of("fake-tenant", "--alone", "60"),
                        new Silence(),
                        Map.of("CUDA_MPS_PIPE_DIRECTORY", daemon.pipeDirectory().toString()));
    }

    private Server awaitServerWithClient() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < deadline) {
            if (state() instanceof DaemonState.Running(List<Server> servers)
                    && servers.stream().anyMatch(server -> !server.clients().isEmpty())) {
                return servers.getFirst();
            }
            Thread.sleep(10);
        }
        throw new AssertionError("no client came: " + state());
    }

    private LiveProcess anyProcess() {
        return new MpsProcesses().of(folder()).getFirst();
    }

    private void assertNothingIsLeft() throws InterruptedException {
        assertThat(new MpsProcesses().of(folder())).isEmpty();
        assertThat(folder()).doesNotExist();
        assertThat(state()).isInstanceOf(DaemonState.Absent.class);
        assertThat(running()).isEmpty();
    }

    @Test
    void startsADaemonThatAnswers() throws InterruptedException {
        assertThat(state()).isInstanceOf(DaemonState.Absent.class);
        start();
        assertThat(state()).isEqualTo(new DaemonState.Running(List.of()));
        assertThat(running()).containsExactly(daemon);
        Map<String, String> environment = ProcessTable.ofThisMachine().environment(anyProcess());
        assertThat(environment)
                .containsEntry("CUDA_VISIBLE_DEVICES", gpu.control.gpu().uuid())
                .doesNotContainKey("GPUSHARE_CHANGE");
    }

    @Test
    void keepsItsFolderToTheOwner() throws InterruptedException, IOException {
        start();
        for (Path path : List.of(daemon.folder(), daemon.pipeDirectory(), daemon.logDirectory())) {
            assertThat(Files.getAttribute(path, "unix:mode").hashCode() & 0777).isEqualTo(0700);
        }
    }

    @Test
    void givesTheFolderToTheTenantsUser() throws InterruptedException, IOException {
        Assumptions.assumeTrue(MpsFolder.ownUserId() == 0, "only root can give a folder away");
        daemon = new MpsDaemon(folder(), new MpsDaemon.Device.WholeGpu(), OptionalInt.of(65534), MpsSettings.NONE);
        start();
        assertThat(Files.getAttribute(daemon.folder(), "unix:uid")).isEqualTo(65534);
        assertThat(Files.getAttribute(daemon.pipeDirectory(), "unix:uid")).isEqualTo(65534);
        stop();
        assertNothingIsLeft();
    }

    @Test
    void refusesAUserWhomItWouldNotServe() {
        MpsDaemon ofAnother =
                new MpsDaemon(folder(), new MpsDaemon.Device.WholeGpu(), OptionalInt.of(1000), MpsSettings.NONE);
        assertThat(Refused.words(() -> MpsFolder.require(ofAnother, 1001)))
                .contains("user 1000")
                .contains("sudo");
        MpsFolder.require(ofAnother, 1000);
        MpsFolder.require(ofAnother, 0);
    }

    @Test
    void refusesAFolderThatLiesTooDeep() {
        daemon = new MpsDaemon(
                temporary.resolve("x".repeat(80)),
                new MpsDaemon.Device.WholeGpu(),
                OptionalInt.empty(),
                MpsSettings.NONE);
        assertThat(Refused.words(this::start)).contains("107").contains("shorter");
        assertThat(daemon.folder()).doesNotExist();
    }

    @Test
    void seesServersUsersAndClients() throws InterruptedException {
        start();
        try (RunningProgram tenant = tenant()) {
            Server server = awaitServerWithClient();
            assertThat(server.clients()).containsExactly(tenant.pid());
            assertThat(server.userId()).isEqualTo(Optional.of(MpsFolder.ownUserId()));
        }
    }

    @Test
    void endsADaemonWithItsServerAndFolder() throws InterruptedException {
        start();
        try (RunningProgram tenant = tenant()) {
            awaitServerWithClient();
            stop();
            assertNothingIsLeft();
            assertThat(tenant.exit()).succeedsWithin(Duration.ofSeconds(5));
        }
    }

    @Test
    void endsNothingTwice() throws InterruptedException {
        stop();
        start();
        stop();
        gpu.machine.clearLog();
        stop();
        assertThat(gpu.machine.commands()).isEmpty();
        assertNothingIsLeft();
    }

    @Test
    void refusesToStartWhereADaemonRuns() throws InterruptedException {
        start();
        LiveProcess first = anyProcess();
        assertThat(Refused.words(this::start)).contains("already");
        assertThat(anyProcess()).isEqualTo(first);
        assertThat(state()).isInstanceOf(DaemonState.Running.class);
    }

    @Test
    void leavesADaemonAloneThatOnlyTheToolKnowsOf() throws InterruptedException {
        MpsFolder.create(daemon);
        runUnmarkedIn(daemon.pipeDirectory());
        assertThat(Refused.words(this::start)).contains("already");
        assertThat(Refused.words(this::stop)).contains("not this user's").contains("quit");
        assertThat(state()).isEqualTo(new DaemonState.Running(List.of()));
    }

    private void runUnmarkedIn(Path pipeDirectory) throws InterruptedException {
        gpu.machine
                .runner()
                .run(Command.of("nvidia-cuda-mps-control", "-d")
                        .environment("CUDA_MPS_PIPE_DIRECTORY", pipeDirectory.toString())
                        .environment("CUDA_MPS_LOG_DIRECTORY", temporary.toString()))
                .requireSuccess("start MPS");
    }

    @Test
    void leavesNothingOfADaemonThatStartsSilentlyAndIsNotThere() throws InterruptedException {
        gpu.machine.misbehave("daemon-silent-start");
        assertThat(Refused.words(this::start)).contains("exited with 0, but no daemon runs");
        assertNothingIsLeft();
    }

    @Test
    void endsADaemonThatNeverAnswers() throws InterruptedException {
        gpu.machine.misbehave("daemon-hangs");
        assertThat(Refused.words(this::start)).contains("does not answer");
        assertNothingIsLeft();
    }

    @Test
    void endsADaemonThatStoppedAnswering() throws InterruptedException {
        start();
        gpu.machine.misbehave("daemon-hangs");
        assertThat(state()).isInstanceOf(DaemonState.Unclear.class);
        assertThat(running()).containsExactly(daemon);
        stop();
        assertNothingIsLeft();
    }

    @Test
    void tellsAStarterThatHangs() throws InterruptedException, IOException {
        Path tool = Files.writeString(
                Files.createDirectory(temporary.resolve("bin")).resolve("nvidia-cuda-mps-control"),
                "#!/bin/sh\nexec sleep 60\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        MpsStart start = start(Map.of("PATH", tool.getParent() + ":/usr/bin:/bin"));
        assertThat(Refused.words(() -> start.start(daemon, "GPU-1"))).contains("hung");
        assertNothingIsLeft();
    }

    private static MpsStart start(Map<String, String> environment) {
        var runner = new CommandRunner(environment);
        MpsDaemons daemons = new MpsDaemons(runner, new ChangeMark("GPU-1"), ControlledGpu.SHORT);
        return new MpsStart(runner, daemons, ControlledGpu.SHORT);
    }

    @Test
    void saysThatTheProgramsOfMpsAreMissing() throws InterruptedException {
        assertThat(Refused.words(() -> start(Map.of("PATH", "/nowhere")).start(daemon, "GPU-1")))
                .contains("nvidia-cuda-mps-control");
        assertNothingIsLeft();
    }

    @Test
    void cleansUpAfterADaemonThatWasKilled() throws InterruptedException {
        start();
        ProcessHandle.of(anyProcess().pid()).orElseThrow().destroyForcibly();
        assertThat(new MpsProcesses().awaitEnd(folder(), Duration.ofSeconds(5))).isTrue();
        assertThat(running()).isEmpty();
        assertThat(daemon.folder()).exists();
        stop();
        assertNothingIsLeft();
    }

    @Test
    void endsAServerWhoseDaemonAndFolderHaveGone() throws InterruptedException {
        start();
        try (RunningProgram server = gpu.machine
                .runner()
                .start(Command.of("sleep", "60"), new Silence(), Map.of(MpsProcesses.MARK, folder().toString()))) {
            new MpsProcesses()
                    .of(folder()).stream()
                            .filter(process -> process.pid() != server.pid())
                            .forEach(process ->
                                    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly));
            MpsFolder.delete(folder());
            assertThat(state()).isInstanceOf(DaemonState.Unclear.class);
            assertThat(running()).containsExactly(daemon);
            stop();
            assertThat(server.exit()).succeedsWithin(Duration.ofSeconds(5));
        }
        assertNothingIsLeft();
    }

    @Test
    void killsAProcessThatDoesNotHeedTheSignal() throws InterruptedException {
        try (RunningProgram stubborn = gpu.machine
                .runner()
                .start(
                        Command.of("sh", "-c", "trap '' TERM; while :; do sleep 0.05; done"),
                        new Silence(),
                        Map.of(MpsProcesses.MARK, folder().toString()))) {
            stop();
            assertThat(stubborn.exit()).succeedsWithin(Duration.ofSeconds(5));
        }
        assertNothingIsLeft();
    }

    @Test
    void doesNotTouchADaemonInAnotherFolder() throws InterruptedException, IOException {
        Path other = Files.createDirectory(temporary.resolve("other"));
        runUnmarkedIn(other);
        start();
        stop();
        assertThat(gpu.control.daemon(other)).isInstanceOf(DaemonState.Running.class);
    }

    @Test
    void findsTheDaemonsOfOthersOnly() throws InterruptedException, IOException {
        Path other = Files.createDirectory(temporary.resolve("other"));
        runUnmarkedIn(other);
        start();
        assertThat(gpu.control.daemonsOfOthers()).contains(other).doesNotContain(daemon.pipeDirectory());
    }

    @Test
    void tellsADaemonItsDefaults() throws InterruptedException {
        daemon = daemon(new MpsSettings(OptionalInt.of(40), OptionalLong.of(1L << 30), Optional.of(MpsPriority.LOW)));
        start();
        assertThat(ask("get_default_active_thread_percentage")).isEqualTo("40.0");
        assertThat(ask("get_default_client_priority")).isEqualTo("1");
    }

    @Test
    void refusesAPercentageThatCameFromItsOwnEnvironment() throws InterruptedException {
        Map<String, String> environment = new HashMap<>(gpu.machine.environment());
        environment.put("CUDA_MPS_ACTIVE_THREAD_PERCENTAGE", "50");
        assertThat(Refused.words(
                        () -> start(environment).start(daemon, gpu.control.gpu().uuid())))
                .contains("50.0")
                .contains("CUDA_MPS_ACTIVE_THREAD_PERCENTAGE");
        assertNothingIsLeft();
    }

    private String ask(String question) throws InterruptedException {
        return gpu.machine
                .runner()
                .run(Command.of("nvidia-cuda-mps-control")
                        .environment(
                                "CUDA_MPS_PIPE_DIRECTORY",
                                daemon.pipeDirectory().toString())
                        .stdin(question + "\n"))
                .stdout()
                .strip();
    }

    @Test
    void leavesNothingWhenItsStartIsInterrupted() throws InterruptedException {
        gpu.machine.misbehave("daemon-hangs");
        Thread starter = Thread.ofPlatform()
                .start(() ->
                        assertThatExceptionOfType(InterruptedException.class).isThrownBy(this::start));
        while (new MpsProcesses().of(folder()).isEmpty()) {
            Thread.sleep(5);
        }
        starter.interrupt();
        starter.join();
        assertNothingIsLeft();
    }

    @Test
    void worksOnAMigDevice() throws InterruptedException, IOException {
        gpu.control.perform(new Change.SwitchMig(true));
        gpu.create(ControlledGpu.whole("3g.71gb", 4, 4));
        daemon = new MpsDaemon(folder(), new MpsDaemon.Device.Instance(4, 0), OptionalInt.empty(), MpsSettings.NONE);
        start();
        assertThat(ProcessTable.ofThisMachine().environment(anyProcess()))
                .containsEntry(
                        "CUDA_VISIBLE_DEVICES", gpu.control.devices().getFirst().uuid());
    }

    @Test
    void saysThatItsMigDeviceIsNotThere() {
        daemon = new MpsDaemon(folder(), new MpsDaemon.Device.Instance(4, 0), OptionalInt.empty(), MpsSettings.NONE);
        assertThat(Refused.words(this::start)).contains("there is no MIG device at 4");
        assertThat(daemon.folder()).doesNotExist();
    }

    @Test
    void isRefusedBeforeAnythingIsDoneWhereItsProgramsAreMissing() throws IOException {
        Map<String, String> environment = new HashMap<>(gpu.machine.environment());
        environment.put(
                "PATH", Files.createDirectory(temporary.resolve("empty")).toString());

        assertThat(Refused.words(() -> start(environment).require(daemon))).contains("nvidia-cuda-mps-control");
        assertThat(daemon.folder()).doesNotExist();
        gpu.control.require(new Change.StartDaemon(daemon));
    }

    @Test
    void isRefusedBeforeAnythingIsDoneWhereItsSocketsWouldLieTooDeep() {
        daemon = new MpsDaemon(
                folder().resolve("a-folder-with-a-long-name".repeat(4)),
                new MpsDaemon.Device.WholeGpu(),
                OptionalInt.empty(),
                MpsSettings.NONE);

        assertThat(Refused.words(() -> gpu.control.require(new Change.StartDaemon(daemon))))
                .contains("lies too deep");
    }

    @Test
    void rootFollowsNothingThatTheTenantsUserHasPutIntoItsFolder() throws IOException, InterruptedException {
        Assumptions.assumeTrue(MpsFolder.ownUserId() == 0, "only root can give a folder away");
        Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("precious"), "of somebody else");
        Files.setAttribute(Files.createDirectory(folder()), "unix:uid", 65534);
        Files.createSymbolicLink(folder().resolve("pipe"), elsewhere);
        daemon = new MpsDaemon(folder(), new MpsDaemon.Device.WholeGpu(), OptionalInt.of(65534), MpsSettings.NONE);

        start();

        assertThat(daemon.pipeDirectory()).isDirectory().isNotSameAs(elsewhere);
        assertThat(Files.isSymbolicLink(daemon.pipeDirectory())).isFalse();
        assertThat(Files.getAttribute(elsewhere, "unix:uid")).isEqualTo(0);
        Files.createSymbolicLink(daemon.pipeDirectory().resolve("link"), elsewhere);
        stop();
        assertThat(folder()).doesNotExist();
        assertThat(elsewhere.resolve("precious")).exists();
    }

    @Test
    void refusesAFolderOfSomebodyElse() throws IOException {
        Assumptions.assumeTrue(MpsFolder.ownUserId() == 0, "only root can give a folder away");
        Files.setAttribute(Files.createDirectory(folder()), "unix:uid", 65534);
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(this::start)
                .withMessageContaining("belongs to user 65534");
        assertThat(folder()).exists();
    }
}
