package io.gpushare.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.cores.CpuSet;
import io.gpushare.failure.GpushareException;
import io.gpushare.fake.EngineTurn;
import io.gpushare.mode.Mount;
import io.gpushare.mode.SomeModes;
import io.gpushare.process.ProgramOutput;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.docker.container.DockerLeftovers;
import io.gpushare.runtime.docker.container.DockerOptions;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineCalls;
import io.gpushare.runtime.docker.engine.EngineProxy;
import io.gpushare.runtime.docker.engine.TestEngine;
import io.gpushare.runtime.docker.gpu.GpuAccess;
import io.gpushare.workload.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Against the engine of DOCKER_HOST, or of the default socket. */
@Tag("docker")
@ExtendWith(EngineTurn.class)
@Timeout(60)
class DockerRuntimeTest {
    private static final Duration REMOVAL = Duration.ofSeconds(20);

    private static Engine engine;

    private final Launches launches = Launches.ofBusybox();
    private final HeardOutput heard = new HeardOutput();
    private DockerRuntime runtime;

    @BeforeAll
    static void makeAnImage() throws IOException {
        engine = TestEngine.withBusybox();
    }

    @BeforeEach
    void open() {
        runtime = DockerRuntime.open(engine, Launches.withoutGpu(List.of()));
    }

    @AfterEach
    void leavesNothingBehind() throws InterruptedException {
        runtime.close();
        // A busy engine takes its time for what it has been told to remove.
        long untilNanos = System.nanoTime() + REMOVAL.toNanos();
        while (!containersOfThisRun().isEmpty() && System.nanoTime() - untilNanos < 0) {
            Thread.sleep(100);
        }
        assertThat(containersOfThisRun()).isEmpty();
    }

    @Test
    void handsOnAllOutputBeforeTheExit() throws Exception {
        Tenant tenant = runtime.launch(launches.shell(0, "echo out; echo err >&2; exit 3"), heard);

        assertThat(exitOf(tenant)).isEqualTo(new TenantExit.Exited(3));
        assertThat(heard.text()).isEqualTo("out\n");
        assertThat(heard.complaints()).isEqualTo("err\n");
    }

    @Test
    void runsOnItsCoresAndNoOthers() throws Exception {
        CpuSet last = CpuSet.of(List.of(
                CpuSet.allowedTo(Path.of("/proc/self")).orElseThrow().numbers().last()));
        assertThat(runtime.cores().asOptional().orElseThrow().cpus())
                .isEqualTo(Runtime.getRuntime().availableProcessors());

        Tenant tenant =
                runtime.launch(launches.on(last).shell(0, "grep Cpus_allowed_list /proc/self/status; read end"), heard);
        heard.await("\n");
        assertThat(heard.text()).isEqualTo("Cpus_allowed_list:\t" + last + "\n");
        assertThat(tenant.processes())
                .isNotEmpty()
                .allSatisfy(pid ->
                        assertThat(CpuSet.allowedTo(Path.of("/proc/" + pid))).contains(last));
    }

    @Test
    void carriesALineThereAndBackWithinMilliseconds() throws Exception {
        Tenant tenant = runtime.launch(launches.program(0, "cat"), heard);
        send(tenant, "warm\n");
        heard.await("warm\n");

        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            long begin = System.nanoTime();
            send(tenant, "line " + i + "\n");
            heard.await("line " + i + "\n");
            nanos.add(System.nanoTime() - begin);
        }

        assertThat(nanos.stream().sorted().toList().get(25))
                .isLessThan(Duration.ofMillis(5).toNanos());
    }

    @Test
    void makesATenantThatFloodsWaitInsteadOfFillingMemory() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicLong bytes = new AtomicLong();
        long before = usedHeap();
        Tenant tenant = runtime.launch(launches.shell(0, "yes | head -c 200000000"), counting(bytes, release));
        HeardOutput neighbour = new HeardOutput();
        Tenant other = runtime.launch(launches.shell(1, "echo heard beside the flood"), neighbour);
        assertThat(exitOf(other)).isEqualTo(new TenantExit.Exited(0));
        neighbour.await("heard beside the flood");

        assertThat(usedHeap() - before).isLessThan(50L << 20);
        assertThat(tenant.exit()).isNotDone();
        release.countDown();

        assertThat(exitOf(tenant)).isEqualTo(new TenantExit.Exited(0));
        assertThat(bytes).hasValue(200_000_000);
    }

    /** The engine loses the kernel's word where a container ends before it came: a busy one does so now and then. */
    @Test
    void tellsATenantThatTookTooMuchMemory() throws Exception {
        Launches small = launches.memory(16 << 20);
        TenantExit exit = new TenantExit.Killed(9);
        for (int number = 0; number < 5 && exit.equals(new TenantExit.Killed(9)); number++) {
            Tenant tenant = runtime.launch(
                    small.program(number, "dd", "if=/dev/zero", "of=/dev/null", "bs=200M", "count=1"), heard);
            exit = exitOf(tenant);
        }

        assertThat(exit).isEqualTo(new TenantExit.OutOfMemory());
    }

    @Test
    void asksATenantToEndAndEndsOneThatWillNot() throws Exception {
        String stubborn = "trap 'echo asked' TERM; echo up; while true; do sleep 0.05; done";
        Tenant tenant = runtime.launch(launches.shell(0, stubborn), heard);
        heard.await("up");

        tenant.terminate();
        heard.await("asked");
        assertThat(tenant.exit()).isNotDone();
        tenant.kill();

        assertThat(exitOf(tenant)).isEqualTo(new TenantExit.Killed(9));
    }

    @Test
    void asksAllProcessesOfATenantToEnd() throws Exception {
        Tenant tenant = runtime.launch(
                launches.shell(
                        0, "(trap 'echo child asked; exit' TERM; echo up; while true; do sleep 0.05; done) & wait"),
                heard);
        heard.await("up");

        tenant.terminate();

        assertThat(exitOf(tenant)).isEqualTo(new TenantExit.Killed(15));
    }

    @Test
    void endsATenantWhoseGpushareIsGone(@TempDir Path folder) throws Exception {
        HeardOutput last = new HeardOutput();
        try (EngineProxy proxy = new EngineProxy(engine, folder.resolve("p.sock"));
                DockerRuntime other = DockerRuntime.open(proxy.engine(), Launches.withoutGpu(List.of()))) {
            Tenant tenant = other.launch(launches.shell(0, "echo up; cat; exit 0"), last);
            last.await("up");
            proxy.goAway();

            assertThat(exitOf(tenant)).isEqualTo(new TenantExit.Lost("the Docker engine went away"));
            assertThatThrownBy(() -> send(tenant, "hello\n")).isInstanceOf(IOException.class);
            assertThat(tenant.processes()).isEmpty();
        }

        // The engine closes its stdin, so that it ends by itself; here only its remains are left.
        List<Leftover> left = containersOfThisRun();
        assertThat(left).hasSize(1);
        leftovers().remove(left.getFirst());
    }

    @Test
    void doesNotHangWhenTheEngineHangs(@TempDir Path folder) throws Exception {
        try (EngineProxy proxy = new EngineProxy(engine, folder.resolve("p.sock"))) {
            EngineCalls impatient = new EngineCalls(proxy.engine(), Duration.ofSeconds(4));
            DockerRuntime other =
                    DockerRuntime.open(proxy.engine(), Launches.withoutGpu(List.of()), Path.of("/"), impatient);
            Tenant tenant = other.launch(launches.program(0, "cat"), heard);
            proxy.fallSilent();

            long begin = System.nanoTime();
            tenant.terminate();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
            other.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(24));
        }
        for (Leftover left : containersOfThisRun()) {
            leftovers().remove(left);
        }
    }

    @Test
    void startsManyAtOnce() throws Exception {
        long begin = System.nanoTime();
        List<Tenant> tenants = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Tenant>> starting = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                int number = i;
                starting.add(threads.submit(() -> runtime.launch(launches.program(number, "cat"), new HeardOutput())));
            }
            for (Future<Tenant> started : starting) {
                tenants.add(started.get());
            }
        }
        long started = System.nanoTime();
        assertThat(tenants).allSatisfy(tenant -> assertThat(tenant.processes()).isNotEmpty());
        long closing = System.nanoTime();
        runtime.close();
        System.err.printf(
                "8 containers: started in %d ms, removed in %d ms%n",
                (started - begin) / 1_000_000, (System.nanoTime() - closing) / 1_000_000);

        assertThat(tenants)
                .allSatisfy(tenant -> assertThat(tenant.exit()).isCompletedWithValue(new TenantExit.Killed(9)));
    }

    @Test
    void givesATenantNoMoreThanItNeeds() throws Exception {
        String look = "id -u; grep -E '^(CapEff|NoNewPrivs):' /proc/self/status; ls /sys/class/net; "
                + "touch /x 2>/dev/null || echo read-only; touch /tmp/x && echo scratch; "
                + "echo $HOME $FROM_WORKLOAD $GPUSHARE_RUN_ID $GPUSHARE_TENANT $GPUSHARE_SEED $NVIDIA_VISIBLE_DEVICES";
        Tenant tenant = runtime.launch(launches.shell(5, look), heard);

        assertThat(exitOf(tenant)).isEqualTo(new TenantExit.Exited(0));
        assertThat(heard.text().lines())
                .containsExactly(
                        "65532",
                        "CapEff:\t0000000000000000",
                        "NoNewPrivs:\t1",
                        "lo",
                        "read-only",
                        "scratch",
                        "/tmp yes " + launches.runId() + " 5 7 void");
    }

    @Test
    void showsTheFoldersThatItIsToSee(@TempDir Path folder) throws Exception {
        Path read = Files.createDirectory(folder.resolve("read"));
        Path write = Files.createDirectory(folder.resolve("write"));
        Files.writeString(read.resolve("data"), "from the host\n");
        assertThat(write.toFile().setWritable(true, false)).isTrue();
        assertThat(folder.toFile().setExecutable(true, false)).isTrue();
        DockerOptions options = Launches.withoutGpu(
                List.of(new Mount(read, "/data/read", true), new Mount(write, "/data/write", false)));
        try (DockerRuntime binding = DockerRuntime.open(engine, options)) {
            Tenant tenant = binding.launch(
                    launches.shell(
                            0,
                            "cat /data/read/data; touch /data/read/x 2>/dev/null || echo refused; echo hi >"
                                    + " /data/write/x"),
                    heard);

            assertThat(exitOf(tenant)).isEqualTo(new TenantExit.Exited(0));
        }
        assertThat(heard.text()).isEqualTo("from the host\nrefused\n");
        assertThat(write.resolve("x")).hasContent("hi");
    }

    @Test
    void givesEveryTenantTheVariablesThatItIsToHave() throws Exception {
        DockerOptions options =
                new DockerOptions(Optional.empty(), List.of(), Map.of("GIVEN", "two words"), false, Map.of());
        try (DockerRuntime giving = DockerRuntime.open(engine, options)) {
            Tenant tenant = giving.launch(launches.shell(0, "echo \"$GIVEN\""), heard);

            assertThat(exitOf(tenant)).isEqualTo(new TenantExit.Exited(0));
        }
        assertThat(heard.text()).isEqualTo("two words\n");
    }

    @Test
    void tellsAProgramThatIsNotThere() throws Exception {
        Tenant tenant = runtime.launch(launches.program(2, "no-such-program"), heard);

        assertThat(exitOf(tenant)).isEqualTo(new TenantExit.Exited(127));
        assertThat(heard.complaints()).contains("no-such-program");
    }

    @Test
    void saysWhatTheEngineSaysOfATenantThatItDoesNotStart(@TempDir Path folder) {
        Mount missing = new Mount(folder.resolve("missing"), "/data/missing", true);
        DockerOptions options = Launches.withoutGpu(List.of(missing));
        try (DockerRuntime binding = DockerRuntime.open(engine, options)) {
            assertThatThrownBy(() -> binding.launch(launches.program(2, "cat"), heard))
                    .isInstanceOf(GpushareException.class)
                    .hasMessageStartingWith("tenant 2 (shell) could not be started in a container: ")
                    .hasMessageContaining(folder.resolve("missing").toString());
        }
    }

    @Test
    void asksForAnImageThatIsNotThereToBeBuilt() throws Exception {
        List<Workload> missing = List.of(launches.image("gpushare-test/none:1").workload(List.of("sh")));

        assertThatThrownBy(() -> runtime.require(missing))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        e -> assertThat(e.advice()).contains("Build it with: gpushare workloads build shell"))
                .hasMessageContaining("does not have the image gpushare-test/none:1 of the workload shell");
    }

    @Test
    void saysThatItDoesNotKnowWhatIsInAnImageThatItDidNotBuild() throws Exception {
        Workload busybox = launches.workload(List.of("sh"));
        runtime.require(List.of(busybox));

        assertThat(runtime.doubts(busybox, Map.of()))
                .singleElement()
                .asString()
                .startsWith("the image gpushare-test/busybox:1 of the workload shell was not built by");
        JsonNode image = runtime.description().at("/images/shell");
        assertThat(image.path("workload_digest").isNull()).isTrue();
        assertThat(image.path("workload_digest_absent").asText()).isNotEmpty();
    }

    @Test
    void looksForAWayForTheGpuBeforeAnythingStarts(@TempDir Path withoutDevices) throws Exception {
        DockerOptions options =
                new DockerOptions(Optional.of(GpuAccess.Kind.DEVICE_NODES), List.of(), Map.of(), true, Map.of());
        try (DockerRuntime onGpu = DockerRuntime.open(engine, options, withoutDevices, new EngineCalls(engine))) {
            onGpu.require(List.of(launches.workload(List.of("sh"))));

            assertThatThrownBy(() -> onGpu.require(
                            List.of(launches.onGpu(SomeModes.wholeGpu("GPU-1")).workload(List.of("sh")))))
                    .isInstanceOf(GpushareException.class)
                    .hasMessageStartingWith("no GPU gets into a container here by device nodes");
        }
    }

    @Test
    void marksContainersWithTheirOwner() throws Exception {
        runtime.launch(launches.program(0, "cat"), heard);

        Leftover mine = containersOfThisRun().getFirst();

        assertThat(mine.owner().map(RunOwner::state)).contains(RunOwner.State.RUNNING);
        assertThat(mine.name()).isEqualTo("gpushare-" + launches.runId() + "-0");
        assertThat(runtime.description().path("images").path("shell").path("id").asText())
                .startsWith("sha256:");
    }

    @Test
    void removesWhatAnInterruptedLaunchHadStarted() throws Exception {
        Thread launching = Thread.ofPlatform().start(() -> {
            try {
                runtime.launch(launches.program(0, "cat"), heard);
            } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
            }
        });
        TimeUnit.MILLISECONDS.sleep(30);
        launching.interrupt();
        launching.join();

        assertThat(containersOfThisRun()).isEmpty();
    }

    private static TenantExit exitOf(Tenant tenant) throws Exception {
        return tenant.exit().get(30, TimeUnit.SECONDS);
    }

    private static void send(Tenant tenant, String line) throws IOException {
        tenant.send(line.getBytes(StandardCharsets.UTF_8));
    }

    private DockerLeftovers leftovers() {
        return new DockerLeftovers(() -> new EngineAnswer.Found(engine));
    }

    private List<Leftover> containersOfThisRun() throws InterruptedException {
        return leftovers().find().stream()
                .filter(container -> container.runId().equals(launches.runId()))
                .toList();
    }

    private static ProgramOutput counting(AtomicLong bytes, CountDownLatch release) {
        return new ProgramOutput() {
            @Override
            public void stdout(byte[] from, int offset, int count) {
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                bytes.addAndGet(count);
            }

            @Override
            public void stderr(byte[] from, int offset, int count) {}
        };
    }

    private static long usedHeap() {
        System.gc();
        Runtime machine = Runtime.getRuntime();
        return machine.totalMemory() - machine.freeMemory();
    }
}
