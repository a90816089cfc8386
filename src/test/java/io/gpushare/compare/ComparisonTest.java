package io.gpushare.compare;

import static io.gpushare.compare.SomeGroups.compared;
import static io.gpushare.compare.SomeGroups.side;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.study.metric.Metrics;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static SomeGroups ofBert(String arm) {
        return SomeGroups.of("2 × bert-infer", arm);
    }

    private static List<String> titles(Comparison comparison) {
        return comparison.pairs().stream().map(Pair::title).toList();
    }

    private static ChangeVerdict judgement(SomeGroups baseline, SomeGroups contender) {
        return compared(baseline, contender)
                .pairs()
                .getFirst()
                .changes()
                .getFirst()
                .judgement();
    }

    @Test
    void comparesTheSameMixInTheSameWayOfSharing() {
        Comparison comparison = compared(
                side(
                        "before",
                        ofBert("MPS").stp(2.0),
                        ofBert("time-slicing").stp(1.0),
                        SomeGroups.of("4 × stream", "MPS").stp(1.0)),
                side("after", ofBert("time-slicing").stp(1.1), ofBert("MPS").stp(1.9)));

        assertThat(titles(comparison)).containsExactly("2 × bert-infer, MPS", "2 × bert-infer, time-slicing");
        assertThat(comparison.onlyBaseline()).extracting(Group::mix).containsExactly("4 × stream");
        assertThat(comparison.onlyContender()).isEmpty();
    }

    @Test
    void comparesTwoModesWhereEachSideHasOne() {
        assertThat(titles(
                        compared(ofBert("time-slicing").stp(1.0), ofBert("MPS").stp(2.0))))
                .containsExactly("2 × bert-infer: time-slicing → MPS");
    }

    @Test
    void comparesTwoModesOfEachMixThatHasOneOnEachSide() {
        Comparison comparison = compared(
                side(
                        "before",
                        ofBert("time-slicing").stp(1.0),
                        SomeGroups.of("4 × stream", "time-slicing").stp(1.0)),
                side(
                        "after",
                        SomeGroups.of("4 × stream", "MPS").stp(1.0),
                        ofBert("MPS").stp(2.0)));

        assertThat(titles(comparison))
                .containsExactly("2 × bert-infer: time-slicing → MPS", "4 × stream: time-slicing → MPS");
    }

    @Test
    void doesNotGuessAmongSeveral() {
        Comparison comparison = compared(
                side("before", ofBert("time-slicing").stp(1.0)),
                side("after", ofBert("MPS").stp(2.0), ofBert("MPS 25 %").stp(2.0)));

        assertThat(comparison.pairs()).isEmpty();
        assertThat(comparison.isEmpty()).isTrue();
        assertThat(comparison.onlyContender()).hasSize(2);
    }

    @Test
    void prefersTheSameRuntimeAndGpu() {
        Comparison comparison = compared(
                side(
                        "before",
                        ofBert("MPS").stp(1.0).runtime("docker"),
                        ofBert("MPS").stp(2.0)),
                side("after", ofBert("MPS").stp(2.0), ofBert("MPS").stp(1.0).runtime("docker")));

        assertThat(comparison.pairs())
                .allSatisfy(
                        pair -> assertThat(pair.changes().getFirst().percent()).hasValue(0.0));
        assertThat(titles(compared(
                        ofBert("MPS").stp(1.0).gpu("NVIDIA A100"), ofBert("MPS").stp(1.0))))
                .containsExactly("2 × bert-infer, MPS");
    }

    @Test
    void prefersAsManyCoresForATenant() {
        Comparison comparison = compared(
                side(
                        "before",
                        ofBert("MPS").stp(1.0).coresPerTenant(2),
                        ofBert("MPS").stp(2.0)),
                side("after", ofBert("MPS").stp(2.0), ofBert("MPS").stp(1.0).coresPerTenant(2)));
        assertThat(comparison.pairs())
                .hasSize(2)
                .allSatisfy(
                        pair -> assertThat(pair.changes().getFirst().percent()).hasValue(0.0));
        assertThat(titles(compared(
                        ofBert("MPS").stp(1.0).coresPerTenant(2), ofBert("MPS").stp(1.0))))
                .containsExactly("2 × bert-infer, MPS");
    }

    @Test
    void refusesSimulatedAgainstMeasuredUnlessAllowed() {
        Side simulated = side("model", ofBert("MPS").stp(2.0).simulated());
        Side measured = side("real", ofBert("MPS").stp(2.1));

        assertThatThrownBy(() -> compared(simulated, measured))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        failure -> assertThat(failure.status()).isEqualTo(ExitStatus.USAGE))
                .hasMessageStartingWith("model is simulated and real is measured");
        Comparison allowed = Comparison.of(simulated, measured, List.of(), true, 1);
        assertThat(allowed.pairs()).hasSize(1);
        assertThat(allowed.pairs().getFirst().cautions()).anyMatch(caution -> caution.contains("the model's error"));
    }

    @Test
    void comparesLikeWithLikeWhereASideHasBoth() {
        Comparison comparison = compared(
                side("before", ofBert("MPS").stp(2.0).simulated(), ofBert("MPS").stp(2.1)),
                side("after", ofBert("MPS").stp(2.2)));

        assertThat(comparison.pairs()).hasSize(1);
        assertThat(comparison.pairs().getFirst().baseline().simulated()).isFalse();
        assertThat(comparison.onlyBaseline()).allMatch(Group::simulated);
    }

    @Test
    void callsADifferenceWhatItIs() {
        Double[] low = {1.0, 1.01, 1.02, 1.03};
        Double[] high = {2.0, 2.01, 2.02, 2.03};

        assertThat(judgement(ofBert("MPS").stp(low), ofBert("MPS").stp(high))).isEqualTo(ChangeVerdict.BETTER);
        assertThat(judgement(ofBert("MPS").stp(high), ofBert("MPS").stp(low))).isEqualTo(ChangeVerdict.WORSE);
        assertThat(judgement(ofBert("MPS").p99("bert-infer", low), ofBert("MPS").p99("bert-infer", high)))
                .isEqualTo(ChangeVerdict.WORSE);
        assertThat(judgement(
                        ofBert("MPS").with(SomeGroups.neither("power"), low),
                        ofBert("MPS").with(SomeGroups.neither("power"), high)))
                .isEqualTo(ChangeVerdict.DIFFERENT);
        assertThat(judgement(
                        ofBert("MPS").stp(1.0, 1.1, 0.9, 1.05), ofBert("MPS").stp(1.02, 1.08, 0.95, 1.01)))
                .isEqualTo(ChangeVerdict.NOT_SHOWN);
    }

    @Test
    void threeRunsOnEachSideAreTooFewHoweverFarApart() {
        assertThat(judgement(ofBert("MPS").stp(1.0, 1.1, 1.2), ofBert("MPS").stp(9.0, 9.1, 9.2)))
                .isEqualTo(ChangeVerdict.TOO_FEW);
        assertThat(MetricChange.leastRuns()).isEqualTo(4);
    }

    @Test
    void comparesAForeignNumberWithTheOnlyVariantThereIs() {
        Comparison comparison = compared(
                SomeGroups.of("offline", "").with(Metrics.P99, 10.0).foreign(),
                ofBert("MPS").p99("bert-infer", 12.0));

        assertThat(comparison.pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.changes())
                    .singleElement()
                    .satisfies(change -> assertThat(change.metric().id()).isEqualTo("p99_ms/bert-infer"));
            assertThat(pair.cautions()).anyMatch(caution -> caution.startsWith("Nothing proves how hyperfine 1"));
        });
    }

    @Test
    void doesNotGuessWhichOfSeveralVariantsAForeignNumberIsOf() {
        Comparison comparison = compared(
                SomeGroups.of("offline", "").with(Metrics.P99, 10.0).foreign(),
                ofBert("MPS").p99("bert-infer", 12.0).p99("stream", 1.0));

        assertThat(comparison.isEmpty()).isTrue();
        assertThat(comparison.pairs().getFirst().onlyContender()).hasSize(2);
    }

    @Test
    void saysWhenWhatIsComparedWasDoneByOthers() {
        Comparison comparison = compared(
                SomeGroups.of("2 × bert-infer[batch=1]", "MPS").p99("bert-infer[batch=1]", 10.0),
                SomeGroups.of("2 × bert-infer[batch=8]", "MPS").p99("bert-infer[batch=8]", 20.0));

        assertThat(comparison.pairs().getFirst().changes()).hasSize(1);
        assertThat(comparison.pairs().getFirst().cautions())
                .contains(
                        "The mixes differ: 2 × bert-infer[batch=1] against 2 × bert-infer[batch=8].",
                        "What bert-infer[batch=1] did is compared with what bert-infer[batch=8] did.");
    }

    @Test
    void namesWhatIsNotTheSameOnBothSides() {
        Circumstances before = new Circumstances(
                Map.of(
                        "driver", new TreeSet<>(List.of("580.1")),
                        "card", new TreeSet<>(List.of("GPU-1", "GPU-2")),
                        "power limit", new TreeSet<>(List.of("700 W"))),
                OptionalDouble.of(1980));
        Circumstances after = new Circumstances(
                Map.of(
                        "driver", new TreeSet<>(List.of("575.9")),
                        "card", new TreeSet<>(List.of("GPU-2", "GPU-1")),
                        "image of bert-infer", new TreeSet<>(List.of("sha256:1"))),
                OptionalDouble.of(1930));

        assertThat(compared(
                                ofBert("MPS").stp(1.0).under(before),
                                ofBert("MPS").stp(1.0).under(after))
                        .pairs()
                        .getFirst()
                        .environment())
                .extracting(EnvironmentDifference::words)
                .containsExactlyInAnyOrder("driver: 580.1 against 575.9", "mean SM clock: 1980 MHz against 1930 MHz");
    }

    @Test
    void takesClocksWithinTwoPercentForTheSame() {
        Circumstances before = new Circumstances(Map.of(), OptionalDouble.of(1980));
        Circumstances after = new Circumstances(Map.of(), OptionalDouble.of(1945));

        assertThat(EnvironmentDifference.between(before, after)).isEmpty();
    }
}
