package io.gpushare.runtime.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.DriverPause;
import io.gpushare.mode.ActiveMode;
import io.gpushare.mode.MigLayout;
import io.gpushare.mode.ModeRequest;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.Placement;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.SomeModes;
import io.gpushare.process.ProgramOutput;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.sim.Simulation;
import io.gpushare.time.Time;
import io.gpushare.time.VirtualTime;
import io.gpushare.workload.Parameter;
import io.gpushare.workload.Workload;
import io.gpushare.workload.protocol.Instruction;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SimulatedRuntimeTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Time time = new VirtualTime();
    private final Simulation simulation = Simulation.of("h200", 7, time);
    private final SimulatedRuntime runtime = new SimulatedRuntime(simulation);

    @AfterEach
    void end() {
        runtime.close();
    }

    @Test
    void speaksTheProtocolFromHelloToResult() throws Exception {
        Said said = new Said(time);
        try (Tenant tenant = runtime.launch(launch(0, "resnet-infer", wholeGpu(), "--batch", "16"), said)) {
            said.await("ready");
            tenant.send(start(Duration.ofMillis(50)));
            said.await("window");
            tenant.send(new Instruction.Stop().line());
            assertThat(exit(tenant)).isEqualTo(new TenantExit.Exited(0));
            assertThatThrownBy(() -> tenant.send(new Instruction.Stop().line())).isInstanceOf(IOException.class);
        }
        assertThat(said.types().subList(0, 4)).containsExactly("hello", "ready", "started", "window");
        assertThat(said.types().getLast()).isEqualTo("result");
        JsonNode hello = said.first("hello");
        assertThat(hello.at("/settings/batch").asText()).isEqualTo("16");
        assertThat(hello.at("/device/uuid").asText())
                .isEqualTo(simulation.machine().gpuUuid());
        assertThat(hello.at("/device/sm_count").asInt()).isEqualTo(132);
        assertThat(said.first("started").path("late_ns").asLong()).isBetween(0L, 100_000_000L);
        assertThat(said.first("result").path("units").asDouble()).isPositive();
    }

    @Test
    void windowsJoinAndAddUp() throws Exception {
        Said said = new Said(time);
        try (Tenant tenant = runtime.launch(launch(0, "bert-infer", wholeGpu()), said)) {
            said.await("ready");
            tenant.send(start(Duration.ofMillis(50)));
            said.await("window", 2);
            time.sleep(Duration.ofMillis(200));
            tenant.send(new Instruction.Stop().line());
            exit(tenant);
        }
        long until = 0;
        long steps = 0;
        List<JsonNode> windows = said.all("window");
        assertThat(windows).hasSizeGreaterThanOrEqualTo(3);
        for (int i = 0; i < windows.size(); i++) {
            JsonNode window = windows.get(i);
            assertThat(window.path("index").asInt()).isEqualTo(i);
            assertThat(window.path("from_ns").asLong()).isEqualTo(until);
            until = window.path("until_ns").asLong();
            steps += window.path("steps").asLong();
            long counted = 0;
            for (JsonNode count : window.path("latency")) {
                counted += count.asLong();
            }
            assertThat(counted).isEqualTo(window.path("steps").asLong());
            if (i < windows.size() - 1) {
                assertThat(until - window.path("from_ns").asLong()).isBetween(1_000_000_000L, 1_010_000_000L);
                assertThat(window.path("steps").asLong()).isBetween(300L, 350L);
            }
        }
        assertThat(said.first("result").path("steps").asLong()).isEqualTo(steps);
    }

    @Test
    void theSameSeedGivesTheSameWindows() throws Exception {
        List<JsonNode> first = firstWindows();
        List<JsonNode> second = firstWindows();
        assertThat(second).isEqualTo(first);
    }

    private List<JsonNode> firstWindows() throws Exception {
        List<JsonNode> windows = new ArrayList<>();
        try (ActiveMode mps = simulation.modes().activate(SomeModes.request(SharingMode.mps(), 2), DriverPause.NONE)) {
            Said a = new Said(time);
            Said b = new Said(time);
            try (Tenant one = runtime.launch(
                            launch(0, "bert-infer", mps.placements().get(0)), a);
                    Tenant two =
                            runtime.launch(launch(1, "stream", mps.placements().get(1)), b)) {
                a.await("ready");
                b.await("ready");
                byte[] start = start(Duration.ofMillis(100));
                one.send(start);
                two.send(start);
                a.await("window");
                b.await("window");
                one.kill();
                two.kill();
                exit(one);
                exit(two);
            }
            windows.add(a.first("window"));
            windows.add(b.first("window"));
        }
        return windows;
    }

    @Test
    void killEndsItInTheMiddleAndGivesItsMemoryBack() throws Exception {
        Said said = new Said(time);
        try (Tenant tenant = runtime.launch(launch(0, "resnet-train", wholeGpu()), said)) {
            said.await("ready");
            assertThat(usedBytes()).isPositive();
            tenant.send(start(Duration.ZERO));
            said.await("started");
            tenant.kill();
            assertThat(exit(tenant)).isEqualTo(new TenantExit.Killed(9));
        }
        assertThat(usedBytes()).isZero();
        assertThat(said.types()).doesNotContain("result");
    }

    @Test
    void terminateEndsItWhileItLoads() throws Exception {
        Said said = new Said(time);
        try (Tenant tenant = runtime.launch(launch(0, "resnet-train", wholeGpu()), said)) {
            said.await("hello");
            tenant.terminate();
            assertThat(exit(tenant)).isEqualTo(new TenantExit.Killed(15));
        }
    }

    @Test
    void stopBeforeTheStartEndsItAtOnce() throws Exception {
        Said said = new Said(time);
        try (Tenant tenant = runtime.launch(launch(0, "spin", Placement.withoutGpu()), said)) {
            tenant.send(new Instruction.Stop().line());
            assertThat(exit(tenant)).isEqualTo(new TenantExit.Exited(0));
        }
        assertThat(said.types()).containsExactly("hello", "ready");
        assertThat(said.first("hello").path("device").isNull()).isTrue();
    }

    @Test
    void tooLittleMemoryIsAnErrorOfTheTenant() throws Exception {
        try (ActiveMode mig = simulation
                .modes()
                .activate(SomeModes.request(SharingMode.mig(new MigLayout.Balanced()), 7), DriverPause.NONE)) {
            Said said = new Said(time);
            try (Tenant tenant = runtime.launch(
                    launch(3, "resnet-train", mig.placements().get(3), "--batch", "256", "--image-size", "224"),
                    said)) {
                assertThat(exit(tenant)).isEqualTo(new TenantExit.Exited(1));
            }
            assertThat(said.first("error").path("kind").asText()).isEqualTo("oom");
            assertThat(said.first("error").path("message").asText()).contains("1g.18gb");
        }
    }

    @Test
    void clientsOfMpsSayWhatTheyWereLeft() throws Exception {
        MpsSettings quarter = new MpsSettings(OptionalInt.of(25), OptionalLong.of(1L << 30), Optional.empty());
        ModeRequest request = new ModeRequest(
                SharingMode.mps(),
                List.of(ModeRequest.TenantNeeds.NONE, new ModeRequest.TenantNeeds(quarter, OptionalInt.empty())),
                false);
        try (ActiveMode mps = simulation.modes().activate(request, DriverPause.NONE)) {
            Said whole = new Said(time);
            Said limited = new Said(time);
            try (Tenant free = runtime.launch(
                            launch(0, "launch-rate", mps.placements().get(0)), whole);
                    Tenant second = runtime.launch(
                            launch(1, "launch-rate", mps.placements().get(1)), limited)) {
                whole.await("ready");
                limited.await("ready");
                assertThat(whole.first("hello").at("/device/sm_count").asInt()).isEqualTo(132);
                assertThat(limited.first("hello").at("/device/sm_count").asInt())
                        .isEqualTo(32);
                assertThat(free.processes())
                        .containsExactly(whole.first("hello").path("pid").asInt());
                assertThat(second.processes()).doesNotContainAnyElementsOf(free.processes());
            }
            Said refused = new Said(time);
            try (Tenant tooLarge =
                    runtime.launch(launch(1, "bert-infer", mps.placements().get(1)), refused)) {
                assertThat(exit(tooLarge)).isEqualTo(new TenantExit.Exited(1));
            }
            assertThat(refused.first("error").path("kind").asText()).isEqualTo("oom");
        }
    }

    @Test
    void workloadsThatTheModelDoesNotKnowAreRefusedBeforeAnythingStarts() {
        assertThatThrownBy(() -> runtime.require(List.of(workload("spin"), workload("blender"))))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("blender");
    }

    @Test
    void sixtyFourTenantsCostLittle() throws Exception {
        List<Said> said = new ArrayList<>();
        List<Tenant> tenants = new ArrayList<>();
        String[] names = {"resnet-train", "resnet-infer", "bert-infer", "llm-decode", "notebook", "spin"};
        try (ActiveMode mps = simulation.modes().activate(SomeModes.request(SharingMode.mps(), 64), DriverPause.NONE)) {
            for (int i = 0; i < 64; i++) {
                said.add(new Said(time));
                tenants.add(runtime.launch(
                        launch(i, names[i % names.length], mps.placements().get(i)), said.get(i)));
            }
            for (Said one : said) {
                one.await("ready");
            }
            long cpuBefore = processCpuNanos();
            byte[] start = start(Duration.ofMillis(100));
            for (Tenant tenant : tenants) {
                tenant.send(start);
            }
            for (Said one : said) {
                one.await("window", 3);
            }
            double cores = (processCpuNanos() - cpuBefore) / 3.1e9;
            System.out.println("64 simulated tenants cost " + cores + " cores");
            assertThat(cores).isLessThan(1.0);
            runtime.close();
            for (Tenant tenant : tenants) {
                assertThat(exit(tenant)).isEqualTo(new TenantExit.Killed(9));
            }
        }
    }

    private static long processCpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private TenantExit exit(Tenant tenant) throws Exception {
        for (int looks = 0; !tenant.exit().isDone() && looks < 10_000; looks++) {
            time.sleep(Duration.ofMillis(1));
        }
        return tenant.exit().getNow(new TenantExit.Lost("it lives on"));
    }

    private byte[] start(Duration ahead) {
        return new Instruction.Start(time.unixNanos() + ahead.toNanos(), Duration.ofSeconds(3)).line();
    }

    private Placement wholeGpu() {
        return simulation.modes().alone();
    }

    private long usedBytes() {
        return simulation
                .driver()
                .gpus()
                .getFirst()
                .memory()
                .asOptional()
                .orElseThrow()
                .usedBytes();
    }

    private static TenantLaunch launch(int number, String workload, Placement placement, String... arguments) {
        return new TenantLaunch(
                "run",
                number,
                workload(workload),
                List.of(arguments),
                Map.of(),
                placement,
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    private static Workload workload(String name) {
        return new Workload(
                name,
                "",
                Workload.Kind.INFERENCE,
                "sample",
                Workload.GpuNeed.OPTIONAL,
                Path.of("."),
                List.of("python3", name + ".py"),
                Optional.empty(),
                Workload.Launch.PARALLEL,
                Duration.ofSeconds(30),
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(
                        "batch", parameter("batch", "--batch"),
                        "image_size", parameter("image_size", "--image-size")),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Workload.Origin.FOLDER,
                "");
    }

    private static Parameter parameter(String name, String flag) {
        return new Parameter(name, flag, Parameter.Type.INTEGER, Optional.empty(), List.of(), Optional.empty(), "");
    }

    /** What a tenant said, a message a line. */
    private static final class Said implements ProgramOutput {
        private final Time time;
        private final List<JsonNode> messages = new ArrayList<>();

        Said(Time time) {
            this.time = time;
        }

        @Override
        public synchronized void stdout(byte[] bytes, int offset, int count) {
            String line = new String(bytes, offset, count, StandardCharsets.UTF_8);
            assertThat(line).startsWith("{\"gpushare\":1,").endsWith("}\n");
            try {
                messages.add(MAPPER.readTree(line));
            } catch (IOException notJson) {
                throw new AssertionError(line, notJson);
            }
        }

        @Override
        public void stderr(byte[] bytes, int offset, int count) {
            throw new AssertionError("a simulated tenant has no stderr");
        }

        void await(String type) throws InterruptedException {
            await(type, 1);
        }

        void await(String type, int count) throws InterruptedException {
            long end = time.nanos() + Duration.ofSeconds(30).toNanos();
            while (all(type).size() < count) {
                if (time.nanos() > end) {
                    throw new AssertionError("no " + type + " among " + types());
                }
                time.sleep(Duration.ofMillis(1));
            }
        }

        synchronized List<String> types() {
            return messages.stream()
                    .map(message -> message.path("type").asText())
                    .toList();
        }

        synchronized List<JsonNode> all(String type) {
            return messages.stream()
                    .filter(message -> message.path("type").asText().equals(type))
                    .toList();
        }

        JsonNode first(String type) {
            return all(type).getFirst();
        }
    }
}
