package io.gpushare.platform;

import static io.gpushare.platform.FakeExporter.GPU;
import static io.gpushare.platform.FakeExporter.page;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DcgmExporterTest {
    private static final Duration LONG = Duration.ofMinutes(2);

    private FakeExporter exporter;

    @BeforeEach
    void begin() throws Exception {
        exporter = new FakeExporter();
    }

    @AfterEach
    void end() {
        exporter.close();
    }

    private Reading<List<SensorReading>> asked(Duration patience) {
        return new DcgmExporter(exporter.uri(), GPU::equals, patience).read();
    }

    private String whyNot(Duration patience) {
        return asked(patience).whyAbsent().map(Absence::reason).orElseThrow();
    }

    private static SensorReading reading(Place place, String metric, String unit, double value) {
        return new SensorReading(new Sensor(place, metric, unit), Reading.of(value));
    }

    @Test
    void keysSeriesByGpuAndGpuInstance() {
        exporter.says(page(GPU, 287.5));

        Place gpu = new Place.WholeGpu(GPU);
        assertThat(asked(LONG).asOptional().orElseThrow())
                .containsExactly(
                        reading(gpu, "dcgm_fi_dev_sm_clock", "MHz", 1410),
                        reading(gpu, "dcgm_fi_dev_gpu_temp", "°C", 44),
                        reading(gpu, "dcgm_fi_dev_power_usage", "W", 287.5),
                        reading(new Place.InstanceOfGpu(GPU, 7), "dcgm_fi_prof_gr_engine_active", "", 0.25),
                        reading(new Place.InstanceOfGpu(GPU, 2), "dcgm_fi_prof_gr_engine_active", "", 0.75));
    }

    @Test
    void leavesOutGpusThatNobodyWatches() {
        exporter.says(page("GPU-of-somebody-else", 100) + page(GPU, 200));
        assertThat(asked(LONG).asOptional().orElseThrow())
                .hasSize(5)
                .extracting(SensorReading::value)
                .contains(Reading.of(200.0));

        exporter.says(page("GPU-of-somebody-else", 100));
        assertThat(whyNot(LONG)).isEqualTo("no answer (the exporter names none of the GPUs that are watched)");
    }

    @Test
    void takesWhatIsNoNumberAsAGap() {
        exporter.says(page(GPU, 1).replace(" 44\n", " NaN\n").replace(" 1410\n", " +Inf\n"));

        assertThat(asked(LONG).asOptional().orElseThrow())
                .filteredOn(reading -> reading.value() instanceof Reading.Absent)
                .extracting(reading -> reading.sensor().metric())
                .containsExactly("dcgm_fi_dev_sm_clock", "dcgm_fi_dev_gpu_temp");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>It works!</body></html>",
                "node_load1 0.5\n",
                "DCGM_FI_DEV_SM_CLOCK{UUID=\"never ends 1\n",
                "DCGM_FI_DEV_SM_CLOCK{UUID=\"x\\\n",
                "DCGM_FI_DEV_SM_CLOCK{} much\n",
                "DCGM_FI_DEV_SM_CLOCK",
                "DCGM_FI_DEV_SM_CLOCK{a} 1\n",
            })
    void saysWhenItIsSomethingElse(String page) {
        exporter.says(page);

        assertThat(whyNot(LONG)).isEqualTo("no answer (the answer has no series of DCGM)");
    }

    @Test
    void doesNotWaitForOneThatIsSlow() {
        exporter.hangsAfter(page(GPU, 1));

        assertThat(whyNot(Duration.ofMillis(500))).startsWith("no answer");
    }

    @Test
    void keepsItsMemoryWhereTheAnswerNeverEnds() {
        exporter.neverEnds();

        assertThat(whyNot(LONG)).startsWith("no answer");
    }

    @Test
    void tellsThatItIsAwayOrBrokenAndAsksAgain() {
        exporter.fails();
        assertThat(whyNot(LONG)).isEqualTo("no answer (it answered with status 500)");
        DcgmExporter source = new DcgmExporter(exporter.uri(), GPU::equals, LONG);
        exporter.says(page(GPU, 1));
        assertThat(source.read().asOptional()).isPresent();

        exporter.dies();

        for (int look = 0; look < 4; look++) {
            assertThat(source.read().whyAbsent().orElseThrow().reason()).startsWith("no answer (ConnectException");
        }
        assertThat(source.over()).isFalse();
    }

    @Test
    void answersAtOnceWhenItIsToEnd() throws Exception {
        exporter.hangsAfter("");
        Thread.currentThread().interrupt();

        assertThat(asked(LONG).whyAbsent()).isPresent();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void takesAddressesAsPeopleTypeThem() {
        assertThat(DcgmExporter.address("node7:9400")).isEqualTo(URI.create("http://node7:9400/metrics"));
        assertThat(DcgmExporter.address("https://node7/")).isEqualTo(URI.create("https://node7/metrics"));
        assertThat(DcgmExporter.address("http://node7:9400/a/metrics?x=1"))
                .isEqualTo(URI.create("http://node7:9400/a/metrics?x=1"));
        for (String wrong : List.of("", "ftp://node7", "http://me:secret@node7", "a b", "http://")) {
            assertThatThrownBy(() -> DcgmExporter.address(wrong))
                    .isInstanceOf(GpushareException.class)
                    .hasMessageContaining("no address of a dcgm-exporter");
        }
    }
}
