package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.load.scenario.ScenarioResult;
import io.gpushare.process.CommandResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench} with servers as tenants, as a person runs it. */
final class ServedBenchTest {
    private static final String PLACE = " --out results --gpu none --runtime process --pin none ";

    /** Answers after 20 ms, or as badly as it is told to. */
    private static final String SERVER = """
        import http.server, os, signal, sys, time

        deed = sys.argv[2]
        asked = 0
        if deed == "stays":
            signal.signal(signal.SIGTERM, signal.SIG_IGN)

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_GET(self):
                global asked
                asked += self.path == "/infer"
                if deed == "dies" and asked == 30:
                    os._exit(9)
                if self.path == "/infer":
                    time.sleep(0.02)
                good = deed != "loads" and not (deed == "fails" and self.path == "/infer" and asked % 2 == 0)
                self.send_response(200 if good else 500)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *words):
                pass

        http.server.ThreadingHTTPServer.request_queue_size = 128
        http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
        """;

    @TempDir
    Path temporary;

    private BenchProgram program;

    @BeforeEach
    void startInAFolderOfItsOwn() throws Exception {
        program = new BenchProgram(temporary, Map.of());
        Files.writeString(temporary.resolve("server.py"), SERVER);
    }

    private CommandResult run(String deed, String load, String more) throws Exception {
        Files.writeString(temporary.resolve("plan.yaml"), """
            gpushare: 1
            mode: time-slicing
            tenants:
              - name: served
                command: [python3, -u, server.py, '${PORT}', %s]
                serve: {ready: {http: /health}, warm_up: 1}
                load: {path: /infer, warm_up: 500ms, goodput: 'latency<5s', %s}
            %s""".formatted(deed, load, more));
        return program.gpushare("bench" + PLACE + "--plan plan.yaml --duration 4s");
    }

    private RunResult result() throws Exception {
        RunResult run = program.onlyResult();
        assertThat(BenchProgram.processesOf(run.group())).isEmpty();
        return run;
    }

    private static String findings(RunResult run) {
        return String.join(
                "\n", run.verdict().findings().stream().map(Finding::message).toList());
    }

    @Test
    void twoServersAreLoadedFromOneInstantAndComparedByTheirTail() throws Exception {
        CommandResult ran = run("well", "rate: 250/s, arrivals: constant", "    count: 2\n");
        RunResult run = result();

        assertThat(run.tenants()).hasSize(2).allSatisfy(tenant -> {
            assertThat(tenant.problem()).isEmpty();
            assertThat(tenant.kind()).isEqualTo("open_server");
            assertThat(tenant.slowdown().asOptional()).isEmpty();
            ServedLoad load = tenant.load().orElseThrow();
            assertThat(load.scheduled()).isBetween(800L, 1100L);
            assertThat(load.latencyMs(0.01).orElseThrow()).isGreaterThanOrEqualTo(19.9);
            assertThat(load.goodShare().orElseThrow()).isGreaterThan(0.5);
        });
        assertThat(run.metrics().stp().asOptional()).isEmpty();
        assertThat(run.metrics().startSkewNanos().asOptional()).isPresent();
        assertThat(run.baselines()).hasSize(1);
        assertThat(ran.stdout())
                .contains("constant 250/s", "its requests come by the clock", "p99 ×")
                .doesNotContain("STP ");
        assertThat(findings(run)).doesNotContain("does not fit", "is not sure enough");
    }

    @Test
    void aClosedLoopIsComparedByItsThroughput() throws Exception {
        run("well", "clients: 4", "    count: 2\n");

        assertThat(result().tenants()).hasSize(2).allSatisfy(tenant -> {
            assertThat(tenant.kind()).isEqualTo("server");
            assertThat(tenant.unitsPerSec().asOptional().orElseThrow()).isBetween(5.0, 201.0);
        });
    }

    @Test
    void aScenarioOfMlperfIsJudgedBesideTheRun() throws Exception {
        CommandResult ran = run("well", "scenario: single-stream", "");

        ScenarioResult scenario =
                result().tenants().getFirst().load().orElseThrow().scenario().orElseThrow();
        assertThat(scenario.plan().official()).isFalse();
        // 20 ms a query, one after another, for 3.5 s: too few on a machine that is very busy.
        assertThat(scenario.earlyStop().orElseThrow().queries()).isBetween(10L, 176L);
        assertThat(ran.stdout())
                .contains("MLPerf", "single-stream", "Shortened: MLPerf asks for 600 s at least")
                .contains(scenario.valid() ? "VALID, shortened" : "not valid for LoadGen, because");
    }

    @Test
    void aServerThatKnowsNothingButHttp2IsLoaded() throws Exception {
        Path nghttpd = Path.of("/usr/sbin/nghttpd");
        assumeTrue(Files.isExecutable(nghttpd), "nghttpd is not installed (Debian package nghttp2-server)");
        Files.writeString(temporary.resolve("file"), "12345");
        Files.writeString(temporary.resolve("plan.yaml"), """
            gpushare: 1
            mode: time-slicing
            tenants:
              - name: served
                command: [%s, --no-tls, -a, '${HOST}', -d, %s, '${PORT}']
                serve: {ready: {http: /file}}
                load: {http: 2, clients: 2, think: 10ms, path: /file, warm_up: 500ms}
            baseline: none
            """.formatted(nghttpd, temporary));
        program.gpushare("bench" + PLACE + "--plan plan.yaml --duration 3s");

        ServedLoad load = result().tenants().getFirst().load().orElseThrow();
        assertThat(load.failed()).isZero();
        assertThat(load.scheduled()).isGreaterThan(20);
        assertThat(load.details().at("/asked/http").asText()).isEqualTo("2");
        assertThat(load.details().at("/measured/connections_opened").asInt()).isEqualTo(1);
    }

    @Test
    void errorsAboveASmallShareAreAFinding() throws Exception {
        run("fails", "rate: 20/s", "baseline: none\n");

        RunResult run = result();
        assertThat(run.verdict().findings()).extracting(Finding::reason).contains(Reason.REQUESTS_FAILED);
        assertThat(findings(run)).contains("failed in the server with a status of 5xx");
    }

    @Test
    void aServerThatDiesIsAFinding() throws Exception {
        run("dies", "rate: 20/s", "baseline: none\n");

        assertThat(findings(result())).contains("it exited with status 9 while it was measured");
    }

    @Test
    void aServerThatStaysIsKilled() throws Exception {
        run("stays", "rate: 20/s", "baseline: none\n");

        TenantResult tenant = result().tenants().getFirst();
        assertThat(tenant.problem()).isEmpty();
        assertThat(tenant.load()).isPresent();
    }

    @Test
    void aServerThatIsNeverReadyIsGivenUp() throws Exception {
        Files.createDirectories(temporary.resolve("mine/loads"));
        Files.writeString(temporary.resolve("mine/loads/workload.yaml"), """
            name: loads
            description: Is never ready.
            kind: server
            gpu: none
            command: [python3, -u, ../../server.py, '${PORT}', loads]
            ready_timeout: 2s
            load: {rate: 10}
            """);
        program.gpushare("bench" + PLACE + "--workloads-dir mine --workload loads --set loads.load.rate=20 --baseline"
                + " none --duration 4s");

        RunResult run = result();
        assertThat(findings(run)).contains("it was not ready 2 s after its launch");
        assertThat(run.tenants().getFirst().variant()).isEqualTo("loads[load.rate=20]");
    }

    @Test
    void aSweepOffersAllTheLoadToOneReplicaAndSharesItAmongTwo() throws Exception {
        Files.createDirectories(temporary.resolve("mine/serves"));
        Files.writeString(temporary.resolve("mine/serves/workload.yaml"), """
            name: serves
            description: Answers.
            kind: server
            gpu: none
            command: [python3, -u, ../../server.py, '${PORT}', well]
            load: {path: /infer, clients: 1, warm_up: 500ms, goodput: 'latency<5s'}
            """);
        CommandResult swept = program.gpushare("sweep" + PLACE + "--workloads-dir mine --workload serves"
                + " --modes time-slicing --workloads 1,2 --set serves.load_total.rate=100 --baseline none --rounds 1"
                + " --duration 3s");
        assertThat(swept.stderr())
                .contains("time-slicing_1_serves_load.rate-100", "time-slicing_2_serves_load-total.rate-100");

        // However busy this machine is: what is asked is known of each run.
        CommandResult analysed = program.gpushare("analyze results --include-invalid --no-files --json");
        JsonNode load = new ObjectMapper().readTree(analysed.stdout()).at("/sections/0/loads/0");
        assertThat(load.path("server").asText()).isEqualTo("serves");
        assertThat(load.path("shape").asText()).isEqualTo("poisson, request_latency within 5000 ms");
        assertThat(load.path("levels")).hasSize(1);
        assertThat(load.at("/levels/0/total").asDouble()).isEqualTo(100);
        assertThat(load.at("/levels/0/ways").findValuesAsText("replicas")).containsExactly("1", "2");
        assertThat(load.at("/levels/0/ways/1/arm").findValuesAsText("metric"))
                .contains("requests_answered_per_sec", "goodput_share");
    }
}
