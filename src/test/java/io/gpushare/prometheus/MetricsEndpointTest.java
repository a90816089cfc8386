package io.gpushare.prometheus;

import static io.gpushare.sampling.HandFedReadings.process;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.FakeGpu;
import io.gpushare.gpu.FakeGpuDriver;
import io.gpushare.gpu.FakeMigDevice;
import io.gpushare.gpu.Gpu;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.sampling.HandFedReadings;
import io.gpushare.sampling.MonitorFiles;
import io.gpushare.sampling.Sampler;
import io.gpushare.sampling.SamplingOptions;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.time.Time;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsEndpointTest {
    private final FakeGpu gpu = new FakeGpu(0);
    private final Subject subject = Subject.gpu(gpu.identity().uuid());
    private final HandFedReadings readings = new HandFedReadings();

    private MetricsEndpoint start() {
        return MetricsEndpoint.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of(gpu), readings.latest);
    }

    private static String scrape(int port) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return response.body();
        }
    }

    private String scrape() throws IOException, InterruptedException {
        try (MetricsEndpoint endpoint = start()) {
            return scrape(endpoint.port());
        }
    }

    /** The lines of one metric, without those that describe it. */
    private static List<String> samples(String page, String metric) {
        return page.lines().filter(line -> line.startsWith(metric + "{")).toList();
    }

    private static double value(String page, String metric) {
        List<String> samples = samples(page, metric);
        assertThat(samples).hasSize(1);
        return Double.parseDouble(
                samples.getFirst().substring(samples.getFirst().lastIndexOf(' ')));
    }

    private void feedEverything() {
        ExposedMetric.OF_A_DEVICE.forEach(metric -> readings.value(subject, metric.reading(), 50));
        readings.processes(subject, process(42, Reading.of("python3"), Reading.of(1L << 30)))
                .xid(subject, 79)
                .value(Subject.PLATFORM, "psu1_w", "W", 300)
                .value(Subject.PLATFORM, "inlet_temp_c", "°C", 23)
                .value(Subject.PLATFORM, "fan1_rpm", "RPM", 4400);
    }

    @Test
    void tellsOfTheMachineBySensor() throws Exception {
        feedEverything();
        String page = scrape();
        assertThat(samples(page, "gpushare_platform_power_watts"))
                .singleElement()
                .asString()
                .contains("sensor=\"psu1\"")
                .endsWith("} 300.0");
        assertThat(samples(page, "gpushare_platform_temperature_celsius"))
                .singleElement()
                .asString()
                .contains("sensor=\"inlet_temp\"");
    }

    /** A panel that asks for what nobody exports stays empty, and nobody notices. */
    @Test
    void exportsEverythingThatTheDashboardAsksFor() throws Exception {
        feedEverything();
        String page = scrape();
        Set<String> asked = new TreeSet<>();
        for (String expression : dashboardQueries()) {
            Pattern.compile("\\b(?:DCGM|gpushare)_\\w+")
                    .matcher(expression)
                    .results()
                    .map(MatchResult::group)
                    .forEach(asked::add);
        }
        assertThat(asked).hasSizeGreaterThan(14);
        for (String metric : asked) {
            assertThat(samples(page, metric)).as(metric).isNotEmpty();
        }
    }

    private static List<String> dashboardQueries() throws IOException {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("docs/grafana/gpushare.json").toFile());
        List<String> queries = new ArrayList<>();
        dashboard
                .path("panels")
                .forEach(panel -> panel.path("targets")
                        .forEach(target -> queries.add(target.path("expr").asText())));
        dashboard
                .at("/templating/list")
                .forEach(variable -> queries.add(variable.path("definition").asText()));
        return queries;
    }

    @Test
    void promtoolAcceptsTheDashboardsQueriesAndTheConfiguration(@TempDir Path folder) throws Exception {
        CommandRunner runner = new CommandRunner(System.getenv());
        assumeTrue(runner.find("promtool").isPresent(), "promtool is not installed (Debian package prometheus)");
        ObjectMapper json = new ObjectMapper();
        var rules = json.createArrayNode();
        for (String query : dashboardQueries()) {
            if (!query.startsWith("label_values")) {
                rules.addObject()
                        .put("record", "dashboard:query" + rules.size())
                        .put("expr", query.replace("$gpu", ".*").replace("$__range", "15m"));
            }
        }
        var groups = json.createObjectNode();
        groups.putArray("groups").addObject().put("name", "dashboard").set("rules", rules);
        // JSON is YAML.
        Path file = Files.writeString(folder.resolve("rules.yaml"), json.writeValueAsString(groups));

        CommandResult queries = runner.run(Command.of("promtool", "check", "rules", file.toString()));
        CommandResult configuration =
                runner.run(Command.of("promtool", "check", "config", "docs/grafana/prometheus.yaml"));

        assertThat(queries.exitCode()).as(queries.stdout() + queries.stderr()).isZero();
        assertThat(configuration.exitCode())
                .as(configuration.stdout() + configuration.stderr())
                .isZero();
    }

    @Test
    void labelsAGpuAsDcgmExporterDoes() throws Exception {
        readings.value(subject, "power_w", 412.5);
        assertThat(samples(scrape(), "DCGM_FI_DEV_POWER_USAGE"))
                .singleElement()
                .asString()
                .contains(
                        "gpu=\"0\"",
                        "UUID=\"" + gpu.identity().uuid() + "\"",
                        "device=\"nvidia0\"",
                        "model_name=\"NVIDIA H200\"",
                        "Hostname=\"")
                .endsWith("} 412.5");
    }

    @Test
    void halfSentRequestsKeepNobodyWaiting() throws Exception {
        readings.value(subject, "power_w", 412.5);
        List<Socket> slow = new ArrayList<>();
        try (MetricsEndpoint endpoint = start()) {
            for (int i = 0; i < 30; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.port());
                slow.add(socket);
                socket.getOutputStream().write("GET /metrics HTTP/1.1\r\nHost".getBytes(StandardCharsets.US_ASCII));
            }
            String page = assertTimeoutPreemptively(Duration.ofSeconds(4), () -> scrape(endpoint.port()));
            assertThat(value(page, "DCGM_FI_DEV_POWER_USAGE")).isEqualTo(412.5);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void answersInTheUnitsOfDcgmExporter() throws Exception {
        readings.value(subject, "sm_active_percent", 25)
                .value(subject, "gpu_utilization_percent", 25)
                .value(subject, "memory_used_bytes", 3L << 30)
                .value(subject, "pcie_sent_mib_per_s", 2);
        gpu.energyMillijoules.answers(123_456_789L);
        String page = scrape();
        assertThat(value(page, "DCGM_FI_PROF_SM_ACTIVE")).isEqualTo(0.25);
        assertThat(value(page, "DCGM_FI_DEV_GPU_UTIL")).isEqualTo(25);
        assertThat(value(page, "DCGM_FI_DEV_FB_USED")).isEqualTo(3072);
        assertThat(value(page, "DCGM_FI_PROF_PCIE_TX_BYTES")).isEqualTo(2 << 20);
        assertThat(value(page, "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION")).isEqualTo(123_456_789);
    }

    @Test
    void tellsMigDevicesApartEvenTwoOfOneGpuInstance() throws Exception {
        List<FakeMigDevice> devices = List.of(
                new FakeMigDevice("MIG-00000000-0000-0000-0000-000000000010", "1c.3g.71gb", 1, 0),
                new FakeMigDevice("MIG-00000000-0000-0000-0000-000000000011", "1c.3g.71gb", 1, 1));
        gpu.migDevices.answers(List.copyOf(devices));
        devices.forEach(
                device -> readings.value(Subject.migDevice(device.identity().uuid()), "sm_active_percent", 10));
        assertThat(samples(scrape(), "DCGM_FI_PROF_SM_ACTIVE"))
                .hasSize(2)
                .allMatch(line -> line.contains("gpu=\"0\"") && line.contains("GPU_I_ID=\"1\""))
                .allMatch(line -> line.contains("GPU_I_PROFILE=\"1c.3g.71gb\""))
                .anyMatch(line -> line.contains("GPU_C_ID=\"0\""))
                .anyMatch(line -> line.contains("GPU_C_ID=\"1\""));
    }

    @Test
    void leavesOutWhatIsAbsent() throws Exception {
        readings.value(subject, "power_w", 100).absent(subject, "temperature_c", Absence.Kind.NOT_SUPPORTED);
        gpu.energyMillijoules.isAbsent(Absence.Kind.NOT_SUPPORTED);
        assertThat(scrape())
                .contains("DCGM_FI_DEV_POWER_USAGE")
                .doesNotContain("DCGM_FI_DEV_GPU_TEMP", "TOTAL_ENERGY", "xid", "process_memory", "NaN");
    }

    @Test
    void servesAnEmptyPageWhileNothingHasBeenRead() throws Exception {
        gpu.energyMillijoules.isAbsent(Absence.Kind.GPU_LOST);
        assertThat(scrape()).isEmpty();
    }

    @Test
    void escapesTheNamesOfProcesses() throws Exception {
        readings.processes(
                subject,
                process(42, Reading.of("a\"b\\c\nd"), Reading.of(7L)),
                process(43, Reading.absent(Absence.Kind.NO_PERMISSION), Reading.of(8L)),
                process(44, Reading.of("unknown size"), Reading.absent(Absence.Kind.NO_DATA)));
        String page = scrape();
        assertThat(samples(page, "gpushare_process_memory_bytes"))
                .hasSize(2)
                .anyMatch(line -> line.contains("pid=\"42\"") && line.contains("process=\"a\\\"b\\\\c\\nd\""))
                .anyMatch(line -> line.contains("pid=\"43\"") && line.contains("process=\"\""));
    }

    @Test
    void countsXidErrorsByNumber() throws Exception {
        readings.xid(subject, 79).xid(subject, 13).xid(subject, 13);
        String page = scrape();
        assertThat(page).contains("# TYPE gpushare_xid_errors_total counter");
        assertThat(samples(page, "gpushare_xid_errors_total"))
                .hasSize(2)
                .anyMatch(line -> line.contains("xid=\"13\"") && line.endsWith(" 2.0"))
                .anyMatch(line -> line.contains("xid=\"79\"") && line.endsWith(" 1.0"));
    }

    @Test
    void answersEachScrapeWithTheNewestReading() throws Exception {
        try (MetricsEndpoint endpoint = start()) {
            for (double watts : List.of(100.0, 200.0)) {
                readings.value(subject, "power_w", watts);
                assertThat(value(scrape(endpoint.port()), "DCGM_FI_DEV_POWER_USAGE"))
                        .isEqualTo(watts);
            }
        }
    }

    @Test
    void isNotReachedThroughAnyAddressButItsOwn() throws Exception {
        try (MetricsEndpoint endpoint = start();
                Socket elsewhere = new Socket()) {
            InetAddress other = InetAddress.getByAddress(new byte[] {127, 0, 0, 2});
            assertThatThrownBy(() -> elsewhere.connect(new InetSocketAddress(other, endpoint.port()), 2_000))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void isGoneAfterClose() {
        MetricsEndpoint endpoint = start();
        int port = endpoint.port();
        endpoint.close();
        assertThatThrownBy(() -> scrape(port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void saysWhichAddressIsTaken() {
        try (MetricsEndpoint first = start()) {
            InetSocketAddress taken = new InetSocketAddress(InetAddress.getLoopbackAddress(), first.port());
            assertThatThrownBy(() -> MetricsEndpoint.start(taken, List.of(gpu), readings.latest))
                    .isInstanceOfSatisfying(
                            GpushareException.class,
                            failure -> assertThat(failure.status()).isEqualTo(ExitStatus.UNABLE))
                    .hasMessageStartingWith("cannot serve metrics on localhost:" + first.port());
        }
    }

    @Test
    void isAcceptedByPromtool() throws Exception {
        CommandRunner runner = new CommandRunner(System.getenv());
        assumeTrue(runner.find("promtool").isPresent(), "promtool is not installed (Debian package prometheus)");
        feedEverything();
        CommandResult result =
                runner.run(Command.of("promtool", "check", "metrics").stdin(scrape()));
        assertThat(result.stdout() + result.stderr()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void exposesOnlyReadingsThatTheSamplerTakes(@TempDir Path folder) {
        MonitorFiles files = MonitorFiles.in(ResultDirectory.open(folder), new ResultName("gpu_monitor_test"));
        List<Gpu> gpus = List.of(gpu);
        try (Sampler sampler =
                Sampler.start(SamplingOptions.DEFAULT, FakeGpuDriver.VERSIONS, gpus, files, List.of(), Time.real())) {
            assertThat(sampler.latest().values(subject).keySet())
                    .extracting(SampledMetric::name)
                    .containsAll(ExposedMetric.OF_A_DEVICE.stream()
                            .map(ExposedMetric::reading)
                            .toList());
        }
    }
}
