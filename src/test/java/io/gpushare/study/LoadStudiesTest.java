package io.gpushare.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.LoadStudy;
import io.gpushare.study.arm.LoadStudy.Level;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.SloText;
import io.gpushare.study.metric.StudyOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Servers under the same load of the GPU. */
final class LoadStudiesTest {
    private final List<MadeRun> runs = new ArrayList<>();

    private static MadeRun replicas(String mode, int count, ServedLoad each) {
        String amount = each.details().at("/asked/mean_rate").asText();
        String rate = amount.isEmpty() ? "load.clients=" + each.details().at("/asked/clients") : "load.rate=" + amount;
        MadeRun run = MadeRun.in(mode)
                .serving("s[" + rate + "]", Collections.nCopies(count, each).toArray(ServedLoad[]::new));
        return run.set(rate.substring(0, rate.indexOf('=')), rate.substring(rate.indexOf('=') + 1));
    }

    /** Three runs each, whose tails differ a little. */
    private void open(String mode, int count, double total, double ms) {
        IntStream.range(0, 3)
                .forEach(run -> runs.add(replicas(mode, count, MadeLoad.open(total / count, ms * (1 + run / 50.0)))));
    }

    private List<LoadStudy> studies(StudyOptions options) {
        return Study.of(runs.stream().map(MadeRun::stored).toList(), options).sections().stream()
                .flatMap(section -> section.loads().stream())
                .toList();
    }

    private List<LoadStudy> studies() {
        return studies(StudyOptions.DEFAULT);
    }

    private static Stream<String> names(Level level) {
        return level.ways().stream().map(way -> way.arm().name());
    }

    private static Answer about(Level level, Topic topic) {
        return level.answers().stream()
                .filter(answer -> answer.topic() == topic)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void oneReplicaIsComparedWithSeveralUnderTheSameLoad() {
        open("time-slicing", 1, 200, 40);
        open("mps", 1, 200, 41);
        open("time-slicing", 2, 200, 30);
        open("mps", 4, 200, 20);

        LoadStudy study = studies().getFirst();
        assertThat(study.server()).isEqualTo("s");
        assertThat(study.shape()).isEqualTo("poisson");
        Level level = study.levels().getFirst();
        assertThat(level.total()).isEqualTo(200);
        assertThat(names(level))
                .containsExactly(
                        "time-slicing with 1 replica",
                        "MPS with 1 replica",
                        "time-slicing with 2 replicas",
                        "MPS with 4 replicas");
        Answer tail = about(level, Topic.LATENCY);
        assertThat(tail.confidence()).isEqualTo(Confidence.INDICATED);
        assertThat(tail.text())
                .startsWith("200 requests/s in all: MPS with 4 replicas has the shortest tail: request p99 20.")
                .contains("n = 3", "0.50 times the", "of time-slicing with 1 replica");
    }

    @Test
    void byTheClockWorkIsNoMeasure() {
        open("time-slicing", 1, 200, 40);
        open("mps", 2, 200, 20);

        Level level = studies().getFirst().levels().getFirst();
        assertThat(level.answers()).extracting(Answer::topic).doesNotContain(Topic.THROUGHPUT);
        assertThat(level.ways())
                .allSatisfy(
                        way -> assertThat(way.arm().estimate(Metrics.STP.id())).isEmpty());
        assertThat(Study.of(runs.stream().map(MadeRun::stored).toList(), StudyOptions.DEFAULT)
                        .sections()
                        .getFirst()
                        .families())
                .flatExtracting(Family::mixes)
                .flatExtracting(MixStudy::answers)
                .extracting(Answer::text)
                .as("it needs no baseline for what has no answer")
                .noneMatch(text -> text.contains("No baseline"));
    }

    @Test
    void moreServersThatAreAskedMoreAreNoGain() {
        open("time-slicing", 2, 100, 20);
        open("time-slicing", 4, 200, 20);

        assertThat(Study.of(runs.stream().map(MadeRun::stored).toList(), StudyOptions.DEFAULT)
                        .sections()
                        .getFirst()
                        .families())
                .singleElement()
                .satisfies(family -> assertThat(family.mixes()).hasSize(2))
                .satisfies(family -> assertThat(family.scaling()).isEmpty())
                .satisfies(family -> assertThat(family.answers()).isEmpty());
    }

    @Test
    void differentLoadsAreNeverSetBesideEachOther() {
        open("time-slicing", 1, 200, 40);
        open("mps", 2, 400, 20);
        open("mps", 4, 190, 20);
        assertThat(studies()).isEmpty();

        open("mps", 4, 400, 10);
        assertThat(studies())
                .singleElement()
                .satisfies(study -> assertThat(study.levels())
                        .singleElement()
                        .satisfies(level -> assertThat(names(level))
                                .containsExactly("MPS with 2 replicas", "MPS with 4 replicas")));
    }

    @Test
    void aRateThatCannotBeSharedEvenlyIsStillTheSame() {
        open("time-slicing", 1, 100, 40);
        IntStream.range(0, 3).forEach(_ -> runs.add(replicas("mps", 3, MadeLoad.open(33.3333, 20))));

        assertThat(studies().getFirst().levels())
                .singleElement()
                .satisfies(level -> assertThat(level.total()).isEqualTo(100));
    }

    @Test
    void clientsAreComparedByWhatTheyGetDoneToo() {
        for (int run = 0; run < 6; run++) {
            runs.add(replicas("time-slicing", 1, MadeLoad.closed(16, 0, 100 + run, 160)));
            runs.add(MadeRun.in("mps")
                    .serving("s[load.clients=6]", MadeLoad.closed(6, 0, 70 + run, 80))
                    .set("load.clients", "6")
                    .serving(
                            "s[load.clients=5]",
                            MadeLoad.closed(5, 0, 60 + run, 80),
                            MadeLoad.closed(5, 0, 60 + run, 80))
                    .set("load.clients", "5"));
        }

        Level level = studies().getFirst().levels().getFirst();
        assertThat(level.words()).isEqualTo("16 clients in all");
        assertThat(about(level, Topic.THROUGHPUT).confidence()).isEqualTo(Confidence.SHOWN);
        assertThat(about(level, Topic.THROUGHPUT).text()).contains("MPS with 3 replicas answers the most");
        assertThat(about(level, Topic.LATENCY).text()).contains("MPS with 3 replicas");
        assertThat(about(level, Topic.ENERGY).text()).contains("MPS with 3 replicas takes the least energy");
    }

    @Test
    void openAndClosedLoopsOtherArrivalsAndOtherBoundsAreKeptApart() {
        runs.add(replicas("mps", 1, MadeLoad.open(16, 20)));
        runs.add(replicas("mps", 2, MadeLoad.open("constant", 8, 8, 20)));
        runs.add(replicas("mps", 2, MadeLoad.closed(8, 0, 8, 20)));
        runs.add(replicas("mps", 1, MadeLoad.closed(16, 0.5, 8, 20)));
        runs.add(replicas("mps", 4, MadeLoad.within(50, 40, MadeLoad.open(4, 20))));
        assertThat(studies()).isEmpty();
    }

    @Test
    void theBoundsOfTheLoadAndOfTheAnalysisAreJudged() {
        for (int run = 0; run < 4; run++) {
            runs.add(replicas("time-slicing", 1, MadeLoad.within(30, 1000 + run, MadeLoad.open(200, 40))));
            runs.add(replicas("mps", 2, MadeLoad.within(30, 900 + run, MadeLoad.open(100, 20))));
        }

        StudyOptions bound =
                new StudyOptions(false, false, List.of(SloText.parse("s.p99=30ms")), OptionalDouble.empty(), 1);
        LoadStudy study = studies(bound).getFirst();
        assertThat(study.shape()).isEqualTo("poisson, request_latency within 30 ms");
        assertThat(study.levels().getFirst().answers())
                .filteredOn(answer -> answer.topic() == Topic.SLO)
                .hasSize(2)
                .allSatisfy(answer -> {
                    assertThat(answer.confidence()).isEqualTo(Confidence.SHOWN);
                    assertThat(answer.text()).contains("MPS with 2 replicas keeps the bound");
                });
    }

    @Test
    void nothingGoodAtAllIsToldFromSomething() {
        for (int run = 0; run < 4; run++) {
            runs.add(replicas("time-slicing", 1, MadeLoad.within(30, 0, MadeLoad.open(200, 40))));
            runs.add(replicas("mps", 2, MadeLoad.within(30, 900, MadeLoad.open(100, 20))));
        }

        Answer good = about(studies().getFirst().levels().getFirst(), Topic.SLO);
        assertThat(good.confidence()).isEqualTo(Confidence.SHOWN);
        assertThat(good.text())
                .contains("MPS with 2 replicas keeps the bounds", ", against the 0.00 (")
                .doesNotContain("–");
    }

    @Test
    void whoeverDoesNotKeepUpIsNamed() {
        open("mps", 2, 200, 20);
        runs.add(replicas("time-slicing", 1, MadeLoad.open("poisson", 200, 150, 900)));

        assertThat(studies().getFirst().levels().getFirst().answers())
                .filteredOn(answer -> answer.confidence() == Confidence.FACT)
                .singleElement()
                .satisfies(answer -> assertThat(answer.text()).contains("time-slicing with 1 replica did not keep up"));
    }

    /** Files may hold anything. */
    @Test
    void aLoadThatCannotBeIsNone() {
        open("time-slicing", 1, 200, 40);
        for (double rate : List.of(-200.0, 0.0, 1e308, Double.POSITIVE_INFINITY, Double.NaN)) {
            ServedLoad absurd = MadeLoad.open("poisson", rate, 200, 9);
            runs.add(MadeRun.in("mps").serving("s", absurd, absurd));
            ServedLoad endless = MadeLoad.within(rate, 9, MadeLoad.open(100, 9));
            runs.add(MadeRun.in("mps").serving("s", endless, endless));
        }
        assertThat(studies()).isEmpty();
    }

    @Test
    void runsThatAreNoReplicasUnderOneLoadDoNotCount() {
        open("time-slicing", 1, 200, 40);
        MadeRun unevenly = MadeRun.in("mps")
                .serving("s[load.rate=150]", MadeLoad.open(150, 9))
                .set("load.rate", "150")
                .serving("s[load.rate=50]", MadeLoad.open(50, 9))
                .set("load.rate", "50");
        MadeRun bothLoops = MadeRun.in("mps")
                .serving("s[load.rate=100]", MadeLoad.open(100, 9))
                .set("load.rate", "100")
                .serving("s[load.clients=100]", MadeLoad.closed(100, 0, 9, 9))
                .set("load.clients", "100");
        MadeRun otherServer =
                MadeRun.in("mps").serving("s", MadeLoad.open(100, 9)).serving("t", MadeLoad.open(100, 9));
        MadeRun otherSettings = MadeRun.in("mps")
                .serving("s[batch=1]", MadeLoad.open(100, 9))
                .set("batch", "1")
                .serving("s[batch=2]", MadeLoad.open(100, 9))
                .set("batch", "2");
        MadeRun besideTraining =
                MadeRun.in("mps").serving("s", MadeLoad.open(200, 9)).tenants("train", 5);
        MadeRun inTurns = replicas("exclusive", 2, MadeLoad.open(100, 9));
        MadeRun unknown = MadeRun.in("mps")
                .serving("s", MadeLoad.unknown(MadeLoad.open(100, 9)), MadeLoad.unknown(MadeLoad.open(100, 9)));
        MadeRun without = MadeRun.in("mps").tenants("s", 100, 100);
        MadeRun elsewhere = replicas("mps", 2, MadeLoad.open(100, 9)).on("NVIDIA A100", "GPU-9");
        MadeRun invalid = replicas("mps", 2, MadeLoad.open(100, 9)).invalid();
        for (MadeRun odd : List.of(
                unevenly,
                bothLoops,
                otherServer,
                otherSettings,
                besideTraining,
                inTurns,
                unknown,
                without,
                elsewhere,
                invalid)) {
            runs.add(odd);
            assertThat(studies()).isEmpty();
        }
    }
}
