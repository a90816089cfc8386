package io.gpushare.sampling;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.platform.FakeExporter;
import io.gpushare.platform.Place;
import io.gpushare.platform.Platform;
import io.gpushare.platform.Sensor;
import io.gpushare.platform.SensorReading;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.journal.MonitorResult;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.time.Inbox;
import io.gpushare.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SamplerSensorsTest extends SamplerScenario {
    private final HandFedSensors board = new HandFedSensors();

    @BeforeEach
    void sampleTheBoard() {
        platform = new Platform(
                Reading.of("/usr/bin/ipmitool"),
                Reading.notMeasured("a test"),
                Path.of("/nonexistent"),
                List.of(board),
                false);
    }

    private static SensorReading watts(String metric, double value) {
        return new SensorReading(new Sensor(new Place.Machine(), metric, "W"), Reading.of(value));
    }

    private static SensorReading noWatts(String metric) {
        return new SensorReading(
                new Sensor(new Place.Machine(), metric, "W"), Reading.absent(new Absence(Absence.Kind.NO_DATA, "na")));
    }

    @Test
    void sensorsReachTheFileTheSummaryAndTheBoardOfLatestReadings() throws Exception {
        board.answers(watts("psu1_w", 300));
        try (Sampler sampler = start()) {
            advance(ofSeconds(5));
            assertThat(sampler.latest().value(Subject.PLATFORM, "psu1_w")).isEqualTo(Reading.of(300.0));
            board.answers(watts("psu1_w", 500));
            advance(ofSeconds(2));
            MonitorResult result = sampler.finish();

            assertThat(recording.values("psu1_w")).containsExactly(300.0, 300.0, 300.0, 500.0);
            assertThat(result.summary())
                    .filteredOn(metric -> metric.subject().equals(Subject.PLATFORM))
                    .singleElement()
                    .satisfies(metric ->
                            assertThat(metric.levels().orElseThrow().max()).isEqualTo(500));
            JsonNode document = new ObjectMapper().readTree(files.result().toFile());
            assertThat(document.at("/platform/ipmitool").asText()).isEqualTo("/usr/bin/ipmitool");
            assertThat(document.path("tables"))
                    .filteredOn(table -> table.path("name").asText().equals("ipmi"))
                    .singleElement()
                    .satisfies(table ->
                            assertThat(table.path("subject_kind").asText()).isEqualTo("platform"));
        }
    }

    @Test
    void samplesTheGpuWhileABoardHangsAndLeavesAGap() throws Exception {
        board.answers(watts("psu1_w", 300));
        Inbox<String> word = clocks.inbox();
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            board.answersWith(() -> {
                clocks.passes(ofSeconds(10));
                return Reading.absent(new Absence(Absence.Kind.NO_ANSWER, "it was killed"));
            });
            advance(ofSeconds(20));
            assertThat(recording.values("power_w")).hasSize(211).doesNotContainNull();
            assertThat(recording.absences("psu1_w")).containsExactly("no answer (it was killed)");
            assertThat(sampler.latest().value(Subject.PLATFORM, "psu1_w").whyAbsent())
                    .isPresent();
            assertThat(sampler.instrument().missedTicks()).isZero();
            board.answers(watts("psu1_w", 320));
            advance(ofSeconds(20));
            assertThat(recording.absences("psu1_w")).containsExactly("no answer (it was killed)", "present");
            assertThat(sampler.instrument().calls())
                    .filteredOn(call -> call.name().equals("ipmi"))
                    .singleElement()
                    .satisfies(call -> assertThat(call.failures()).isPositive());
            MonitorResult result = sampler.finish();
            assertThat(result.warnings()).isEmpty();
            assertThat(Files.readString(files.result())).contains("no answer (it was killed)");
        } finally {
            word.put("now");
        }
    }

    @Test
    void endsInTimeThoughABoardNeverAnswersAgain() throws Exception {
        patience = ofMillis(200);
        Inbox<String> never = clocks.inbox();
        board.answersWith(() -> {
            boolean answered = false;
            while (!answered) {
                try {
                    answered = never.poll(Time.NEVER).isPresent();
                } catch (InterruptedException deaf) {
                    answered = false;
                }
            }
            return Reading.absent(Absence.Kind.NO_ANSWER);
        });
        try (Sampler sampler = start()) {
            advance(ofSeconds(3));
            MonitorResult result = sampler.finish();
            assertThat(result.interrupted()).isFalse();
            assertThat(result.warnings())
                    .containsExactly("a sensor of the machine did not answer at the end, and was left alone");
        } finally {
            never.put("now");
        }
    }

    @Test
    void asksNoMoreThanHalfOfTheTime() throws Exception {
        board.answersWith(() -> {
            clocks.passes(ofSeconds(3));
            return Reading.of(List.of(watts("psu1_w", 300)));
        });
        try (Sampler sampler = start()) {
            advance(ofSeconds(59));
            assertThat(board.asked()).isEqualTo(10);
            assertThat(sampler.warnings()).isEmpty();
            assertThat(recording.elapsedMillis("psu1_w").getFirst())
                    .as("the middle of the time in which it was asked")
                    .isEqualTo(1500);
        }
    }

    @Test
    void sensorsThatComeLaterGetATableOfTheirOwn() throws Exception {
        board.answers(watts("psu1_w", 300));
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            board.answers(watts("psu2_w", 200), noWatts("psu1_w"));
            advance(ofSeconds(2));
            board.answers(watts("psu2_w", 210));
            advance(ofSeconds(2));
            assertThat(recording.values("psu1_w")).containsExactly(300.0, null, null);
            assertThat(recording.values("psu2_w")).containsExactly(200.0, 210.0);
            assertThat(recording.absences("psu1_w"))
                    .containsExactly("no data yet (na)", "no data yet (the answer did not name it)");
            JsonNode document = sampler.finish().document();
            assertThat(document.path("summary").findValuesAsText("metric")).contains("psu1_w", "psu2_w");
        }
    }

    @Test
    void keepsItsMemoryThoughASourceMakesUpNames() throws Exception {
        board.answers(IntStream.range(0, 5000)
                .mapToObj(number -> watts("made_up_" + number + "_w", number))
                .toArray(SensorReading[]::new));
        try (Sampler sampler = start()) {
            advance(ofSeconds(1));
            assertThat(sampler.latest().values(Subject.PLATFORM)).hasSize(1000);
            assertThat(sampler.warnings()).singleElement().asString().contains("more than 1000 sensors");
        }
    }

    @Test
    void joinsAnExportersSeriesAndGoesOnWhenItDies() throws Exception {
        String uuid = gpu.identity().uuid();
        try (FakeExporter exporter = new FakeExporter()) {
            exporter.says(FakeExporter.page(uuid, 250));
            platform = Platform.silent("a test").with(exporter.uri(), Set.of(uuid));
            try (Sampler sampler = start()) {
                advance(ofSeconds(1));
                assertThat(sampler.latest().value(subject, "dcgm_fi_dev_power_usage"))
                        .isEqualTo(Reading.of(250.0));
                assertThat(sampler.latest().value(Subject.gpuInstance(uuid, 7), "dcgm_fi_prof_gr_engine_active"))
                        .isEqualTo(Reading.of(0.25));
                exporter.dies();
                advance(ofSeconds(4));
                assertThat(recording.absences("dcgm_fi_dev_power_usage"))
                        .singleElement()
                        .asString()
                        .startsWith("no answer");
                assertThat(recording.values("power_w")).hasSize(51).doesNotContainNull();
                JsonNode document = sampler.finish().document();
                assertThat(document.at("/platform/dcgm").asText())
                        .isEqualTo(exporter.uri().toString());
                JsonNode file = new ObjectMapper().readTree(files.result().toFile());
                assertThat(file.path("tables"))
                        .filteredOn(table -> table.path("name").asText().startsWith("dcgm"))
                        .extracting(table -> table.path("subject").asText())
                        .containsExactly(uuid, uuid + "/7", uuid + "/2");
            }
        }
    }

    @Test
    void leavesABoardAloneThatIsNotThere() throws Exception {
        board.answersWith(() -> {
            board.isOver();
            return Reading.absent(new Absence(Absence.Kind.NO_PERMISSION, "/dev/ipmi0"));
        });
        try (Sampler sampler = start()) {
            advance(ofSeconds(60));
            assertThat(board.asked()).isOne();
            assertThat(sampler.warnings()).containsExactly("ipmi: no permission (/dev/ipmi0)");
        }
    }
}
