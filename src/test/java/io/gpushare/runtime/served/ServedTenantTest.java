package io.gpushare.runtime.served;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.analysis.LatencyCounts;
import io.gpushare.load.http.TestServer;
import io.gpushare.load.scenario.EarlyStop;
import io.gpushare.load.scenario.ScenarioResult;
import io.gpushare.load.words.LoadWords;
import io.gpushare.mode.Placement;
import io.gpushare.process.ProgramOutput;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.foreign.ForeignRuntime;
import io.gpushare.time.Time;
import io.gpushare.workload.Workload;
import io.gpushare.workload.protocol.Instruction;
import io.gpushare.workload.protocol.MessageOrder;
import io.gpushare.workload.protocol.ProtocolListener;
import io.gpushare.workload.protocol.ProtocolReader;
import io.gpushare.workload.protocol.TenantMessage;
import io.gpushare.workload.server.ServerProgram;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class ServedTenantTest {
    private static final Duration MEASURED = Duration.ofSeconds(2);

    private final List<TenantMessage> said = new CopyOnWriteArrayList<>();
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private Optional<ServerRuntime> servers = Optional.empty();
    private @Nullable Tenant launched;

    @AfterEach
    void closeAll() {
        if (launched != null) {
            launched.close();
        }
        servers.ifPresent(ServerRuntime::close);
    }

    private Tenant tenant() {
        return requireNonNull(launched);
    }

    private static ServedLoad load(TenantMessage.Result result) {
        return ServedLoad.read(requireNonNull(result.more().get(ServedLoad.FIELD)));
    }

    private static Workload workload(ServerProgram server, String unit) {
        return new Workload(
                "serves",
                "Serves.",
                Workload.Kind.SERVER,
                unit,
                Workload.GpuNeed.NONE,
                Path.of("/"),
                server.attached() ? List.of() : List.of("serve", "--port=${PORT}", "${HOST}", "${MEMORY_FRACTION}"),
                Optional.empty(),
                Workload.Launch.PARALLEL,
                Duration.ofMinutes(1),
                false,
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Map.of(),
                List.of(),
                Optional.empty(),
                Optional.of(server),
                Workload.Origin.FOLDER,
                "0");
    }

    private static LoadWords load(String... words) {
        Map<String, String> named = new TreeMap<>(Map.of("warm_up", "0"));
        for (String word : words) {
            named.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        return new LoadWords(new TreeMap<>(named), Map.of(), Path.of("/"));
    }

    private void launch(TestServer.Behaviour behaviour, boolean stubborn, LoadWords load, String unit)
            throws Exception {
        servers = Optional.of(new ServerRuntime(behaviour, stubborn));
        launch(new ServerProgram(Optional.empty(), Optional.of("/health"), 3, load), servers.get(), unit);
    }

    private void launch(ServerProgram server, ServerRuntime runtime, String unit) throws Exception {
        ProtocolReader reader = new ProtocolReader(new Heard());
        ProgramOutput output = new ProgramOutput() {
            @Override
            public void stdout(byte[] bytes, int offset, int count) {
                reader.feed(bytes, offset, count);
            }

            @Override
            public void stderr(byte[] bytes, int offset, int count) {}
        };
        launched = new ForeignRuntime(runtime, Time.real())
                .launch(
                        new TenantLaunch(
                                "run",
                                0,
                                workload(server, unit),
                                List.of(),
                                Map.of("GPUSHARE_SEED", "7", "GPUSHARE_MEMORY_FRACTION", "0.45"),
                                Placement.withoutGpu(),
                                Optional.empty(),
                                Optional.of(server.load()),
                                OptionalInt.empty()),
                        output);
    }

    private final class Heard implements ProtocolListener {
        private final MessageOrder order = new MessageOrder();

        @Override
        public void message(TenantMessage message) {
            order.violationBy(message).ifPresent(violations::add);
            said.add(message);
        }

        @Override
        public void log(byte[] bytes, int offset, int count) {}

        @Override
        public void violation(String problem) {
            violations.add(problem);
        }
    }

    private <T extends TenantMessage> T said(Class<T> type) throws InterruptedException {
        while (said.stream().noneMatch(type::isInstance)) {
            Thread.sleep(5);
        }
        return said.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }

    private void measure() throws Exception {
        said(TenantMessage.Ready.class);
        begin();
        Thread.sleep(MEASURED.plusMillis(200));
        tenant().send(new Instruction.Stop().line());
    }

    private void begin() throws Exception {
        tenant().send(new Instruction.Start(Time.real().unixNanos() + 100_000_000, MEASURED).line());
    }

    private List<TenantMessage.Window> windows() {
        return said.stream()
                .filter(TenantMessage.Window.class::isInstance)
                .map(TenantMessage.Window.class::cast)
                .toList();
    }

    private static boolean slowly(TestServer.Call call) throws Exception {
        Thread.sleep(20);
        return call.ok();
    }

    private static TestServer.Behaviour behaving(Checked behaviour) {
        return call -> {
            try {
                return behaviour.answer(call);
            } catch (RuntimeException | java.io.IOException | InterruptedException known) {
                throw known;
            } catch (Exception other) {
                throw new IllegalStateException(other);
            }
        };
    }

    private interface Checked {
        boolean answer(TestServer.Call call) throws Exception;
    }

    @Test
    void speaksTheProtocolForAServerByWhatItAnswers() throws Exception {
        launch(
                behaving(ServedTenantTest::slowly),
                false,
                load("rate=100/s", "arrivals=constant", "goodput=latency<10s"),
                "request");
        measure();

        TenantMessage.Result result = said(TenantMessage.Result.class);
        assertThat(tenant().exit().get()).isEqualTo(new TenantExit.Exited(0));
        assertThat(violations).isEmpty();
        assertThat(windows()).hasSizeGreaterThanOrEqualTo(2);
        double answered =
                windows().stream().mapToDouble(TenantMessage.Window::units).sum();
        assertThat(answered).isEqualTo(result.units()).isBetween(150.0, 230.0);
        LatencyCounts latencies =
                windows().stream().map(TenantMessage.Window::latency).reduce(LatencyCounts.NONE, LatencyCounts::plus);
        assertThat(latencies.quantileNanos(0.01).orElseThrow()).isGreaterThan(19e6);
        ServedLoad load = load(result);
        assertThat(load.said()).isEqualTo("constant 100/s");
        assertThat(load.scheduled()).isBetween(195L, 260L);
        assertThat(load.failed()).isZero();
        assertThat(load.goodShare().orElseThrow()).isEqualTo(1);
        assertThat(load.details().at("/measured/requests/endings/done").asLong())
                .isEqualTo(load.scheduled());
        assertThat(load.latency().count()).isLessThanOrEqualTo(load.scheduled());
        assertThat(load.details().at("/generator/share").asDouble()).isBetween(0.0, 1.01);
        assertThat(result.metrics()).containsKeys("request_throughput", "request_latency_p99_ms", "goodput_share");
    }

    @Test
    void judgesAScenarioByLoadGensRules() throws Exception {
        launch(behaving(ServedTenantTest::slowly), false, load("scenario=single-stream"), "request");
        measure();

        ScenarioResult scenario =
                load(said(TenantMessage.Result.class)).scenario().orElseThrow();
        EarlyStop stop = scenario.earlyStop().orElseThrow();
        assertThat(stop.queries()).isBetween(20L, 120L);
        assertThat(scenario.valid()).as(scenario.toString()).isEqualTo(stop.queries() >= 64);
        assertThat(scenario.value().isPresent()).isEqualTo(scenario.valid());
        assertThat(violations).isEmpty();
    }

    @Test
    void aScenarioThatIsStoppedBeforeItsTimeIsNotValid() throws Exception {
        launch(TestServer.Call::ok, false, load("scenario=offline", "clients=2"), "request");
        said(TenantMessage.Ready.class);
        begin();
        said(TenantMessage.Window.class);
        tenant().send(new Instruction.Stop().line());

        assertThat(load(said(TenantMessage.Result.class))
                        .scenario()
                        .orElseThrow()
                        .faults())
                .singleElement()
                .asString()
                .startsWith("it was ended early, after 1.");
    }

    @Test
    void tellsTheServerItsPortAndItsShareOfTheMemory() throws Exception {
        launch(TestServer.Call::ok, false, load(), "request");
        said(TenantMessage.Ready.class);

        TenantLaunch listening = servers.orElseThrow().launched();
        String port = Integer.toString(listening.port().orElseThrow());
        assertThat(listening.workload().command()).containsExactly("serve", "--port=" + port, "127.0.0.1", "0.45");
        assertThat(listening.environment())
                .containsEntry("GPUSHARE_PORT", port)
                .containsEntry("GPUSHARE_HOST", "127.0.0.1");
        assertThat(tenant().processes()).containsExactly(4711);
        assertThat(tenant().description().path("url").asText()).contains(port);
    }

    @Test
    void countsTokensAsTheyCome() throws Exception {
        launch(
                behaving(ServedTenantTest::stream),
                false,
                load("llm=completions", "clients=2", "output_tokens=5"),
                "token");
        measure();

        TenantMessage.Result result = said(TenantMessage.Result.class);
        assertThat(violations).isEmpty();
        assertThat(result.units() / result.steps()).isBetween(4.0, 5.5);
        assertThat(result.metrics()).containsKeys("time_to_first_token_p99_ms", "time_per_output_token_p50_ms");
    }

    private static boolean stream(TestServer.Call call) throws Exception {
        if (call.head().startsWith("GET")) {
            return call.ok();
        }
        call.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 5; i++) {
            Thread.sleep(5);
            call.chunk("data: {\"choices\": [{\"text\": \"a\"}]}\n\n");
        }
        call.chunk("data: [DONE]\n\n");
        return call.say("0\r\n\r\n");
    }

    @Test
    void isNotReadyBeforeTheServerIs() throws Exception {
        launch(call -> call.say("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"), false, load(), "request");
        Thread.sleep(500);

        assertThat(said).hasSize(1).first().isInstanceOf(TenantMessage.Hello.class);
    }

    @Test
    void aWarmUpThatGoesWrongEndsItBeforeTheStart() throws Exception {
        launch(
                call -> call.head().startsWith("GET /health")
                        ? call.ok()
                        : call.say("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"),
                false,
                load("path=/infer"),
                "request");

        assertThat(said(TenantMessage.Failure.class).message())
                .isEqualTo("request 1 of its warm-up went wrong: failed in the server with a status of 5xx (status"
                        + " 500)");
        assertThat(tenant().exit().get()).isEqualTo(new TenantExit.Exited(0));
    }

    @Test
    void countsWhatTheServerFails() throws Exception {
        launch(
                call -> (call.number() < 10 || call.number() % 2 == 0)
                        ? call.ok()
                        : call.say("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"),
                false,
                load("rate=50"),
                "request");
        measure();

        ServedLoad load = load(said(TenantMessage.Result.class));
        assertThat(load.failedShare()).isBetween(0.3, 0.6);
        assertThat(load.p99Ms().asOptional()).isEmpty();
        assertThat(violations).isEmpty();
    }

    @Test
    void aServerThatDiesEndsItsTenant() throws Exception {
        launch(TestServer.Call::ok, false, load("rate=50"), "request");
        said(TenantMessage.Ready.class);
        begin();
        said(TenantMessage.Window.class);
        servers.orElseThrow().program().end(new TenantExit.Exited(3));

        assertThat(tenant().exit().get()).isEqualTo(new TenantExit.Exited(3));
        assertThat(said).noneMatch(TenantMessage.Result.class::isInstance);
    }

    @Test
    void aServerThatDoesNotEndIsKilled() throws Exception {
        launch(TestServer.Call::ok, true, load("rate=50"), "request");
        measure();

        said(TenantMessage.Result.class);
        assertThat(tenant().exit().get()).isEqualTo(new TenantExit.Exited(0));
        assertThat(servers.orElseThrow().program().killed).isTrue();
    }

    @Test
    void waitsForTheLastAnswers() throws Exception {
        launch(
                behaving(call -> {
                    Thread.sleep(call.head().startsWith("GET /slow") ? 700 : 0);
                    return call.ok();
                }),
                false,
                load("rate=20", "arrivals=constant", "path=/slow"),
                "request");
        measure();

        ServedLoad load = load(said(TenantMessage.Result.class));
        assertThat(load.failed()).isZero();
        assertThat(load.details().at("/measured/requests/endings/done").asLong())
                .isEqualTo(load.scheduled());
    }

    @Test
    void oneThatRunsAlreadyIsLoadedAndLeftRunning() throws Exception {
        try (TestServer server = TestServer.start(TestServer.Call::ok)) {
            launch(
                    new ServerProgram(Optional.of(URI.create(server.url())), Optional.empty(), 1, load("rate=50")),
                    new ServerRuntime(_ -> false, false),
                    "request");
            measure();

            assertThat(said(TenantMessage.Result.class).units()).isGreaterThan(50);
            assertThat(tenant().exit().get()).isEqualTo(new TenantExit.Exited(0));
            tenant().close();
            // Here it is served by this process.
            assertThat(tenant().processes())
                    .contains((int) ProcessHandle.current().pid());
            try (Socket still = new Socket(
                    InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort())) {
                assertThat(still.isConnected()).isTrue();
            }
        }
    }
}
