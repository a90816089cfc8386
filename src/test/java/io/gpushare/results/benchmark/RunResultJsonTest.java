package io.gpushare.results.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.load.scenario.ScenarioPlan;
import io.gpushare.mode.ModeProof;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.results.ReadingJson;
import io.gpushare.results.ResultSchema;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.study.MadeLoad;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunResultJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ResultSchema SCHEMA = ResultSchema.benchmark();

    /** Files that were written before them lack them. */
    private static final List<String> OF_LATER_VERSIONS = List.of("at_full_speed", "core", "error_percent");

    @Test
    void writesTheDocumentOfTheExample() throws IOException {
        try (InputStream example = RunResultJsonTest.class.getResourceAsStream("benchmark.example.json")) {
            assertThat(reread(RunResultJson.of(ExampleRun.invalid()))).isEqualTo(JSON.readTree(example));
        }
    }

    @Test
    void keepsItsSchema() throws IOException {
        assertThat(SCHEMA.problemsOf(reread(RunResultJson.of(ExampleRun.invalid()))))
                .isEmpty();
        RunResult valid = ExampleRun.with(new Verdict(List.of()), List.of(ExampleRun.well()));
        assertThat(SCHEMA.problemsOf(reread(RunResultJson.of(valid)))).isEmpty();
    }

    @Test
    void comesBackAsItWas() throws IOException {
        RunResult run = ExampleRun.invalid();
        RunResult back = RunResultJson.read(reread(RunResultJson.of(run)));
        assertThat(RunResultJson.of(back).toString())
                .isEqualTo(RunResultJson.of(run).toString());
        assertThat(back.metrics()).isEqualTo(run.metrics());
        assertThat(back.gpu()).isEqualTo(run.gpu());
        assertThat(back.verdict()).isEqualTo(run.verdict());
        assertThat(back.tenants().getLast()).isEqualTo(run.tenants().getLast());
        assertThat(back.tenants().getFirst().work().windows())
                .isEqualTo(run.tenants().getFirst().work().windows());
    }

    @Test
    void doesNotLoseARunForAnInfiniteLoss() {
        JsonNode metrics = RunResultJson.of(ExampleRun.invalid()).at("/tenants/0/metrics");
        assertThat(metrics.get("loss").isNull()).isTrue();
        assertThat(metrics.get("top1").asDouble()).isEqualTo(0.5);
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonIsInTheSchemaAndComesBack(Reason reason) throws IOException {
        Verdict verdict = new Verdict(List.of(new Finding(reason, "A sentence.")));
        JsonNode document = reread(RunResultJson.of(ExampleRun.with(verdict, List.of(ExampleRun.well()))));
        assertThat(SCHEMA.problemsOf(document)).isEmpty();
        assertThat(RunResultJson.read(document).verdict()).isEqualTo(verdict);
    }

    @ParameterizedTest
    @EnumSource(Absence.Kind.class)
    void everyAbsenceIsInTheSchemaAndComesBack(Absence.Kind kind) throws IOException {
        for (String detail : List.of("", "nvmlDeviceGetX (or so)", "two\nlines")) {
            ObjectNode document = RunResultJson.of(ExampleRun.invalid());
            Reading<Double> absent = Reading.absent(new Absence(kind, detail));
            ReadingJson.put((ObjectNode) document.get("metrics"), "stp", absent);
            JsonNode read = reread(document);
            assertThat(SCHEMA.problemsOf(read)).isEmpty();
            assertThat(RunResultJson.read(read).metrics().stp()).isEqualTo(absent);
        }
    }

    private static ObjectNode judged(ScenarioPlan plan) throws IOException {
        ServedLoad load = MadeLoad.open(100, 30).judgedBy(plan);
        ObjectNode document = RunResultJson.of(ExampleRun.with(new Verdict(List.of()), List.of(ExampleRun.well())));
        ((ObjectNode) document.at("/tenants/0")).set(ServedLoad.FIELD, load.json());
        return (ObjectNode) reread(document);
    }

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void everyScenarioOfMlperfIsInTheSchemaAndComesBack(Scenario scenario) throws IOException {
        for (boolean official : new boolean[] {true, false}) {
            Optional<Duration> bound =
                    scenario == Scenario.SERVER ? Optional.of(Duration.ofMillis(15)) : Optional.empty();
            ScenarioPlan plan = new ScenarioPlan(scenario, official, 8, bound);
            ObjectNode document = judged(plan);

            assertThat(SCHEMA.problemsOf(document)).isEmpty();
            assertThat(RunResultJson.read(document).tenants().getFirst().load())
                    .contains(MadeLoad.open(100, 30).judgedBy(plan));
            JsonNode said = document.at("/tenants/0/load/scenario");
            assertThat(said.path("valid").asBoolean())
                    .isEqualTo(said.path("faults").isEmpty())
                    .isEqualTo(!official && scenario != Scenario.SERVER);
            assertThat(said.at("/early_stopping/met").asText())
                    .isEqualTo(
                            switch (scenario) {
                                case SINGLE_STREAM, MULTI_STREAM -> "true";
                                case SERVER -> "false";
                                case OFFLINE -> "";
                            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name = \"mobile\"",
                "latency_bound_ms = null",
                "name = \"offline\"",
                "valid = true",
                "faults = []",
                "early_stopping = {}",
                "samples_per_request = 0"
            })
    void refusesWhatNoScenarioSays(String change) throws IOException {
        ObjectNode document = judged(new ScenarioPlan(Scenario.SERVER, false, 1, Optional.of(Duration.ofMillis(15))));
        String[] parts = change.split(" = ", 2);
        ((ObjectNode) document.at("/tenants/0/load/scenario")).set(parts[0], JSON.readTree(parts[1]));

        assertThat(SCHEMA.problemsOf(document)).isNotEmpty();
    }

    /** A component that is added to a record and forgotten in the file has no field there. */
    @ParameterizedTest
    @MethodSource("recordsAndTheirPlaces")
    void everyComponentHasItsField(Class<?> type, String place) {
        ObjectNode document = RunResultJson.of(ExampleRun.invalid());
        List<String> fields = new ArrayList<>();
        document.at(place).fieldNames().forEachRemaining(name -> {
            if (!name.endsWith(ReadingJson.REASON_SUFFIX)
                    && !List.of("schema_version", "valid").contains(name)) {
                fields.add(name);
            }
        });
        if (place.isEmpty()) {
            fields.remove("kind");
        }
        // What follows from other components stands in the file, too: a verdict's label, a run's mode, a tenant's
        // progress.
        boolean derives =
                List.of(Verdict.class, RunResult.class, TenantResult.class).contains(type);
        // The tenant of the example serves nobody, and beside its run nobody was watched.
        int absent = type == TenantResult.class || type == RunResult.class ? 1 : 0;
        assertThat(fields).hasSize(components(type) + (derives ? 1 : 0) - absent);
    }

    /** Parts of a tenant are records of their own, and stand side by side in the file. */
    private static int components(Class<?> type) {
        List<Class<?>> parts = List.of(TenantResult.Identity.class, TenantResult.Start.class, TenantResult.Work.class);
        return Arrays.stream(type.getRecordComponents())
                .mapToInt(component -> parts.contains(component.getType()) ? components(component.getType()) : 1)
                .sum();
    }

    static Stream<Arguments> recordsAndTheirPlaces() {
        return Map.ofEntries(
                        Map.entry("", RunResult.class),
                        Map.entry("/metrics", SharingMetrics.class),
                        Map.entry("/tenants/0", TenantResult.class),
                        Map.entry("/tenants/0/latency", TenantResult.Latency.class),
                        Map.entry("/tenants/0/host", TenantResult.HostUse.class),
                        Map.entry("/tenants/0/windows/0", WindowResult.class),
                        Map.entry("/tenants/1/problem", TenantResult.Problem.class),
                        Map.entry("/baselines/0", BaselineResult.class),
                        Map.entry("/gpu", GpuUse.class),
                        Map.entry("/gpu/metrics/sm_active_percent", GpuUse.Levels.class),
                        Map.entry("/timeline", Timeline.class),
                        Map.entry("/proof", ModeProof.class),
                        Map.entry("/verdict", Verdict.class),
                        Map.entry("/verdict/findings/0", Finding.class))
                .entrySet()
                .stream()
                .map(entry -> Arguments.of(entry.getValue(), entry.getKey()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/schema_version = 2",
                "/kind = \"gpu_monitor\"",
                "/mode = \"Mps\"",
                "/simulated = \"no\"",
                "/surprise = 1",
                "/started_utc = \"yesterday\"",
                "/repetition = 0",
                "/gpu = null",
                "/metrics/stp = null",
                "/metrics/stp = \"NaN\"",
                "/metrics/stp = -1",
                "/metrics/stp_absent = \"not measured\"",
                "/metrics/jain_absent = \"because\"",
                "/metrics/fairness = 1.5",
                "/metrics/success_rate = 2",
                "/verdict/valid = true",
                "/verdict/verdict = \"VALID\"",
                "/verdict/findings = []",
                "/verdict/findings/0/reason = \"bad_luck\"",
                "/verdict/findings/0/message = \"\"",
                "/tenants/0/latency/count = 0",
                "/tenants/0/latency/p98_ms = 3",
                "/tenants/0/slowdown = null",
                "/tenants/0/kind = \"TRAINING\"",
                "/tenants/0/windows/0/latency/3660 = 0",
                "/tenants/0/windows/0/latency/slow = 1",
                "/tenants/0/windows/0/from_s = -1",
                "/baselines/0/source = \"\"",
                "/gpu/metrics/SM = null",
                "/timeline/window_s = null"
            })
    void refusesWhatNoRunSays(String change) throws IOException {
        String[] parts = change.split(" = ", 2);
        int slash = parts[0].lastIndexOf('/');
        ObjectNode document = (ObjectNode) reread(RunResultJson.of(ExampleRun.invalid()));
        ((ObjectNode) document.at(parts[0].substring(0, slash)))
                .set(parts[0].substring(slash + 1), JSON.readTree(parts[1]));
        assertThat(SCHEMA.problemsOf(document)).isNotEmpty();
    }

    @Test
    void requiresEveryField() throws IOException {
        JsonNode document = reread(RunResultJson.of(ExampleRun.invalid()));
        for (String place :
                List.of("", "/metrics", "/tenants/0", "/gpu", "/host", "/timeline", "/verdict", "/baselines/0")) {
            List<String> names = new ArrayList<>();
            document.at(place).fieldNames().forEachRemaining(names::add);
            names.removeAll(OF_LATER_VERSIONS);
            names.removeIf(name -> place.isEmpty() && name.equals("host"));
            for (String name : names) {
                JsonNode changed = document.deepCopy();
                ((ObjectNode) changed.at(place)).remove(name);
                assertThat(SCHEMA.problemsOf(changed)).as(place + "/" + name).isNotEmpty();
            }
        }
    }

    private static JsonNode reread(JsonNode document) throws IOException {
        return JSON.readTree(JSON.writeValueAsBytes(document));
    }
}
