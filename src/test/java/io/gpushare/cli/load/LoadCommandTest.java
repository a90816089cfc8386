package io.gpushare.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.load.http.TestServer;
import io.gpushare.results.ResultSchema;
import io.gpushare.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class LoadCommandTest {
    @TempDir
    Path folder;

    private final CapturedConsole captured = CapturedConsole.piped();
    private TestServer server;
    private TestServer.Behaviour behaviour = TestServer.Call::ok;

    @BeforeEach
    void startServer() throws IOException {
        server = TestServer.start(call -> behaviour.answer(call));
    }

    @AfterEach
    void stopServer() throws IOException {
        server.close();
    }

    private int run(String... arguments) {
        return run(captured, arguments);
    }

    private int run(CapturedConsole where, String... arguments) {
        List<String> all = new ArrayList<>(List.of("load", server.url()));
        all.addAll(List.of(arguments));
        return CommandTree.of(where.console, List.of(new LoadCommand(where.console, new Interruption(), Time.real())))
                .execute(all.toArray(String[]::new));
    }

    private int shortRun(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--warm-up", "100ms", "--duration", "400ms"));
        all.addAll(List.of(arguments));
        return run(all.toArray(String[]::new));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(captured.out());
    }

    @Test
    void tellsWhatTheServerDid() {
        assertThat(shortRun("--rate", "200", "--arrivals", "constant")).isZero();
        assertThat(captured.out())
                .contains("Load on " + server.url() + "/ · constant 200/s · 400ms")
                .contains("200.0/s were due")
                .contains("80 answered. Errors: 0 %. Status 200: 80")
                .contains("request_latency ", "request_latency_uncorrected", "Lateness")
                .contains("The p99 of 80 answers is a guess; 459 are the least to trust it.");
        assertThat(captured.err()).isEmpty();
    }

    @Test
    void showsHowItGoesOnATerminal() {
        CapturedConsole terminal = CapturedConsole.terminal(Map.of("TERM", "xterm"));
        assertThat(run(terminal, "--rate", "100", "--warm-up", "100ms", "--duration", "1100ms"))
                .isZero();
        assertThat(terminal.err()).contains("asked ", "/s  got ", "  p99 ", "errors 0  under way ");
    }

    @Test
    void withoutARateOneClientWaitsForItsAnswers() throws IOException {
        assertThat(shortRun("--json")).isZero();
        assertThat(json().path("asked").path("loop").asText()).isEqualTo("closed");
        assertThat(json().path("asked").path("clients").asInt()).isEqualTo(1);
        assertThat(server.accepted()).isEqualTo(1);
    }

    @Test
    void whatIsPrintedAndKeptHasItsSchema() throws IOException {
        assertThat(shortRun(
                        "--rate",
                        "200",
                        "--goodput",
                        "latency<5s",
                        "--json",
                        "--out",
                        folder.toString(),
                        "--per-request",
                        "--header",
                        "Authorization: Bearer secret"))
                .isZero();
        assertThat(ResultSchema.serverLoad().problemsOf(json())).isEmpty();
        JsonNode measurement = json().path("measurement");
        long done = measurement.path("requests").path("endings").path("done").asLong();
        assertThat(measurement.path("goodput").path("share").asDouble()).isEqualTo(1);
        assertThat(measurement.path("request_latency").path("p99").asDouble()).isPositive();
        try (Stream<Path> files = Files.list(folder)) {
            Map<String, Path> byEnding = files.collect(Collectors.toMap(
                    file -> file.getFileName().toString().replaceFirst("load_\\d{8}T\\d{6}Z_[0-9a-f]{6}", ""),
                    file -> file));
            assertThat(byEnding.keySet()).containsExactlyInAnyOrder(".json", ".csv", ".hlog", ".requests.jsonl");
            assertThat(new ObjectMapper().readTree(with(byEnding, ".json").toFile()))
                    .isEqualTo(json());
            assertThat(Files.readAllLines(with(byEnding, ".requests.jsonl")))
                    .hasSize((int) done)
                    .allSatisfy(line -> assertThat(new ObjectMapper()
                                    .readTree(line)
                                    .path("status")
                                    .asInt())
                            .isEqualTo(200));
            assertThat(Files.readString(with(byEnding, ".csv")))
                    .startsWith("metric,unit,count,avg,min,max,std,p50,p90,p95,p99,p99.9\nrequest_latency,ms," + done)
                    .contains("\nrequest_throughput,requests/sec,", "\ngoodput,requests/sec,");
            assertThat(logged(with(byEnding, ".hlog"))).isGreaterThanOrEqualTo(done);
            for (Path file : byEnding.values()) {
                assertThat(Files.readString(file)).doesNotContain("secret");
            }
        }
    }

    private static Path with(Map<String, Path> byEnding, String ending) {
        return Optional.ofNullable(byEnding.get(ending)).orElseThrow();
    }

    private static long logged(Path file) throws IOException {
        try (HistogramLogReader log = new HistogramLogReader(file.toFile())) {
            long count = 0;
            while (log.hasNext()) {
                Histogram one = (Histogram) log.nextIntervalHistogram();
                count += one.getTag() == null ? one.getTotalCount() : 0;
            }
            return count;
        }
    }

    @Test
    void aBoundThatIsTrueFailsTheCommand() {
        assertThat(shortRun("--rate", "100", "--fail-if", "p99>1us", "--fail-if", "error_rate>5%"))
                .isEqualTo(5);
        assertThat(captured.err()).isEqualTo("--fail-if p99>1us is true\n");
    }

    @Test
    void aBoundOnWhatWasNotSeenFailsTheCommand() {
        assertThat(shortRun("--rate", "100", "--fail-if", "ttft_p99>1s")).isEqualTo(5);
        assertThat(captured.err()).contains("ttft_p99>1s could not be checked");
    }

    @Test
    void endsEarlyWhereItShould() {
        behaviour = call -> call.say("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n");
        assertThat(run("--rate", "100", "--warm-up", "0", "--abort-if", "error_rate>5%"))
                .isEqualTo(5);
        assertThat(captured.out()).contains("Ended early, because of --abort-if error_rate>5%.");
    }

    @Test
    void noAnswerAtAllIsAFailure() {
        behaviour = TestServer.Call::reset;
        assertThat(shortRun("--rate", "100")).isEqualTo(1);
        assertThat(captured.out()).containsPattern("Requests +0 answered; \\d+ connection reset. Errors: 100 %\n");
    }

    @Test
    void aMixIsToldByItsKinds() throws IOException {
        Path mix = Files.writeString(folder.resolve("mix.yaml"), """
                requests:
                  - {name: small, path: /small}
                  - {name: big, path: /big, body: '{"i": {{i}}}'}
                """);
        behaviour = call -> call.head().startsWith("POST /big ") ? call.reset() : call.ok();
        assertThat(shortRun("--rate", "200", "--requests", mix.toString())).isZero();
        assertThat(captured.out()).containsPattern("small +\\d+ +0 ").containsPattern("big +(\\d+) +\\1 +– +–");
    }

    /** One request at a time, each 5 ms: not quite 200 a second. */
    @Test
    void findsThePeak() throws IOException {
        Object one = new Object();
        behaviour = call -> {
            synchronized (one) {
                Thread.sleep(5);
            }
            return call.ok();
        };
        assertThat(run(
                        "--rate",
                        "100",
                        "--arrivals",
                        "constant",
                        "--warm-up",
                        "0",
                        "--duration",
                        "400ms",
                        "--find-peak",
                        "p50<50ms",
                        "--json"))
                .isZero();
        assertThat(ResultSchema.serverLoad().problemsOf(json())).isEmpty();
        JsonNode peak = json().path("peak");
        assertThat(peak.path("rate").asDouble()).isBetween(50.0, 300.0);
        assertThat(peak.path("steps").size()).isBetween(3, 10);
    }

    @Test
    void tellsThatNoRateKeepsTheBound() {
        behaviour = call -> {
            Thread.sleep(30);
            return call.ok();
        };
        assertThat(run(
                        "--rate",
                        "20",
                        "--warm-up",
                        "0",
                        "--duration",
                        "50ms",
                        "--find-peak",
                        "p50<10ms",
                        "--out",
                        folder.toString()))
                .isEqualTo(1);
        assertThat(captured.out()).contains("No rate that was tried keeps the bound.", "missed", "Saved to ");
        assertThat(captured.err()).contains("20.00/s: ");
    }

    @Test
    void promptsAreStreamed() {
        behaviour = call -> {
            assertThat(call.head()).startsWith("POST /v1/chat/completions ");
            call.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 3; i++) {
                call.chunk("data: {\"choices\": [{\"delta\": {\"content\": \"a b\"}}]}\n\n");
            }
            call.chunk("data: {\"choices\": [], \"usage\": {\"completion_tokens\": 6}}\n\ndata: [DONE]\n\n");
            return call.say("0\r\n\r\n");
        };
        assertThat(shortRun("--llm", "chat", "--rate", "40", "--goodput", "ttft<2s,tpot<1s"))
                .isZero();
        assertThat(captured.out())
                .contains("time_to_first_token", "inter_token_latency", "time_per_output_token")
                .contains("output tokens/s", "keep ttft < 2000 ms and tpot < 1000 ms: 100 % of all")
                .contains("The server says that it made ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rate 5 --clients 3|--rate and --arrivals send by the clock, --clients and --think wait for answers",
                "--rate 0|--rate: a rate is from 0.001 to 1000000 requests a second, got 0.0",
                "--clients 0|--clients: clients are from 1 to 100000, got 0",
                "--arrivals poisson|--arrivals: 'poisson' needs a rate: give --rate",
                "--warm-up x|--warm-up: 'x' is not a duration; write it as 250ms, 30s, 5m or 1h",
                "--body a --body-file b|--body and --body-file are two bodies",
                "--body {{x}}|--body: there is no {{x}} in a template; there are {{i}} and {{random}}",
                "--header nothing|--header: 'nothing' is no header",
                "--model m|--model and lengths of prompts are for language models",
                "--llm chat --body x|--llm says what is sent, and --method, --body and --body-file would, too",
                "--fail-if p99|--fail-if: 'p99' is no bound. Say it like p99<10ms, error_rate>5% or throughput<900",
                "--find-peak p99<1ms --clients 2|--find-peak looks for a rate, and clients have none",
                "--find-peak p99<1ms --arrivals ramp:1:2|--find-peak tries rates of its own",
                "--find-peak p99<1ms --fail-if p99>1ms"
                        + "|--fail-if and --abort-if are about one rate, and --find-peak tries many",
                "--find-peak p99<1ms --rate 0|--rate: a rate is from 0.001 to 1000000 requests a second, got 0.0",
                "--find-peak p99<1ms --max-rate 0|--max-rate: a rate is from 0.001 to 1000000 requests a second,"
                        + " got 0.0",
                "--per-request|--per-request writes beside the result of one rate",
                "--max-in-flight 0|--max-in-flight: at least one request must be under way",
                "--connections 0|--connections must be from 1 to 100000",
                "--max-body 5|--max-body: '5' is not a size; write it as 512MiB, 8GiB or 1.5TB",
                "--method no-method|--method: 'NO-METHOD' is no method of HTTP"
            })
    void otherOptionsAreRefused(String options, String complaint) {
        assertThat(run(options.split(" "))).isEqualTo(2);
        assertThat(captured.err()).startsWith("error: " + complaint + "\n");
        assertThat(server.requests()).isZero();
    }

    @Test
    void judgesAScenarioByLoadGensRules() throws IOException {
        int status = shortRun("--scenario", "server", "--rate", "2000", "--latency-bound", "20s", "--json");

        assertThat(ResultSchema.serverLoad().problemsOf(json())).isEmpty();
        JsonNode scenario = json().path("scenario");
        // On a busy machine the load generator itself may be late, which is said.
        assertThat(scenario.path("faults"))
                .allSatisfy(fault -> assertThat(fault.asText()).startsWith("the load generator was late itself"));
        assertThat(scenario.path("valid").asBoolean())
                .isEqualTo(scenario.path("faults").isEmpty());
        assertThat(status).isEqualTo(scenario.path("valid").asBoolean() ? 0 : 1);
        assertThat(scenario.path("official").asBoolean()).isFalse();
        assertThat(scenario.path("metric").asText()).isEqualTo("scheduled_samples_per_sec");
    }

    @Test
    void aScenarioThatIsInvalidFails() {
        behaviour = call -> call.say("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
        assertThat(shortRun("--scenario", "offline", "--clients", "2", "--samples-per-request", "8"))
                .isEqualTo(1);
        assertThat(captured.out())
                .contains("MLPerf scenario offline, shortened · 8 samples a request")
                .contains("INVALID")
                .contains("had no answer, and LoadGen takes none away");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--scenario single-stream --clients 4 | the scenario single-stream says itself when queries come",
                "--scenario offline --rate 5 | the scenario offline says itself when queries come",
                "--scenario server --latency-bound 10ms | the scenario server needs a rate",
                "--scenario server --rate 5 | the scenario server has a --latency-bound",
                "--scenario offline --latency-bound 10ms | the scenario server has a --latency-bound",
                "--scenario offline --samples-per-request 0 | a request holds at least one sample, got 0",
                "--scenario offline --official --duration 5s | an official run lasts 600 s at least",
                "--official | belong to a scenario",
                "--scenario sever | there is no scenario 'sever'",
                "--scenario offline --find-peak p99<10ms | a scenario is about one rate",
            })
    void refusesAScenarioThatMakesNoSense(String options, String sentence) {
        assertThat(run(options.split(" "))).isEqualTo(2);
        assertThat(captured.err()).contains(sentence);
    }
}
