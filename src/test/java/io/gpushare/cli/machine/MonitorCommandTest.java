package io.gpushare.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.FakeGpu;
import io.gpushare.gpu.FakeGpuDriver;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.gpu.Script;
import io.gpushare.platform.Platform;
import io.gpushare.reading.Absence;
import io.gpushare.results.ResultSchema;
import io.gpushare.text.Shell;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class MonitorCommandTest {
    private static final ObjectMapper STRICT =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @TempDir
    Path folder;

    private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();
    private final FakeGpu gpu = new FakeGpu(0);
    private final FakeGpuDriver driver = new FakeGpuDriver(gpu);

    private static GpuDriver notToBeOpened() {
        return fail("the driver was opened");
    }

    private static int run(CapturedConsole captured, Supplier<GpuDriver> drivers, String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addFirst("monitor");
        return CommandTree.of(
                        captured.console,
                        List.of(new MonitorCommand(
                                captured.console, drivers, () -> Platform.silent("a test"), new Interruption())))
                .execute(all.toArray(String[]::new));
    }

    private int runShortly(CapturedConsole captured, String... more) {
        List<String> all = new ArrayList<>(List.of("--duration", "300ms", "--out", folder.toString()));
        all.addAll(List.of(more));
        return run(captured, () -> driver, all.toArray(String[]::new));
    }

    private List<Path> saved() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private JsonNode theOnlyFile() throws IOException {
        assertThat(saved()).hasSize(1);
        JsonNode document = STRICT.readTree(saved().getFirst().toFile());
        assertThat(ResultSchema.gpuMonitor().problemsOf(document)).isEmpty();
        return document;
    }

    private void everythingIsGivenBack() {
        assertThat(driver.timesClosed()).isOne();
        assertThat(gpu.openResources()).isZero();
        Set<Thread> started = new HashSet<>(Thread.getAllStackTraces().keySet());
        started.removeAll(threadsBefore);
        assertThat(started)
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("gpushare-sampling"))
                .noneMatch(name -> name.startsWith("HTTP-Dispatcher"));
    }

    @Test
    void savesWhatWasSeenAndNamesTheFileLast() throws IOException {
        CapturedConsole captured = CapturedConsole.piped();
        assertThat(runShortly(captured)).isZero();

        JsonNode document = theOnlyFile();
        assertThat(document.path("state").textValue()).isEqualTo("complete");
        assertThat(captured.out().lines().toList().getLast()).isEqualTo("Saved to " + saved().getFirst());
        assertThat(captured.out()).startsWith("0:00  GPU 0  busy 0 %  SM active –  memory 0 MiB");
        assertThat(captured.out()).contains("\nGPU 0  NVIDIA H200\n", "power [W]", "\nEnergy in 0.");
        assertThat(captured.out()).doesNotContain("\u001b").doesNotContain(" \n");
        assertThat(captured.err()).isEmpty();
        everythingIsGivenBack();
    }

    @Test
    void printsOneJsonDocumentAndNothingElse() throws IOException {
        CapturedConsole captured = CapturedConsole.terminal(Map.of("TERM", "xterm"));
        assertThat(runShortly(captured, "--json")).isZero();

        JsonNode answer = STRICT.readTree(captured.out());
        assertThat(answer.path("kind").textValue()).isEqualTo("gpu_monitor");
        assertThat(answer.path("summary")).isNotEmpty();
        assertThat(captured.err()).isEmpty();
        theOnlyFile();
        everythingIsGivenBack();
    }

    @Test
    void drawsOnAScreenOfItsOwnAndLeavesItBeforeTheReport() {
        CapturedConsole captured = CapturedConsole.terminal(Map.of("TERM", "xterm"));
        assertThat(runShortly(captured)).isZero();

        String leave = "\u001b[?1049l";
        assertThat(captured.out()).startsWith("\u001b[?1049h").containsOnlyOnce(leave);
        assertThat(captured.out().indexOf("Saved to"))
                .isGreaterThan(captured.out().indexOf(leave));
    }

    @Test
    void refusesAFolderThatTakesNoFilesBeforeTheDriverIsOpened() throws IOException {
        CapturedConsole captured = CapturedConsole.piped();
        Path file = Files.writeString(folder.resolve("taken"), "");
        assertThat(run(captured, MonitorCommandTest::notToBeOpened, "--out", file.toString()))
                .isEqualTo(3);
        assertThat(captured.err()).startsWith("error: results cannot be written to " + file);
        assertThat(captured.out()).isEmpty();
    }

    private static Stream<Arguments> senselessOptions() {
        String range = "--interval: the sampling interval must be 1 ms to 1 s";
        return Stream.of(
                Arguments.of("--interval=2s", range),
                Arguments.of("--interval=0.1ms", range),
                Arguments.of("--interval=fast", "'fast' is not a duration"),
                Arguments.of("--duration=0", "longer than nothing"),
                Arguments.of("--duration=-5s", "'-5s' is not a duration"),
                Arguments.of("--duration", "missing required parameter for option '--duration' (TIME)"),
                Arguments.of("--prometheus=70000", "'70000' is neither a port nor HOST:PORT"),
                Arguments.of("--prometheus=http", "'http' is neither a port nor HOST:PORT"),
                Arguments.of("extra", "there is no argument 'extra'"));
    }

    @ParameterizedTest
    @MethodSource("senselessOptions")
    void refusesOptionsThatMeanNothing(String option, String complaint) throws IOException {
        CapturedConsole captured = CapturedConsole.piped();
        Path unused = folder.resolve("unused");
        assertThat(run(captured, MonitorCommandTest::notToBeOpened, "--out=" + unused, option))
                .isEqualTo(2);
        assertThat(captured.err()).startsWith("error: ").contains(complaint, "`gpushare monitor --help`");
        assertThat(captured.out()).isEmpty();
        assertThat(saved()).isEmpty();
    }

    @Test
    void leavesNothingBehindWhereThePortIsTaken() throws IOException {
        CapturedConsole captured = CapturedConsole.piped();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(runShortly(captured, "--prometheus", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(3);
            assertThat(captured.err())
                    .startsWith("error: cannot serve metrics on localhost:" + taken.getLocalPort() + ": ")
                    .contains("Choose another port");
        }
        assertThat(captured.out()).isEmpty();
        assertThat(saved()).isEmpty();
        everythingIsGivenBack();
    }

    @Test
    void savesAFileAlsoOfAGpuThatAnswersNothing() throws IOException {
        List<Script<?>> all = List.of(
                gpu.utilization,
                gpu.powerW,
                gpu.temperatureC,
                gpu.smClockMhz,
                gpu.memoryClockMhz,
                gpu.clockEvents,
                gpu.performanceState,
                gpu.memory,
                gpu.processes,
                gpu.processUtilization,
                gpu.energyMillijoules,
                gpu.gpm,
                gpu.xid,
                gpu.migMode,
                gpu.migDevices);
        all.forEach(script -> script.isAbsent(Absence.Kind.GPU_LOST));
        gpu.ringsFail = true;

        CapturedConsole captured = CapturedConsole.piped();
        assertThat(runShortly(captured)).isZero();
        theOnlyFile();
        assertThat(captured.out()).contains("no counter: the GPU is lost").contains("Saved to ");
        everythingIsGivenBack();
    }

    @Test
    void endsWithStatusThreeAndOneSentenceWhereThereIsNoDriver() {
        CapturedConsole captured = CapturedConsole.piped();
        Supplier<GpuDriver> none = () -> {
            throw new GpushareException(ExitStatus.UNABLE, "there is no NVIDIA driver here", null);
        };
        assertThat(run(captured, none, "--out", folder.toString())).isEqualTo(3);
        assertThat(captured.err()).isEqualTo("error: there is no NVIDIA driver here\n");
        assertThat(captured.out()).isEmpty();
    }

    @Test
    void servesMetricsWhileItSamplesAndKeepsTheSamplesWhenItsThreadIsInterrupted() throws Exception {
        CapturedConsole captured = CapturedConsole.piped();
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread monitor = Thread.ofPlatform()
                .start(() -> status.complete(
                        run(captured, () -> driver, "--prometheus", "[::1]:0", "--out", folder.toString())));
        try {
            String page = awaitMetric(captured, "DCGM_FI_DEV_POWER_USAGE{");
            assertThat(page).contains("NVIDIA H200");
        } finally {
            monitor.interrupt();
        }
        assertThat(status.get(20, TimeUnit.SECONDS)).isEqualTo(130);
        assertThat(saved()).singleElement().asString().endsWith(".journal.jsonl");
        everythingIsGivenBack();
    }

    @Test
    void saysThatTheJournalOfABenchHoldsNoSamples() throws Exception {
        Path journal = Files.writeString(folder.resolve("benchmark_mps_4_a.journal.jsonl"), "{}\n");
        CapturedConsole captured = CapturedConsole.piped();
        assertThat(run(captured, () -> driver, "--salvage", journal.toString())).isEqualTo(2);
        assertThat(captured.err())
                .startsWith("error: " + journal + " is the journal of a bench, not of a monitor\n")
                .endsWith("  gpushare monitor --salvage "
                        + Shell.quoted(folder.resolve("gpu_monitor_mps_4_a.journal.jsonl")
                                .toString()) + "\n");
        assertThat(journal).hasContent("{}");
    }

    private static String awaitMetric(CapturedConsole captured, String beginning) throws Exception {
        Pattern announced = Pattern.compile("Metrics at (http://\\S+:[1-9]\\d*/metrics)\\n");
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (System.nanoTime() < deadline) {
                Matcher matcher = announced.matcher(captured.err());
                if (matcher.find()) {
                    HttpRequest request =
                            HttpRequest.newBuilder(URI.create(matcher.group(1))).build();
                    String page = client.send(request, HttpResponse.BodyHandlers.ofString())
                            .body();
                    if (page.contains(beginning)) {
                        return page;
                    }
                }
                Thread.sleep(10);
            }
        }
        return fail("no %s was served; stderr: %s", beginning, captured.err());
    }
}
