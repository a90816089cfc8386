package io.gpushare.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.gpu.DriverVersions;
import io.gpushare.reading.Reading;
import io.gpushare.results.ResultSchema;
import io.gpushare.sampling.journal.MonitorResult;
import io.gpushare.sampling.samples.SampleListener;
import io.gpushare.time.Time;
import io.gpushare.time.VirtualTime;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The far end is played line by line. */
@Timeout(30)
final class RemoteSamplerTest {
    private static final long AHEAD_NANOS = 7_000_000_000L;

    private final Time time = new VirtualTime();
    private final List<String> told = new ArrayList<>();
    private RemoteSampler remote;
    private Time.Presence presence;

    @TempDir
    private Path folder;

    @BeforeEach
    void takePart() {
        presence = time.enter();
        remote = new RemoteSampler("n1", time, new SampleListener() {});
        remote.started(this::obey, AHEAD_NANOS);
    }

    @AfterEach
    void leave() {
        presence.close();
    }

    private void obey(byte[] order) {
        String line = new String(order, StandardCharsets.UTF_8).strip();
        told.add(line);
        long joules = told.size() * 100L;
        if (line.equals("stop")) {
            print(phase("end", 3000, joules));
            print("""
                {"end":{"elapsed_ms":3000,"instrument":{"calls":[],"loops":[],"rings":[]}}}
                """);
        } else if (!line.endsWith("unheard")) {
            print(phase(line.replace("mark ", ""), 1000L * told.size(), joules));
        }
    }

    private static String phase(String name, long elapsedMs, long joules) {
        return """
            {"phase":{"name":"%s","elapsed_ms":%d,"energy":[{"gpu":"GPU-1","elapsed_ms":%d,"energy_mj":%d}]}}
            """.formatted(name, elapsedMs, elapsedMs, joules * 1000);
    }

    /** In pieces that end anywhere. */
    private void print(String lines) {
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += 7) {
            remote.printed(bytes, from, Math.min(7, bytes.length - from));
        }
    }

    private void printHeader() {
        print("""
            {"gpu_monitor_journal":{"version":1,"tool_version":"1","start_unix_ns":%d,"interval_ns":100000000,\
            "identity":{"host":{"name":"h","kernel":"k","cpu_model":"c","cpu_count":1,"memory_total_bytes":1},\
            "driver":{"driver_version":"1","nvml_version":"1","cuda_version":"1"},\
            "gpus":[{"index":0,"uuid":"GPU-1","name":"NVIDIA H200","mig_devices":[]}]},\
            "tables":[{"number":0,"name":"gpu0","subject_kind":"GPU","subject":"GPU-1","shape":"SERIES",\
            "metrics":[{"name":"power_w","unit":"W","kind":"GAUGE"}]},\
            {"number":1,"name":"host","subject_kind":"HOST","subject":"host","shape":"SERIES",\
            "metrics":[{"name":"cpu_percent","unit":"%%","kind":"GAUGE"}]}]}}
            """.formatted(time.unixNanos() + AHEAD_NANOS));
    }

    private Sampler sampler() {
        return Sampler.start(
                SamplingOptions.DEFAULT,
                new DriverVersions(Reading.of("1"), Reading.of("1"), Reading.of("1")),
                List.of(),
                new MonitorFiles(folder.resolve("journal"), folder.resolve("result")),
                List.of(),
                List.of(remote),
                time);
    }

    @Test
    void samplesOfAnotherMachineAreInTheFileOnThisClock() throws Exception {
        printHeader();
        print("[0,50,100]\n"); // Before anybody listens.
        assertThat(remote.begins(Duration.ofSeconds(1))).isTrue();
        time.sleep(Duration.ofSeconds(2));
        Sampler sampler = sampler();
        print("[0,3000.5,null]\n[1,3001,12]\nnonsense\n");
        sampler.mark("measure");
        MonitorResult result = sampler.finish();

        assertThat(told).containsExactly("mark start", "mark measure", "stop");
        assertThat(remote.failure()).isEmpty();
        assertThat(result.warnings()).containsExactly("1 line of the sampler on the node n1 could not be read");
        JsonNode file = new ObjectMapper().readTree(result.file().toFile());
        assertThat(ResultSchema.gpuMonitor().problemsOf(file)).isEmpty();
        JsonNode gpu = file.path("tables")
                .valueStream()
                .filter(table -> table.path("subject").asText().equals("GPU-1"))
                .findFirst()
                .orElseThrow();
        assertThat(gpu.path("columns").path("elapsed_ms").toString()).isEqualTo("[-1950,1000.5]");
        assertThat(gpu.path("columns").path("power_w").toString()).isEqualTo("[100,null]");
        assertThat(file.path("tables").findValuesAsText("subject")).contains("GPU-1", "n1");
        assertThat(file.at("/energy/0/phases/1/counter_joules").asDouble()).isEqualTo(100);
        assertThat(file.at("/nodes/0/gpus/0/uuid").asText()).isEqualTo("GPU-1");
    }

    @Test
    void oneThatAnswersNoMoreIsWaitedForOnce() throws Exception {
        printHeader();
        assertThat(remote.begins(Duration.ofSeconds(1))).isTrue();
        Sampler sampler = sampler();
        long begin = time.nanos();
        sampler.mark("unheard");
        sampler.mark("unheard, too");
        assertThat(time.nanos() - begin).isEqualTo(3_000_000_000L);
        assertThat(sampler.finish().warnings())
                .contains(
                        "the samples of the node n1 are not whole, for its sampler failed: it did not answer for 3 s");
    }

    @Test
    void oneThatEndsInTheMiddleIsNotWaitedFor() throws Exception {
        printHeader();
        assertThat(remote.begins(Duration.ofSeconds(1))).isTrue();
        Sampler sampler = sampler();
        remote.ended("it was ended by signal 9");
        sampler.mark("measure");
        MonitorResult result = sampler.finish();
        assertThat(remote.failure()).contains("it was ended by signal 9");
        assertThat(result.interrupted()).isFalse();
    }

    @Test
    void whatPrintsNoSamplesIsNoSampler() throws Exception {
        print("Welcome to n1!\n");
        assertThat(remote.begins(Duration.ofSeconds(1))).isFalse();
        assertThat(remote.failure()).hasValueSatisfying(why -> assertThat(why).contains("has no header"));
        RemoteSampler silent = new RemoteSampler("n2", time, new SampleListener() {});
        assertThat(silent.begins(Duration.ofSeconds(1))).isFalse();
        assertThat(silent.failure()).contains("it did not begin within 1 s");
    }
}
