package io.gpushare.report.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.gpushare.analysis.BootstrapInterval;
import io.gpushare.mode.ModeKind;
import io.gpushare.report.Report;
import io.gpushare.report.SomeReports;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.study.Family;
import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.MadeLoad;
import io.gpushare.study.MadeRun;
import io.gpushare.study.Section;
import io.gpushare.study.Study;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.Choice;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.StudyOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

final class StudyJsonTest {
    private static JsonNode valid(Report report) throws IOException {
        try (InputStream resource = Report.class.getResourceAsStream("analysis.schema.json")) {
            Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(resource);
            // Through text, as a reader gets it.
            JsonNode document = new ObjectMapper().readTree(StudyJson.of(report).toString());
            assertThat(schema.validate(document).stream().map(Error::toString)).isEmpty();
            return document;
        }
    }

    private static Section one(List<Estimate> estimates, List<InterferenceMatrix> interference) {
        MixStudy mix = new MixStudy(
                "2 × spin",
                2,
                List.of(),
                List.of(SomeReports.arm(estimates.toArray(Estimate[]::new))),
                List.of(),
                Choice.none("only MPS"),
                List.of());
        return new Section(
                "NVIDIA H200",
                true,
                1,
                List.of(),
                List.of(),
                List.of(new Family("spin", List.of(mix), Map.of(), List.of())),
                interference,
                List.of(),
                List.of(),
                List.of());
    }

    private static Metric metric(String key) {
        return new Metric(key, Optional.empty(), key, "", Metric.Better.HIGHER, "a number");
    }

    @Test
    void theReferenceKeepsTheSchema() throws IOException {
        JsonNode document = valid(SomeReports.reference());
        assertThat(document.path("schema_version").asInt()).isEqualTo(1);
        assertThat(document.path("kind").asText()).isEqualTo("analysis");
        assertThat(document.at("/input/runs").asInt())
                .isEqualTo(SomeReports.READ.runs().size());
        assertThat(document.at("/sections/0/gpu").asText()).isEqualTo("NVIDIA H200");
        assertThat(document.findValuesAsText("topic")).contains("recommendation");
        assertThat(document.findValues("starvations")).anyMatch(found -> !found.isEmpty());
        assertThat(document.findValuesAsText("definition")).allMatch(text -> !text.isEmpty());
    }

    @Test
    void whatOneRunDoesNotTellIsNullWithItsReason() throws IOException {
        Estimate once = new Estimate(
                metric("stp"), List.of(1.5), 1.5, 1.5, Optional.empty(), Optional.empty(), Optional.empty());
        JsonNode estimate = valid(SomeReports.of(one(List.of(once), List.of())))
                .at("/sections/0/families/0/mixes/0/arms/0/estimates/0");
        assertThat(estimate.path("n").asInt()).isEqualTo(1);
        for (String name : List.of("standard_deviation", "confidence_95_lower", "confidence_95_upper")) {
            assertThat(estimate.path(name).isNull()).isTrue();
            assertThat(estimate.path(name + "_absent").asText()).isEqualTo("a single run has no spread");
        }
    }

    @Test
    void whatIsNoNumberIsNullWithItsReason() throws IOException {
        Estimate endless = new Estimate(
                metric("stp"),
                List.of(Double.POSITIVE_INFINITY, 1.0),
                Double.POSITIVE_INFINITY,
                1,
                Optional.of(Double.NaN),
                Optional.of(new BootstrapInterval(1, Double.POSITIVE_INFINITY, false)),
                Optional.empty());
        JsonNode estimate = valid(SomeReports.of(one(List.of(endless), List.of())))
                .at("/sections/0/families/0/mixes/0/arms/0/estimates/0");
        assertThat(estimate.path("mean_absent").asText()).isEqualTo("no finite number");
        assertThat(estimate.path("values").get(0).isNull()).isTrue();
    }

    @Test
    void aPairThatWasNotRunHasNoSlowdown() throws IOException {
        InterferenceMatrix matrix = new InterferenceMatrix(
                new ArmKey(ModeKind.MPS, "MPS", false, "sim", 0),
                "MPS",
                List.of("a", "b"),
                List.of(
                        List.of(Optional.empty(), Optional.of(new InterferenceMatrix.Cell(2.5, 3))),
                        List.of(Optional.empty(), Optional.empty())));
        JsonNode cells = valid(SomeReports.of(one(List.of(), List.of(matrix)))).at("/sections/0/interference/0/cells");
        assertThat(cells.at("/0/1/slowdown").asDouble()).isEqualTo(2.5);
        assertThat(cells.at("/0/0/slowdown_absent").asText())
                .isEqualTo("this pair was not run, or without a baseline that fits");
    }

    @Test
    void serversUnderTheSameLoadAreThere() throws IOException {
        ServedLoad half = MadeLoad.open(100, 20);
        Study study = Study.of(
                List.of(
                        MadeRun.in("time-slicing")
                                .serving("s", MadeLoad.open(200, 40))
                                .stored(),
                        MadeRun.in("mps").serving("s", half, half).stored()),
                StudyOptions.DEFAULT);

        JsonNode load = valid(SomeReports.of(study)).at("/sections/0/loads/0");
        assertThat(load.path("loop").asText()).isEqualTo("open");
        assertThat(load.at("/levels/0/total").asDouble()).isEqualTo(200);
        assertThat(load.at("/levels/0/ways/1/replicas").asInt()).isEqualTo(2);
        assertThat(load.at("/levels/0/answers/0/text").asText()).contains("MPS with 2 replicas");
    }

    @Test
    void saysWhatWasAsked() throws IOException {
        StudyOptions options =
                new StudyOptions(true, true, List.of(new Slo("spin", 0.99, 10)), OptionalDouble.of(3.5), 7);
        JsonNode document = valid(SomeReports.of(new Study(options, List.of(), SomeReports.READ.runs(), List.of())));
        assertThat(document.at("/options/slos/0/bound_ms").asDouble()).isEqualTo(10);
        assertThat(document.at("/options/gpu_cost_per_hour").asDouble()).isEqualTo(3.5);
        assertThat(document.path("left_out")).hasSize(SomeReports.READ.runs().size());
    }
}
