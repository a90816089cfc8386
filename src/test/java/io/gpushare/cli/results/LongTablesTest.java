package io.gpushare.cli.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code timestamp,domain,metric,measure}: from samples, and back. */
final class LongTablesTest {
    private static final String REFERENCE = "results/reference/h200/";
    private static final String SAMPLES = "gpu_monitor_mps_4_20261121T134118Z_9b156a";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-21T16:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private CapturedConsole captured = CapturedConsole.piped();

    private int run(String... arguments) {
        captured = CapturedConsole.piped();
        return CommandTree.of(
                        captured.console,
                        List.of(new ExportCommand(captured.console), new ImportCommand(captured.console, CLOCK)))
                .execute(arguments);
    }

    private JsonNode imported(String what) throws IOException {
        assertThat(run("import", what, "--out", folder.resolve("imports").toString(), "--json"))
                .as(captured.err())
                .isZero();
        return new ObjectMapper().readTree(captured.out());
    }

    private Path monitor(String tables) throws IOException {
        ObjectMapper json = new ObjectMapper();
        var document = (ObjectNode)
                json.readTree(Path.of(REFERENCE + SAMPLES + ".json").toFile());
        document.put("start_unix_ns", 1_795_700_000_000_000_000L);
        var gpu = (ObjectNode) document.path("gpus").path(0);
        gpu.put("uuid", "GPU-1");
        gpu.set("mig_devices", json.readTree("""
                [{"uuid": "MIG-1", "name": "3g.71gb", "gpu_instance": 2, "compute_instance": 0}]"""));
        ObjectNode node = document.putArray("nodes").addObject().put("node", "n1");
        node.set("host", document.path("host"));
        node.set("driver", document.path("driver"));
        node.set("gpus", json.readTree("""
                [{"uuid": "GPU-2", "index": 0, "name": "NVIDIA H200", "mig_devices": []}]"""));
        document.remove("tables");
        document.set("tables", json.readTree(tables));
        Path file = folder.resolve("gpu_monitor_20261121T133923Z_afa152.json");
        Files.writeString(file, json.writeValueAsString(document) + "\n");
        return file;
    }

    private static String table(String name, String kind, String subject, String columns) {
        return """
                {"name": "%s", "subject_kind": "%s", "subject": "%s", "shape": "series", "rows": 1, "metrics": [],
                 "absences": [], "absences_omitted": 0, "columns": %s}""".formatted(name, kind, subject, columns);
    }

    @Test
    void eachDomainHasItsSamplesUnderItsName() throws Exception {
        Path file = monitor("["
                + String.join(
                        ",",
                        table("gpu0", "gpu", "GPU-1", "{\"elapsed_ms\": [0.5, 100], \"power_w\": [101.25, null]}"),
                        table(
                                "gpu0_mig",
                                "mig_device",
                                "MIG-1",
                                "{\"elapsed_ms\": [1000], \"memory_used_bytes\": [5e9]}"),
                        table("gpu0_processes", "gpu", "GPU-1", "{\"elapsed_ms\": [7], \"pid\": [4711], \"mps\": [1]}"),
                        table("host", "host", "host", "{\"elapsed_ms\": [0], \"load_1m\": [0.25]}"),
                        table("host_cpu", "host", "host", "{\"elapsed_ms\": [0], \"cpu_percent\": [12]}"),
                        table("rapl", "platform", "platform", "{\"elapsed_ms\": [0], \"cpu_power_w\": [90]}"),
                        table("gpu0", "gpu", "GPU-2", "{\"elapsed_ms\": [0], \"power_w\": [99]}"),
                        table("host_cpu", "host", "n1", "{\"elapsed_ms\": [0], \"cpu_percent\": [13]}"),
                        table("ipmi", "platform", "platform", "{\"elapsed_ms\": [-20], \"psu1_w\": [300]}"),
                        table("dcgm", "gpu", "GPU-1", "{\"elapsed_ms\": [0], \"dcgm_fi_dev_gpu_temp\": [44]}"),
                        table(
                                "dcgm_2",
                                "gpu_instance",
                                "GPU-1/2",
                                "{\"elapsed_ms\": [0], \"dcgm_fi_prof_sm_active\": [0.5]}"))
                + "]");

        assertThat(run("export", "--format", "csv-long", file.toString())).isZero();

        assertThat(captured.out().lines())
                .containsExactly(
                        "timestamp,domain,metric,measure",
                        "2026-11-26T13:33:20.000500Z,gpu0,power_w,101.25",
                        "2026-11-26T13:33:21.000000Z,gpu0/3g.71gb-2-0,memory_used_bytes,5.0E9",
                        "2026-11-26T13:33:20.007000Z,gpu0/pid-4711,mps,1.0",
                        "2026-11-26T13:33:20.000000Z,host,load_1m,0.25",
                        "2026-11-26T13:33:20.000000Z,cpu,cpu_percent,12.0",
                        "2026-11-26T13:33:20.000000Z,cpu,cpu_power_w,90.0",
                        "2026-11-26T13:33:20.000000Z,n1/gpu0,power_w,99.0",
                        "2026-11-26T13:33:20.000000Z,n1/cpu,cpu_percent,13.0",
                        "2026-11-26T13:33:19.980000Z,platform,psu1_w,300.0",
                        "2026-11-26T13:33:20.000000Z,dcgm/gpu0,dcgm_fi_dev_gpu_temp,44.0",
                        "2026-11-26T13:33:20.000000Z,dcgm/gpu0/instance-2,dcgm_fi_prof_sm_active,0.5");
    }

    private static JsonNode theOne(JsonNode list, String field, String value) {
        return list.valueStream()
                .filter(node -> node.path(field).asText().equals(value))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasExportedIsImportedWithTheSameLevels() throws Exception {
        Path csv = folder.resolve("samples.csv");
        assertThat(run("export", "--format", "csv-long", REFERENCE + SAMPLES + ".json", "--out", csv.toString()))
                .isZero();
        assertThat(captured.out()).isEqualTo("Saved to " + csv + "\n");

        JsonNode imported = imported(csv.toString());

        JsonNode gpu = theOne(imported.path("benchmarks"), "name", "gpu0");
        JsonNode power = theOne(gpu.path("measures"), "key", "power_recorded_w");
        JsonNode summary = new ObjectMapper()
                .readTree(Path.of(REFERENCE + SAMPLES + ".json").toFile())
                .path("summary");
        JsonNode said = theOne(summary, "metric", "power_recorded_w");
        assertThat(power.path("samples")).as("a series is no list of runs").isEmpty();
        assertThat(power.at("/reported/n").asLong()).isEqualTo(said.path("n").asLong());
        assertThat(power.at("/reported/max").asDouble())
                .isEqualTo(said.path("max").asDouble());
        assertThat(Math.abs(power.at("/reported/mean").asDouble()
                        - said.path("mean").asDouble()))
                .isLessThan(1e-6);
        assertThat(imported.path("format").asText()).isEqualTo("csv-long");
    }

    @Test
    void aFolderGetsATableForEachRunAndIsImportedWhole() throws Exception {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        for (String name : List.of(SAMPLES, "gpu_monitor_mps_4_20261121T140310Z_61d167")) {
            Files.copy(Path.of(REFERENCE + name + ".json"), runs.resolve(name + ".json"));
        }
        Path tables = Files.createDirectory(folder.resolve("tables"));

        assertThat(run("export", "--format", "csv-long", runs.toString(), "--out", tables.toString()))
                .isZero();

        try (Stream<Path> files = Files.list(tables)) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(file).content().startsWith("timestamp,domain,metric,measure\n"));
        }
        JsonNode imported = imported(tables.toString());
        assertThat(imported.path("benchmarks").findValuesAsText("file"))
                .contains(SAMPLES, "gpu_monitor_mps_4_20261121T140310Z_61d167");
        assertThat(imported.at("/source/name").asText()).isEqualTo("tables");

        assertThat(run("export", "--format", "csv-long", runs.toString())).isZero();
        assertThat(captured.out()).contains("," + SAMPLES + "/gpu0,power_w,");
    }

    @Test
    void takesTablesThatOthersWroteAndCountsTheirGaps() throws Exception {
        Path csv = folder.resolve("ipmi.csv");
        String lines = """
                Timestamp,Domain,Metric,Measure
                2023-05-01 10:00:00,ipmi,"PSU1, in",300
                2023-05-01 10:00:01,ipmi,"PSU1, in",310
                2023-05-01 10:00:02,ipmi,"PSU1, in",na

                2023-05-01 10:00:02,cpu,ctx,1e400
                """;
        Files.writeString(csv, '\uFEFF' + lines.replace("\n", "\r\n"));

        JsonNode imported = imported(csv.toString());

        assertThat(captured.err()).contains("ipmi.csv: 2 lines without a number are left out.");
        assertThat(imported.at("/benchmarks/0/measures/0/key").asText()).isEqualTo("PSU1, in");
        assertThat(imported.at("/benchmarks/0/measures/0/reported").toString())
                .isEqualTo("{\"mean\":305.0,\"min\":300.0,\"max\":310.0,\"n\":2.0}");
        assertThat(imported.path("measured_at").asText()).isEqualTo("2023-05-01 10:00:00");
    }

    @Test
    void refusesWhatIsNoSuchTable() throws Exception {
        Path csv = folder.resolve("wrong.csv");
        for (String[] wrong : new String[][] {
            {"", "its first line is not timestamp,domain,metric,measure"},
            {"a,b\n1,2\n", "its first line is not timestamp,domain,metric,measure"},
            {"timestamp,domain,metric,measure\n", "it has no line with a number"},
            {"timestamp,domain,metric,measure\n1,gpu,power\n", "line 2 has 3 columns instead of four"},
            {"timestamp,domain,metric,measure\n1,,power,3\n", "line 2 names no domain, or no metric"},
            {"timestamp,domain,metric,measure\n" + "x".repeat(70_000), "line 2 is longer than 64 KiB"},
        }) {
            Files.writeString(csv, wrong[0]);
            assertThat(run("import", csv.toString(), "--out", folder.toString()))
                    .isOne();
            assertThat(captured.err()).contains(wrong[1]);
        }
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(run("import", empty.toString(), "--out", folder.toString())).isOne();
        assertThat(captured.err()).contains("has no file that ends with .csv");
    }

    @Test
    void saysWhichSamplesWereDamaged() throws Exception {
        Path file = monitor("[" + table("gpu0", "gpu", "GPU-1", "{\"elapsed_ms\": [0], \"power_w\": [1, 2]}") + "]");

        assertThat(run("export", "--format", "csv-long", file.toString())).isEqualTo(4);
        assertThat(captured.err()).contains("power_w has 2 values at 1 instants");

        assertThat(run(
                        "export",
                        "--format",
                        "csv-long",
                        Files.createDirectory(folder.resolve("none")).toString()))
                .isOne();
        assertThat(captured.err()).contains("there are no samples to export");
    }
}
