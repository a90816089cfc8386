package io.gpushare.cli.machine;

import static io.gpushare.sampling.HandFedReadings.process;
import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.terminal.TerminalSize;
import io.gpushare.gpu.FakeGpu;
import io.gpushare.gpu.FakeGpuDriver;
import io.gpushare.gpu.FakeMigDevice;
import io.gpushare.gpu.Gpu;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.sampling.HandFedReadings;
import io.gpushare.sampling.MonitorFiles;
import io.gpushare.sampling.Sampler;
import io.gpushare.sampling.SamplingOptions;
import io.gpushare.sampling.samples.ProcessMemory;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MonitorPageTest {
    private static final TerminalSize ROOMY = new TerminalSize(100, 60);
    private static final String ESCAPE = "\u001b\\[\\d+m";

    private final FakeGpu gpu = new FakeGpu(0);
    private final Subject subject = Subject.gpu(gpu.identity().uuid());
    private final FakeMigDevice slice = new FakeMigDevice("MIG-00000000-0000-0000-0000-000000000010", "3g.71gb", 1, 0);
    private final HandFedReadings readings = new HandFedReadings();

    private MonitorPage page(boolean colour) {
        return new MonitorPage(List.of(gpu), readings.latest, colour);
    }

    private List<String> plainLines() {
        return page(false).lines(ROOMY, "title", "footer");
    }

    private static ProcessMemory holding(int pid, long mebibytes) {
        return process(pid, Reading.of("python3"), Reading.of(mebibytes << 20));
    }

    private void busyGpu() {
        gpu.migDevices.answers(List.of(slice));
        for (MonitorGauge gauge : MonitorGauge.of(gpu)) {
            readings.value(subject, gauge.metric(), gauge.full() * 0.6);
        }
        readings.absent(subject, "tensor_active_percent", Absence.Kind.NOT_SUPPORTED)
                .value(subject, "clock_event_bits", 0x4 | 0x40)
                .processes(
                        subject,
                        process(4_194_303, Reading.of("a🔥name\u001b[2Jthat\nmisbehaves"), Reading.of(9L << 30)),
                        process(2, Reading.absent(Absence.Kind.NO_PERMISSION), Reading.absent(Absence.Kind.NO_DATA)))
                .processes(Subject.migDevice(slice.identity().uuid()), holding(77, 900));
    }

    @ParameterizedTest
    @CsvSource({"200,60", "80,60", "40,60", "20,60", "1,60", "200,5", "80,5", "20,5"})
    void everyLineFitsTheTerminal(int columns, int rows) {
        busyGpu();
        TerminalSize size = new TerminalSize(columns, rows);
        for (boolean colour : List.of(true, false)) {
            MonitorPage page = page(colour);
            for (int second = 0; second < 300; second++) {
                page.advance();
            }
            List<String> lines = page.lines(size, "gpushare monitor  0:07 of 1:02:03", "Ctrl-C ends and saves");
            assertThat(lines)
                    .allSatisfy(line -> assertThat(line.replaceAll(ESCAPE, ""))
                            .hasSizeLessThanOrEqualTo(columns)
                            .doesNotContainPattern("\\p{Cntrl}"));
            assertThat(lines)
                    .allSatisfy(line -> assertThat(line.split("\u001b\\[0m", -1).length - 1)
                            .isEqualTo(line.split("\u001b\\[[1-9]\\d*m", -1).length - 1));
            assertThat(String.join("", lines).contains("\u001b")).isEqualTo(colour);
        }
    }

    @Test
    void drawsABarAValueAndASparklineAMetric() {
        readings.value(subject, "gpu_utilization_percent", 50).value(subject, "power_w", 350);
        MonitorPage page = page(false);
        page.advance();
        readings.value(subject, "gpu_utilization_percent", 100);
        page.advance();

        assertThat(page.lines(new TerminalSize(74, 60), "title", "footer"))
                .startsWith("title", "", "GPU 0  NVIDIA H200")
                .anyMatch(line -> line.matches("  GPU busy    █{20}  100 % +▅█"))
                .anyMatch(line -> line.matches("  Power       █{10} {10}  350 / 700 W +▅▅"))
                .endsWith("footer");
    }

    @Test
    void fallsBackToALineAGpuWhereRowsAreFew() {
        FakeGpu second = new FakeGpu(1);
        busyGpu();
        List<String> lines = new MonitorPage(List.of(gpu, second), readings.latest, false)
                .lines(new TerminalSize(200, 8), "title", "footer");

        assertThat(lines).hasSize(6).startsWith("title").endsWith("", "footer");
        assertThat(lines.get(2))
                .startsWith("GPU 0  NVIDIA H200  busy 60 %")
                .endsWith("throttled: software power cap, hardware thermal slowdown");
        assertThat(lines.get(3)).startsWith("GPU 1  NVIDIA H200  busy –  SM active –");
    }

    @Test
    void givesTheReasonWhereThereIsNoReading() {
        readings.absent(subject, "sm_active_percent", Absence.Kind.NO_PERMISSION);
        assertThat(plainLines()).contains("  SM active   –  no permission");
    }

    @Test
    void saysWhatHoldsTheClocksBackAndNothingElse() {
        readings.value(subject, "clock_event_bits", 0x1);
        assertThat(plainLines()).contains("GPU 0  NVIDIA H200");
        readings.value(subject, "clock_event_bits", 0x1 | 0x4);
        assertThat(plainLines()).contains("GPU 0  NVIDIA H200  throttled: software power cap");
    }

    @Test
    void listsTheLargestProcessesAndCountsTheRest() {
        readings.processes(
                subject,
                IntStream.rangeClosed(1, 8)
                        .mapToObj(pid -> holding(pid, pid * 100L))
                        .toArray(ProcessMemory[]::new));
        List<String> lines =
                plainLines().stream().dropWhile(line -> !line.contains("pid")).toList();
        assertThat(lines)
                .containsExactly(
                        "  pid 8       python3             800 MiB",
                        "  pid 7       python3             700 MiB",
                        "  pid 6       python3             600 MiB",
                        "  pid 5       python3             500 MiB",
                        "  pid 4       python3             400 MiB",
                        "  pid 3       python3             300 MiB",
                        "  and 2 more",
                        "",
                        "footer");
    }

    @Test
    void saysWhatItCannotKnowOfAProcess() {
        readings.processes(
                subject, process(9, Reading.absent(Absence.Kind.NO_PERMISSION), Reading.absent(Absence.Kind.NO_DATA)));
        assertThat(plainLines()).contains("  pid 9       (not visible here)  memory unknown");
    }

    @Test
    void listsMigDevicesWithTheirProcessesOnce() {
        gpu.migDevices.answers(List.of(slice));
        Subject device = Subject.migDevice(slice.identity().uuid());
        readings.value(device, "memory_used_bytes", 1L << 30)
                .value(device, "sm_active_percent", 42)
                .processes(device, holding(5, 900))
                .processes(subject, holding(5, 900), holding(6, 100));
        assertThat(plainLines())
                .containsSubsequence(
                        "  └ MIG 3g.71gb       1.0 GiB of 69.3 GiB  SM active 42 %",
                        "  pid 5       python3             900 MiB", "  pid 6       python3             100 MiB")
                .filteredOn(line -> line.contains("pid 5"))
                .hasSize(1);
    }

    @Test
    void asksTheDriverNothingWhenItRedraws() {
        MonitorPage page = page(false);
        int asked = gpu.migDevices.calls();
        page.lines(ROOMY, "title", "footer");
        assertThat(gpu.migDevices.calls()).isEqualTo(asked);
    }

    @Test
    void showsOnlyMetricsThatTheSamplerReads(@TempDir Path folder) {
        MonitorFiles files = MonitorFiles.in(ResultDirectory.open(folder), new ResultName("gpu_monitor_test"));
        List<Gpu> gpus = List.of(gpu);
        try (Sampler sampler =
                Sampler.start(SamplingOptions.DEFAULT, FakeGpuDriver.VERSIONS, gpus, files, List.of(), Time.real())) {
            assertThat(sampler.latest().values(subject).keySet())
                    .extracting(SampledMetric::name)
                    .containsAll(MonitorGauge.of(gpu).stream()
                            .map(MonitorGauge::metric)
                            .toList())
                    .contains("clock_event_bits");
        }
    }
}
