package io.gpushare.study.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.study.MadeRun;
import io.gpushare.study.StoredRuns;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Starvation;
import io.gpushare.study.arm.Starvation.Cure;
import io.gpushare.study.metric.StudyOptions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StarvationSearchTest {
    private static List<Starvation> starvations(MadeRun... runs) {
        return Study.of(Stream.of(runs).map(MadeRun::stored).toList(), StudyOptions.DEFAULT)
                .sections()
                .getFirst()
                .families()
                .getFirst()
                .mixes()
                .getFirst()
                .starvations();
    }

    private static MadeRun beside(String mode, double small, double large) {
        return MadeRun.in(mode)
                .tenants("small", small)
                .tenants("large", large)
                .alone("small", 100)
                .alone("large", 100);
    }

    @Test
    void findsWhatWasMeasuredOnARealGpuAndPutsTheCuresThatHelpedFirst() {
        Starvation starvation =
                Study.of(StoredRuns.reference(), StudyOptions.DEFAULT).sections().getFirst().families().stream()
                        .flatMap(family -> family.mixes().stream())
                        .filter(mix -> mix.mix().equals("1 × bert-infer + 1 × stream"))
                        .flatMap(mix -> mix.starvations().stream())
                        .findFirst()
                        .orElseThrow();

        assertThat(starvation.arm().label()).isEqualTo("MPS");
        assertThat(starvation.victim()).isEqualTo("bert-infer");
        assertThat(starvation.neighbour()).isEqualTo("stream");
        assertThat(starvation.factor()).isGreaterThan(8);
        assertThat(starvation.cures())
                .extracting(Cure::command)
                .containsExactly(
                        "gpushare bench --runtime process --pin none --mode mps --workload bert-infer --workload stream --priority"
                                + " stream=low --duration 10s --repeat 5",
                        "gpushare bench --runtime process --pin none --mode mps --workload bert-infer --workload stream"
                                + " --thread-percentage stream=50 --duration 10s --repeat 5",
                        "gpushare bench --runtime process --pin none --mode time-slicing --workload bert-infer --workload stream"
                                + " --duration 10s --repeat 5");
        assertThat(starvation.cures().getFirst().measured().orElseThrow()).contains("bert-infer", "stream loses");
    }

    @Test
    void namesVictimNeighbourAndFactor() {
        assertThat(starvations(beside("mps", 10, 99))).singleElement().satisfies(starvation -> {
            assertThat(starvation.victim()).isEqualTo("small");
            assertThat(starvation.neighbour()).isEqualTo("large");
            assertThat(starvation.slowdown()).isCloseTo(10, within(1e-9));
            assertThat(starvation.factor()).isCloseTo(9.9, within(1e-9));
        });
    }

    @Test
    void tellsWhatACureDidOnTheCardsOnWhichBothRan() {
        List<Cure> cures = starvations(
                        beside("mps", 10, 99),
                        beside("time-slicing", 50, 60),
                        beside("time-slicing", 90, 95).onCard("GPU-2"))
                .getFirst()
                .cures();

        assertThat(cures.getFirst().measured())
                .contains("Measured (time-slicing, n = 1): small 50.0 samples/s instead of 10.0, large loses 39 %.");
    }

    @Test
    void saysThatACureWasMeasuredElsewhere() {
        List<Cure> cures = starvations(
                        beside("mps", 10, 99), beside("time-slicing", 50, 60).onCard("GPU-2"))
                .getFirst()
                .cures();

        assertThat(cures.getFirst().measured().orElseThrow())
                .startsWith("Measured (time-slicing, on another card, n = 1): small 50.0 samples/s");
    }

    @Test
    void takesTurnsAndUnevenProgressForNoStarvation() {
        assertThat(starvations(beside("time-slicing", 50, 50))).isEmpty();
        assertThat(starvations(beside("mps", 40, 99))).isEmpty();
        // Slowed a lot, and so is the neighbour.
        assertThat(starvations(beside("mps", 20, 30))).isEmpty();
    }

    @Test
    void blamesNobodyWhoWaitsForAPerson() {
        MadeRun four = MadeRun.in("mps")
                .tenants("train", 22, 22, 22)
                .tenants("notebook", 99)
                .ofKind("interactive")
                .alone("train", 100)
                .alone("notebook", 100);
        MadeRun starvedByAnother = MadeRun.in("mps")
                .tenants("notebook", 99)
                .ofKind("interactive")
                .tenants("small", 10)
                .tenants("large", 90)
                .alone("small", 100)
                .alone("large", 100)
                .alone("notebook", 100);

        assertThat(starvations(four)).isEmpty();
        assertThat(starvations(starvedByAnother))
                .singleElement()
                .satisfies(found -> assertThat(found.neighbour()).isEqualTo("large"));
    }

    @Test
    void judgesNobodyWithoutABaseline() {
        assertThat(starvations(MadeRun.in("mps")
                        .tenants("small", 1)
                        .tenants("large", 99)
                        .alone("large", 100)))
                .isEmpty();
    }

    @Test
    void advisesMpsWhereTakingTurnsStarves() {
        assertThat(starvations(beside("time-slicing", 10, 90)).getFirst().cures())
                .singleElement()
                .satisfies(cure -> assertThat(cure.command()).contains("--mode mps"));
    }
}
