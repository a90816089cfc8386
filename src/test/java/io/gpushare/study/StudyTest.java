package io.gpushare.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.node.TextNode;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.ScalingCurve;
import io.gpushare.study.metric.StudyOptions;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class StudyTest {
    private static Study study(MadeRun... runs) {
        return study(StudyOptions.DEFAULT, runs);
    }

    private static Study study(StudyOptions options, MadeRun... runs) {
        return Study.of(Stream.of(runs).map(MadeRun::stored).toList(), options);
    }

    private static MadeRun pair(String mode, double rate) {
        return MadeRun.in(mode).tenants("a", rate, rate).alone("a", 100);
    }

    private static StudyOptions counting(boolean invalid, boolean byCard) {
        return new StudyOptions(invalid, byCard, List.of(), OptionalDouble.empty(), 1);
    }

    @Test
    void neverPutsSimulatedAndMeasuredRunsTogether() {
        Study study = study(pair("mps", 80), pair("mps", 90).simulated());

        assertThat(study.sections()).extracting(Section::title).containsExactly("NVIDIA H200", "simulated NVIDIA H200");
        assertThat(study.sections())
                .allSatisfy(section ->
                        assertThat(onlyMix(section).arms().getFirst().runs()).hasSize(1));
    }

    @Test
    void neverPutsDifferentGpusTogetherAndShowsTheOneWithMoreRunsFirst() {
        Study study = study(pair("mps", 80).on("NVIDIA A100", "GPU-9"), pair("mps", 80), pair("time-slicing", 60));

        assertThat(study.sections()).extracting(Section::gpu).containsExactly("NVIDIA H200", "NVIDIA A100");
    }

    @Test
    void pullsCardsOfOneModelTogetherWithACautionOrKeepsThemApartWhenAsked() {
        MadeRun one = pair("mps", 80).on("NVIDIA H200", "GPU-1");
        MadeRun other = pair("mps", 70).on("NVIDIA H200", "GPU-2");

        assertThat(study(one, other).sections().getFirst().cautions())
                .anySatisfy(caution -> assertThat(caution).contains("2 cards").contains("--by-card"));
        assertThat(study(counting(false, true), one, other).sections()).hasSize(2);
    }

    @Test
    void saysThatRunsWereNotEquallyLong() {
        Study study = study(pair("mps", 80), pair("mps", 80).lasting("1m"));

        assertThat(study.sections().getFirst().cautions())
                .containsExactly("The runs were made with different durations: 10s, 1m.");
    }

    @Test
    void leavesInvalidRunsOutUnlessAskedForThem() {
        MadeRun[] runs = {pair("mps", 80), pair("mps", 10).invalid()};

        Study without = study(runs);
        Study with = study(counting(true, false), runs);

        assertThat(onlyArm(without).runs()).hasSize(1);
        assertThat(onlyArm(without).leftOut()).hasSize(1);
        assertThat(without.leftOut()).hasSize(1);
        assertThat(onlyArm(with).estimate("stp").orElseThrow().n()).isEqualTo(2);
        assertThat(with.leftOut()).isEmpty();
        assertThat(with.sections().getFirst().cautions())
                .anySatisfy(text -> assertThat(text).contains("INVALID"));
    }

    @Test
    void hasNoSectionWhereNothingCounts() {
        assertThat(study(pair("mps", 80).invalid()).sections()).isEmpty();
        assertThat(study().sections()).isEmpty();
    }

    @Test
    void keepsRunsBesideAProgramOfSomebodyElseApart() {
        Study study = study(
                pair("mps", 80),
                pair("mps", 40).beside("container:trainer"),
                pair("mps", 42).beside("container:trainer"));

        assertThat(study.sections().getFirst().families().stream().flatMap(family -> family.mixes().stream()))
                .extracting(MixStudy::mix, mix -> mix.arms().getFirst().runs().size())
                .containsExactlyInAnyOrder(tuple("2 × a", 1), tuple("2 × a beside container trainer", 2));
    }

    @Test
    void averagesOnlyRunsWithTheSameSettingsOfTheMode() {
        Study study = study(
                pair("mps", 80),
                pair("mps", 70).setting("thread_percentage", 25),
                pair("mps", 72).setting("thread_percentage", 25),
                MadeRun.in("mps")
                        .tenants("a", 60, 60)
                        .withMps("priority", "low")
                        .alone("a", 100),
                pair("time-slicing", 50).setting("quantum", "long"));

        assertThat(onlyMix(study.sections().getFirst()).arms())
                .extracting(Arm::name, arm -> arm.runs().size())
                .containsExactly(
                        tuple("time-slicing long turns", 1),
                        tuple("MPS", 1),
                        tuple("MPS 25 %", 2),
                        tuple("MPS · a low priority", 1));
    }

    @Test
    void namesTheInstancesThatTenantsSawWhereThePlanLeftThemOpen() {
        Study study = study(
                pair("mig", 80).seeing("NVIDIA H200 MIG 1g.18gb", "NVIDIA H200 MIG 3g.71gb"),
                pair("mig", 80).seeing("NVIDIA H200 MIG 2g.35gb", "NVIDIA H200 MIG 2g.35gb"),
                pair("mig", 80));

        assertThat(onlyMix(study.sections().getFirst()).arms())
                .extracting(Arm::name)
                .containsExactly("MIG", "MIG 2g.35gb:2", "MIG 3g.71gb, 1g.18gb");
    }

    @Test
    void namesTheRuntimeOnlyWhereItIsNotTheUsualOne() {
        Study study = study(pair("mps", 80), pair("mps", 81), pair("mps", 60).by("docker"));

        assertThat(onlyMix(study.sections().getFirst()).arms())
                .extracting(Arm::name)
                .containsExactlyInAnyOrder("MPS", "MPS (docker)");
    }

    @Test
    void cannotAverageRunsWhoseTenantsHadOtherCores() {
        Study study = study(
                pair("mps", 80).withCores(2),
                pair("mps", 81).withCores(2),
                pair("mps", 70),
                pair("mps", 60).withCores(1).by("docker"));

        assertThat(onlyMix(study.sections().getFirst()).arms())
                .extracting(Arm::name)
                .containsExactlyInAnyOrder("MPS", "MPS (no cores of their own)", "MPS (docker, 1 core each)");
    }

    @Test
    void takesTenantsInAnyOrderForTheSameMix() {
        Study study = study(
                MadeRun.in("mps").tenants("a", 50).tenants("b", 5),
                MadeRun.in("mps").tenants("b", 5).tenants("a", 50));

        assertThat(onlyMix(study.sections().getFirst()).mix()).isEqualTo("1 × a + 1 × b");
        assertThat(onlyArm(study).runs()).hasSize(2);
    }

    @Test
    void makesOneFamilyOfTheSameProportionsAndDrawsItOverTheTenants() {
        Study study = study(
                MadeRun.in("mps").tenants("a", 90, 90).alone("a", 100),
                MadeRun.in("mps").tenants("a", 60, 60, 60, 60).alone("a", 100),
                MadeRun.in("mps").tenants("a", 50).tenants("b", 5),
                MadeRun.in("mps").tenants("a", 40, 40).tenants("b", 4, 4));

        assertThat(study.sections().getFirst().families())
                .extracting(Family::name)
                .containsExactlyInAnyOrder("a", "a : b");
        Family alike = study.sections().getFirst().families().getFirst();
        assertThat(List.copyOf(alike.scaling().values()).getFirst().points())
                .extracting(
                        ScalingCurve.Point::tenants, point -> point.throughput().mean())
                .containsExactly(tuple(1, 100.0), tuple(2, 180.0), tuple(4, 240.0));
    }

    @Test
    void drawsTenantsAsOneOfWhomMoreHaveFewerCores() {
        Family family = study(two().withCores(2), four().withCores(2), eight().withCores(1))
                .sections()
                .getFirst()
                .families()
                .getFirst();

        assertThat(family.scaling()).containsOnlyKeys("MPS");
        assertThat(family.answers())
                .singleElement()
                .satisfies(answer -> assertThat(answer.text())
                        .isEqualTo(
                                "a under MPS: beyond 4 tenants more do not pay; 8 do 0 % more (2: 180, 4: 240, 8: 240"
                                        + " samples/s; from 8 tenants on with 1 core each instead of 2)."));
    }

    @Test
    void doesNotJoinWhatWasAskedForOrRunWithBoth() {
        TextNode one = TextNode.valueOf("1");
        assertThat(curves(
                        two().withCores(2),
                        four().withCores(2),
                        eight().withCores(1).planned("pin", one),
                        twelve().withCores(1).planned("pin", one)))
                .hasSize(2);
        assertThat(curves(
                        two().withCores(2),
                        four().withCores(2),
                        eight().withCores(2),
                        eight().withCores(1),
                        twelve().withCores(1)))
                .hasSize(2);
    }

    private static Set<String> curves(MadeRun... runs) {
        return study(runs).sections().getFirst().families().getFirst().scaling().keySet();
    }

    private static MadeRun two() {
        return MadeRun.in("mps").tenants("a", 90, 90);
    }

    private static MadeRun four() {
        return MadeRun.in("mps").tenants("a", 60, 60, 60, 60);
    }

    private static MadeRun eight() {
        return MadeRun.in("mps").tenants("a", 30, 30, 30, 30, 30, 30, 30, 30);
    }

    private static MadeRun twelve() {
        return MadeRun.in("mps").tenants("a", 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20);
    }

    @Test
    void joinsOnlyRatesOfTheSameCards() {
        Study study = study(
                MadeRun.in("mps").tenants("a", 90, 90).alone("a", 100).on("NVIDIA H200", "GPU-1"),
                MadeRun.in("mps").tenants("a", 60, 60, 60, 60).alone("a", 100).on("NVIDIA H200", "GPU-1"),
                MadeRun.in("mps").tenants("a", 95, 95, 95, 95).alone("a", 200).on("NVIDIA H200", "GPU-2"),
                MadeRun.in("mps").tenants("a", 50, 50, 50, 50, 50, 50, 50, 50).on("NVIDIA H200", "GPU-2"),
                MadeRun.in("time-slicing").tenants("a", 50, 50).on("NVIDIA H200", "GPU-3"),
                MadeRun.in("time-slicing").tenants("a", 25, 25, 25, 25).on("NVIDIA H200", "GPU-4"));

        Family family = study.sections().getFirst().families().getFirst();
        assertThat(family.scaling()).containsOnlyKeys("MPS");
        ScalingCurve curve = List.copyOf(family.scaling().values()).getFirst();
        assertThat(curve.points())
                .extracting(
                        ScalingCurve.Point::tenants, point -> point.throughput().mean())
                .containsExactly(tuple(1, 100.0), tuple(2, 180.0), tuple(4, 240.0));
        assertThat(curve.elsewhere()).containsExactly(8);
        assertThat(family.answers())
                .extracting(Answer::text)
                .anySatisfy(text -> assertThat(text).contains("4: 240 samples/s; 8 tenants ran on other cards"))
                .anySatisfy(text -> assertThat(text)
                        .isEqualTo(
                                "a under time-slicing: 2 and 4 tenants ran on different cards, and their rates cannot"
                                        + " be compared."));
    }

    @Test
    void drawsProgressAgainstEachRunsOwnBaselineWhateverTheCard() {
        Study study = study(
                MadeRun.in("mps")
                        .tenants("a", 50)
                        .tenants("b", 5)
                        .alone("a", 100)
                        .alone("b", 10),
                MadeRun.in("mps")
                        .tenants("a", 40, 40)
                        .tenants("b", 4, 4)
                        .alone("a", 100)
                        .alone("b", 10)
                        .on("NVIDIA H200", "GPU-2"));

        Family family = study.sections().getFirst().families().getFirst();
        assertThat(List.copyOf(family.scaling().values()).getFirst().points()).hasSize(2);
        assertThat(ScalingCurve.caution(family.scaling().values())).isEmpty();
    }

    @Test
    void fillsTheMatrixFromPairsAndLeavesHolesWhereNoneWasRun() {
        Study study = study(
                MadeRun.in("mps")
                        .tenants("a", 50)
                        .tenants("b", 5)
                        .alone("a", 100)
                        .alone("b", 10),
                MadeRun.in("mps").tenants("a", 80, 80).alone("a", 100),
                MadeRun.in("mps")
                        .tenants("a", 20)
                        .withMps("priority", "low")
                        .tenants("b", 5)
                        .alone("a", 100)
                        .alone("b", 10),
                MadeRun.in("mps")
                        .tenants("a", 20, 20)
                        .tenants("b", 5)
                        .alone("a", 100)
                        .alone("b", 10));

        InterferenceMatrix matrix = study.sections().getFirst().interference().getFirst();

        assertThat(study.sections().getFirst().interference()).hasSize(1);
        assertThat(matrix.variants()).containsExactly("a", "b");
        assertThat(matrix.cells().get(0).get(0).orElseThrow().slowdown()).isEqualTo(1.25);
        assertThat(matrix.cells().get(0).get(1).orElseThrow().slowdown()).isEqualTo(2);
        assertThat(matrix.cells().get(1).get(0).orElseThrow().slowdown()).isEqualTo(2);
        assertThat(matrix.cells().get(1).get(1)).isEmpty();
    }

    @Test
    void concludesNothingFromABaselineThatATenantBeatWhileSharing() {
        Study study = study(
                MadeRun.in("mps").tenants("a", 200, 210).alone("a", 100),
                MadeRun.in("time-slicing")
                        .tenants("a", 40)
                        .tenants("b", 5)
                        .alone("a", 100)
                        .alone("b", 10),
                MadeRun.in("mps").tenants("a", 90, 80).alone("a", 101));

        Section section = study.sections().getFirst();
        assertThat(section.cautions())
                .anySatisfy(text -> assertThat(text)
                        .startsWith("Baselines that do not fit: a (a tenant that shared did 2.10 times as much)")
                        .contains("2 of 3 runs"));
        Arm beaten = section.families().getFirst().mixes().getFirst().arms().getFirst();
        assertThat(beaten.estimate("stp").orElseThrow().n()).isEqualTo(1);
        assertThat(beaten.estimate("throughput_units_per_sec").orElseThrow().n())
                .isEqualTo(2);
        Arm elsewhere = section.families().getLast().mixes().getFirst().arms().getFirst();
        assertThat(elsewhere.estimate("stp")).isEmpty();
        assertThat(elsewhere.estimate("slowdown/a")).isEmpty();
        assertThat(elsewhere.estimate("slowdown/b").orElseThrow().mean()).isEqualTo(2);
    }

    @Test
    void heedsWhatARunThatIsLeftOutSaysOfItsBaseline() {
        Study study = study(
                MadeRun.in("mps")
                        .tenants("a", 200, 210)
                        .alone("a", 100)
                        .foundGuilty(Reason.BASELINE_REFUTED, "The baseline of a does not fit."),
                MadeRun.in("mps").tenants("a", 95, 80).alone("a", 100),
                MadeRun.in("mps").tenants("a", 95, 80).alone("a", 101));

        assertThat(study.leftOut()).hasSize(1);
        Section section = study.sections().getFirst();
        assertThat(section.cautions())
                .anySatisfy(text -> assertThat(text)
                        .startsWith("Baselines that do not fit: a (a tenant that shared did 2.10 times as much)")
                        .contains("1 of 2 runs"));
        Arm arm = section.families().getFirst().mixes().getFirst().arms().getFirst();
        assertThat(arm.estimate("stp").orElseThrow().n()).isEqualTo(1);
    }

    @Test
    void aSmokeTestWithoutAGpuComesLastAndNamesNeitherCardNorDriver() {
        Study study = study(
                MadeRun.in("time-slicing").tenants("spin", 50, 50).onNoGpu(),
                MadeRun.in("mps").tenants("a", 90, 80).simulated());

        assertThat(study.sections()).extracting(Section::title).containsExactly("simulated NVIDIA H200", "no GPU");
        assertThat(study.sections().getLast().cards()).isEmpty();
        assertThat(study.sections().getLast().drivers()).isEmpty();
    }

    @Test
    void aTenantThatWaitsForAPersonRefutesNoBaseline() {
        Section section = study(MadeRun.in("mps")
                        .tenants("a", 90)
                        .tenants("notebook", 130)
                        .ofKind("interactive")
                        .alone("a", 100)
                        .alone("notebook", 100))
                .sections()
                .getFirst();

        assertThat(section.cautions()).isEmpty();
        assertThat(section.families()
                        .getFirst()
                        .mixes()
                        .getFirst()
                        .arms()
                        .getFirst()
                        .estimate("stp"))
                .isPresent();
    }

    @Test
    void countsASimulatedRunWithTheSameSeedOnce() {
        MadeRun simulated = MadeRun.in("mps")
                .tenants("a", 90, 90)
                .alone("a", 100)
                .simulated()
                .seeded(1);
        MadeRun other = MadeRun.in("time-slicing")
                .tenants("a", 90, 90)
                .alone("a", 100)
                .simulated()
                .seeded(1);
        MadeRun otherSeed = MadeRun.in("mps")
                .tenants("a", 91, 91)
                .alone("a", 100)
                .simulated()
                .seeded(2);

        Study study = study(simulated, simulated, simulated, other);

        assertThat(study.sections().getFirst().cautions())
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("2 more simulated runs repeat one of these"));
        assertThat(study.sections().getFirst().runs()).isEqualTo(2);
        assertThat(study.repeats()).hasSize(2);
        assertThat(study.leftOut()).isEmpty();
        Arm mps = onlyMix(study.sections().getFirst()).arms().getLast();
        assertThat(mps.estimate("stp").orElseThrow().interval()).isEmpty();
        assertThat(study(simulated, other, otherSeed).repeats()).isEmpty();
    }

    @Test
    void saysTheSameWhateverTheOrderOfTheRuns() {
        List<StoredRun> runs = StoredRuns.reference();
        Study forwards = Study.of(runs, StudyOptions.DEFAULT);
        Study backwards = Study.of(runs.reversed(), StudyOptions.DEFAULT);

        assertThat(sentences(backwards)).isEqualTo(sentences(forwards));
    }

    private static List<String> sentences(Study study) {
        return study.sections().stream()
                .flatMap(section -> section.families().stream())
                .flatMap(family -> Stream.concat(
                        family.answers().stream(), family.mixes().stream().flatMap(mix -> mix.answers().stream())))
                .map(Answer::text)
                .toList();
    }

    private static MixStudy onlyMix(Section section) {
        assertThat(section.families()).hasSize(1);
        assertThat(section.families().getFirst().mixes()).hasSize(1);
        return section.families().getFirst().mixes().getFirst();
    }

    private static Arm onlyArm(Study study) {
        assertThat(study.sections()).hasSize(1);
        MixStudy mix = onlyMix(study.sections().getFirst());
        assertThat(mix.arms()).hasSize(1);
        return mix.arms().getFirst();
    }
}
