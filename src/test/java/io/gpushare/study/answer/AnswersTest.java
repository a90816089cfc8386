package io.gpushare.study.answer;

import static io.gpushare.study.MadeRun.latencies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.gpushare.study.Family;
import io.gpushare.study.MadeRun;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Choice;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.StudyOptions;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class AnswersTest {
    private static MixStudy mix(StudyOptions options, MadeRun... runs) {
        return Study.of(Stream.of(runs).map(MadeRun::stored).toList(), options)
                .sections()
                .getFirst()
                .families()
                .getFirst()
                .mixes()
                .getLast();
    }

    private static MixStudy mix(MadeRun... runs) {
        return mix(StudyOptions.DEFAULT, runs);
    }

    private static MadeRun pair(String mode, double rate) {
        return MadeRun.in(mode).tenants("a", rate, rate).alone("a", 100);
    }

    private static MadeRun beside(String mode, double small, double large) {
        return MadeRun.in(mode)
                .tenants("small", small)
                .tenants("large", large)
                .alone("small", 100)
                .alone("large", 100);
    }

    private static Answer answer(MixStudy mix, Topic topic) {
        return mix.answers().stream()
                .filter(answer -> answer.topic() == topic)
                .findFirst()
                .orElseThrow();
    }

    private static StudyOptions bound(String workload, double ms) {
        return new StudyOptions(false, false, List.of(new Slo(workload, 0.99, ms)), OptionalDouble.empty(), 1);
    }

    @Test
    void showsADifferenceThatRepeatedRunsBearOut() {
        MixStudy mix = mix(
                pair("mps", 90),
                pair("mps", 91),
                pair("mps", 92),
                pair("mps", 91),
                pair("time-slicing", 60),
                pair("time-slicing", 61),
                pair("time-slicing", 61),
                pair("time-slicing", 62));

        assertThat(answer(mix, Topic.THROUGHPUT))
                .satisfies(work -> assertThat(work.confidence()).isEqualTo(Confidence.SHOWN))
                .satisfies(work -> assertThat(work.text())
                        .startsWith("MPS does the most work: STP 1.82 (1.80 to 1.84, n = 4), 1.49 times the 1.22"));
        assertThat(answer(mix, Topic.RECOMMENDATION).text()).startsWith("Use MPS: ");
        assertThat(mix.choice().way()).isEqualTo("MPS");
        assertThat(mix.choice().work().orElseThrow().mean()).isEqualTo(1.82, within(0.001));
        assertThat(mix.choice().confidence()).isEqualTo(Confidence.SHOWN);
    }

    private static MadeRun under(String layer, MadeRun run) {
        return run.planned("layer", JsonNodeFactory.instance.objectNode().put("name", layer));
    }

    @Test
    void tellsWhatALayerCostsAgainstTheSameWithoutIt() {
        MixStudy mix = mix(
                pair("mps", 100),
                pair("mps", 101),
                pair("mps", 99),
                under("dear", pair("mps", 90)),
                under("dear", pair("mps", 91)),
                under("dear", pair("mps", 89)),
                under("cheap", pair("mps", 98.5)),
                under("cheap", pair("mps", 99.5)),
                under("cheap", pair("mps", 98)),
                under("unknown", pair("mps", 95)),
                under("alone", pair("time-slicing", 60)));

        assertThat(mix.answers().stream().filter(answer -> answer.topic() == Topic.LAYER))
                .extracting(Answer::text)
                .satisfiesExactly(
                        cheap -> assertThat(cheap)
                                .startsWith("What cheap costs, against MPS without it: throughput of a -1.3 % (")
                                .endsWith("n = 3 and 3), within the 5 % that people aim at."),
                        dear -> assertThat(dear)
                                .startsWith("What dear costs, against MPS without it: throughput of a -10.0 % (")
                                .endsWith("n = 3 and 3), more than the 5 % that people aim at."),
                        unknown -> assertThat(unknown)
                                .startsWith("What unknown costs, against MPS without it: throughput of a -5.0 % (")
                                .endsWith("too few for an interval), not judged."));
        assertThat(mix.arms()).extracting(arm -> arm.name()).contains("MPS + dear", "time-slicing + alone");
    }

    @Test
    void tellsHowMuchOfTheWorkAShareOfTheThreadsDoes() {
        MixStudy mix = mix(
                pair("mps", 100),
                pair("mps", 102),
                pair("mps", 50).setting("thread_percentage", 50),
                pair("mps", 52).setting("thread_percentage", 50),
                pair("mps", 30).setting("thread_percentage", 25),
                pair("mps", 90).setting("thread_percentage", 75).setting("priority", "low"),
                pair("time-slicing", 60));

        assertThat(answer(mix, Topic.LIMITS).text())
                .startsWith(
                        "a under MPS, against as many without a limit: with 25 % of the threads 30 % (one run), with"
                                + " 50 % of the threads 50 % (")
                .endsWith("n = 2 and 2) of the work.");
    }

    @Test
    void choosesNothingWhereThereIsNothingToChooseFrom() {
        Choice only = mix(pair("mps", 90)).choice();

        assertThat(only.way()).isEqualTo("only MPS");
        assertThat(only.work()).isPresent();
        assertThat(only.confidence()).isEqualTo(Confidence.FACT);
        assertThat(mix(pair("exclusive", 90)).choice()).isEqualTo(Choice.none("no sharing was run"));
    }

    @Test
    void choosesNotToShareWhereThatDoesMore() {
        Choice choice = mix(pair("mps", 30), pair("time-slicing", 20)).choice();

        assertThat(choice.way()).isIn("do not share", "no gain from sharing");
        assertThat(choice.work().orElseThrow().mean()).isLessThan(1);
    }

    @Test
    void doesNotCallFiguresAlikeThatLieApartInEveryRun() {
        MixStudy mix = mix(pair("mps", 90), pair("mps", 91), pair("time-slicing", 84), pair("time-slicing", 86));

        assertThat(answer(mix, Topic.THROUGHPUT).confidence()).isEqualTo(Confidence.OPEN);
        assertThat(answer(mix, Topic.THROUGHPUT).text())
                .startsWith("Too few runs to tell MPS from time-slicing: STP 1.81 (1.80 to 1.82, n = 2) and 1.70");
        assertThat(answer(mix, Topic.RECOMMENDATION).text())
                .contains("neither of which is shown to do more work than the other");
    }

    @Test
    void callsFiguresAlikeThatReadAlike() {
        MixStudy mix = mix(pair("mps", 90), pair("time-slicing", 89.99));

        assertThat(answer(mix, Topic.THROUGHPUT).text())
                .startsWith("MPS and time-slicing cannot be told apart: STP 1.80 (one run) and 1.80 (one run)");
    }

    @Test
    void crownsNobodyWhomOneWithoutABaselineBeatsInPlainFigures() {
        MixStudy mix = mix(
                pair("mps", 80),
                pair("time-slicing", 60),
                MadeRun.in("mps").tenants("a", 95, 95).by("docker"));

        assertThat(answer(mix, Topic.THROUGHPUT).confidence()).isEqualTo(Confidence.OPEN);
        assertThat(answer(mix, Topic.THROUGHPUT).text())
                .isEqualTo(
                        "Which does the most work is not known. Of those whose STP is known, MPS: STP 1.60 (one run),"
                                + " 1.33 times the 1.20 (one run) of time-slicing. But MPS (docker) has no STP that is"
                                + " known, and throughput 190 samples/s (one run) against the 160 samples/s of MPS.");
        assertThat(answer(mix, Topic.RECOMMENDATION).confidence()).isEqualTo(Confidence.OPEN);
        assertThat(answer(mix, Topic.RECOMMENDATION).text())
                .contains("Whether another does more is open: MPS (docker) has no STP that is known");
        assertThat(answer(mix, Topic.RECOMMENDATION).command().orElseThrow())
                .startsWith("gpushare bench --runtime docker --mode mps ");
    }

    @Test
    void oneWithoutABaselineThatDoesLessChallengesNobody() {
        MixStudy mix = mix(
                pair("mps", 80),
                pair("time-slicing", 60),
                MadeRun.in("mps").tenants("a", 70, 70).by("docker"));

        assertThat(answer(mix, Topic.THROUGHPUT).confidence()).isEqualTo(Confidence.INDICATED);
        assertThat(answer(mix, Topic.THROUGHPUT).text())
                .startsWith("MPS does the most work: ")
                .endsWith(" Not known for MPS (docker).");
    }

    @Test
    void aCommandNamesAllThatItNeedsToBeTypedAgain() {
        MadeRun run = MadeRun.in("mps")
                .tenants("mine[batch=8]", 80, 80)
                .from("/home/me/work loads/mine/workload.yaml")
                .withMps("priority", "low")
                .alone("mine[batch=8]", 100)
                .planned("gpu", JsonNodeFactory.instance.textNode("1"))
                .planned("gpu_access", JsonNodeFactory.instance.textNode("cdi"))
                .planned("allow_busy", JsonNodeFactory.instance.booleanNode(true))
                .planned("gpu_cost_per_hour", JsonNodeFactory.instance.numberNode(3.5))
                .planned("binds", JsonNodeFactory.instance.arrayNode().add("/data:/data:ro"));
        MixStudy mix = mix(run);

        assertThat(mix.arms().getFirst().name()).isEqualTo("MPS · mine low priority");
        assertThat(answer(mix, Topic.OPEN).command().orElseThrow())
                .isEqualTo(
                        "gpushare bench --gpu 1 --runtime process --bind /data:/data:ro --gpu-access cdi --allow-busy"
                                + " --gpu-cost-per-hour 3.5 --mode time-slicing"
                                + " --workload '/home/me/work loads/mine/workload.yaml:2' --duration 10s --repeat 5");
    }

    @Test
    void onlyIndicatesADifferenceOfSingleRunsAndSaysWhatWouldSettleIt() {
        MixStudy mix = mix(pair("mps", 90), pair("time-slicing", 60));

        assertThat(answer(mix, Topic.THROUGHPUT).confidence()).isEqualTo(Confidence.INDICATED);
        assertThat(answer(mix, Topic.THROUGHPUT).text()).contains("(one run)");
        assertThat(answer(mix, Topic.OPEN).text()).contains("Too few runs", "MPS (1 run)");
        assertThat(answer(mix, Topic.OPEN).command().orElseThrow()).contains("--repeat 5");
    }

    @Test
    void countsOnlyRunsWithABaselineThatFitsAsEnough() {
        MadeRun bare = MadeRun.in("mps").tenants("a", 90, 90);
        MixStudy mix = mix(pair("mps", 90), bare, bare, bare, pair("time-slicing", 60));

        assertThat(answer(mix, Topic.OPEN).text())
                .contains("MPS (1 run with a baseline that fits)", "time-slicing (1 run)");
        assertThat(answer(mix, Topic.RECOMMENDATION).command()).isPresent();
    }

    @Test
    void doesNotTellApartWhatOverlaps() {
        MixStudy mix = mix(
                pair("mps", 60),
                pair("mps", 80),
                pair("mps", 70),
                pair("time-slicing", 66),
                pair("time-slicing", 69),
                pair("time-slicing", 75));

        assertThat(answer(mix, Topic.THROUGHPUT).confidence()).isEqualTo(Confidence.OPEN);
        assertThat(answer(mix, Topic.THROUGHPUT).text()).contains("cannot be told apart");
        assertThat(answer(mix, Topic.RECOMMENDATION).confidence()).isEqualTo(Confidence.OPEN);
    }

    @Test
    void ranksThoseOfWhichEnoughIsKnownAndNamesTheOthers() {
        MixStudy mix = mix(
                pair("mps", 90),
                pair("time-slicing", 60),
                MadeRun.in("mps")
                        .tenants("a", 70, 70)
                        .withMps("priority", "low")
                        .on("NVIDIA H200", "GPU-2"));

        assertThat(answer(mix, Topic.FAIRNESS).text()).endsWith("Not known for MPS · a low priority.");
        // All three have a throughput, but of different cards.
        assertThat(answer(mix, Topic.THROUGHPUT).text())
                .startsWith("MPS does the most work: STP")
                .endsWith("Not known for MPS · a low priority.");
    }

    @Test
    void recommendsNotToShareWhatDoesLessTogether() {
        MixStudy mix = mix(pair("mps", 44), pair("time-slicing", 40));

        assertThat(answer(mix, Topic.RECOMMENDATION).text())
                .isEqualTo("Do not share: even MPS does less than one tenant after another, STP 0.88 (one run).");
        assertThat(answer(mix, Topic.RECOMMENDATION).confidence()).isEqualTo(Confidence.INDICATED);
    }

    @Test
    void doesNotRecommendAgainstSharingWhatMayBeNoLoss() {
        MixStudy mix = mix(
                pair("mps", 44),
                pair("mps", 46),
                pair("mps", 53),
                pair("mps", 54),
                pair("mps", 48),
                pair("mps", 49),
                pair("time-slicing", 30));

        assertThat(answer(mix, Topic.RECOMMENDATION).confidence()).isEqualTo(Confidence.OPEN);
        assertThat(answer(mix, Topic.RECOMMENDATION).text())
                .startsWith("The runs show no gain from sharing: the most work is done with MPS, STP 0.98");
    }

    @Test
    void saysWhereAGainFromSharingIsNotCertain() {
        MixStudy mix = mix(pair("mps", 53), pair("time-slicing", 40));

        assertThat(answer(mix, Topic.RECOMMENDATION).confidence()).isEqualTo(Confidence.OPEN);
        assertThat(answer(mix, Topic.RECOMMENDATION).text())
                .startsWith("Use MPS: STP 1.06")
                .contains("Whether that is more than one tenant after another does (STP 1) cannot be told.");
    }

    @Test
    void doesNotAdviseWhatIsLeftWhereThatIsALoss() {
        MixStudy mix = mix(
                beside("mps", 5, 99),
                MadeRun.in("time-slicing")
                        .tenants("small", 40)
                        .tenants("large", 40)
                        .alone("small", 100)
                        .alone("large", 100));

        assertThat(answer(mix, Topic.RECOMMENDATION).text())
                .startsWith("Do not share: even time-slicing does less")
                .endsWith("Ruled out: small starves under MPS (slowed 20.0 times).");
    }

    @Test
    void isNoSurerOfWhatIsLeftThanOfWhatWasRuledOut() {
        MadeRun left = MadeRun.in("time-slicing")
                .tenants("small", 60)
                .tenants("large", 60)
                .alone("small", 100)
                .alone("large", 100);
        MadeRun starving = MadeRun.in("mps")
                .tenants("small", 5)
                .tenants("large", 99)
                .alone("small", 100)
                .alone("large", 100);

        assertThat(answer(mix(left, left, left, left, starving), Topic.RECOMMENDATION)
                        .confidence())
                .isEqualTo(Confidence.INDICATED);
    }

    @Test
    void ofSimulatedCardsThatDifferInTheirSeedRatesAreCompared() {
        MixStudy mix = mix(
                MadeRun.in("mps")
                        .tenants("a", 90, 90)
                        .on("NVIDIA H200", "GPU-1")
                        .simulated(),
                MadeRun.in("time-slicing")
                        .tenants("a", 60, 60)
                        .on("NVIDIA H200", "GPU-2")
                        .simulated());

        assertThat(answer(mix, Topic.THROUGHPUT).text()).startsWith("MPS does the most work: throughput 180");
    }

    @Test
    void namesAllThatCannotBeToldApart() {
        MixStudy mix = mix(pair("mps", 90), pair("time-slicing", 89), pair("mig", 88));

        assertThat(answer(mix, Topic.RECOMMENDATION).text())
                .contains("it is the fairest of MPS, time-slicing and MIG,");
    }

    @Test
    void isBestOnlyWhereNoneOfTheOthersMayBeBetter() {
        MixStudy mix = mix(
                pair("mps", 90),
                pair("mps", 90),
                pair("time-slicing", 70),
                pair("time-slicing", 70),
                pair("mig", 40),
                pair("mig", 95));

        assertThat(answer(mix, Topic.THROUGHPUT).text()).startsWith("MPS and MIG cannot be told apart: STP 1.80");
    }

    @Test
    void mpsInInstancesOfMigIsNoWayToKeepFaultsApart() {
        MixStudy mix = mix(pair("mps", 70), pair("mig", 90).setting("mps", ""), pair("time-slicing", 60));

        assertThat(answer(mix, Topic.ISOLATION).text())
                .startsWith("Keeping faults apart costs 14 % of the work: time-slicing");
        assertThat(mix(pair("mps", 70), pair("mig", 90).setting("mps", "")).answers())
                .noneSatisfy(answer -> assertThat(answer.topic()).isEqualTo(Topic.ISOLATION));
    }

    @Test
    void countsNoGpusAsSavedWhereATenantStarvesOrSharingMayGainNothing() {
        MixStudy mix = mix(beside("mps", 15, 99), beside("time-slicing", 58, 59));

        assertThat(answer(mix, Topic.CONSOLIDATION).text()).contains("under time-slicing");
        assertThat(mix(pair("mps", 51), pair("time-slicing", 40)).answers())
                .noneSatisfy(answer -> assertThat(answer.topic()).isEqualTo(Topic.CONSOLIDATION));
    }

    @Test
    void doesNotRecommendWhereATenantStarvesHoweverMuchWorkIsDone() {
        MixStudy mix = mix(beside("mps", 5, 99), beside("time-slicing", 50, 53));

        assertThat(answer(mix, Topic.THROUGHPUT).text()).startsWith("Too few runs to tell MPS from time-slicing");
        assertThat(answer(mix, Topic.RECOMMENDATION).text())
                .startsWith("Use time-slicing")
                .contains("Ruled out: small starves under MPS (slowed 20.0 times)");
    }

    @Test
    void rulesOutWhatBreaksABoundThatWasAskedFor() {
        MadeRun fast =
                MadeRun.in("mps").tenants("a", latencies(12, 2000), 90, 90).alone("a", 100);
        MadeRun slow = MadeRun.in("time-slicing")
                .tenants("a", latencies(7, 2000), 60, 60)
                .alone("a", 100);

        assertThat(answer(mix(fast, slow), Topic.RECOMMENDATION).text()).startsWith("Use MPS");
        MixStudy bound = mix(bound("a", 10), fast, slow);
        assertThat(answer(bound, Topic.RECOMMENDATION).text())
                .startsWith("Use time-slicing")
                .contains("MPS breaks a's p99 ≤ 10 ms");
        assertThat(answer(bound, Topic.SLO).text())
                .isEqualTo("a's p99 ≤ 10 ms: time-slicing keeps it (100.00 % within); MPS breaks it (0.00 % within).");
    }

    @Test
    void recommendsNothingWhereEverythingIsRuledOut() {
        MadeRun fast =
                MadeRun.in("mps").tenants("a", latencies(12, 2000), 90, 90).alone("a", 100);
        MadeRun slow = MadeRun.in("time-slicing")
                .tenants("a", latencies(17, 2000), 60, 60)
                .alone("a", 100);

        assertThat(answer(mix(bound("a", 10), fast, slow), Topic.RECOMMENDATION).text())
                .startsWith("None of what was tried can be recommended");
    }

    @Test
    void saysThatTooFewLatenciesCannotJudgeABound() {
        MadeRun few = MadeRun.in("mps").tenants("a", latencies(5, 100), 90, 90).alone("a", 100);

        assertThat(answer(mix(bound("a", 10), few), Topic.SLO).text())
                .contains("cannot be judged")
                .contains("459 latencies");
    }

    @Test
    void tellsThePriceOfIsolation() {
        MixStudy mix = mix(pair("mps", 90), pair("time-slicing", 60));

        assertThat(answer(mix, Topic.ISOLATION).text())
                .startsWith("Keeping faults apart costs 33 % of the work")
                .contains("a fault in one client of MPS ends the others");
    }

    @Test
    void asksForTheModeThatWasNotTriedAndForMissingBaselines() {
        MixStudy mix = mix(MadeRun.in("time-slicing").tenants("a", 60, 60));

        assertThat(mix.answers())
                .filteredOn(answer -> answer.topic() == Topic.OPEN)
                .extracting(Answer::text)
                .anySatisfy(text -> assertThat(text).contains("No baseline that fits for time-slicing"))
                .anySatisfy(text -> assertThat(text).contains("not measured through MPS"));
        assertThat(mix.answers())
                .noneSatisfy(answer -> assertThat(answer.topic()).isEqualTo(Topic.RECOMMENDATION));
    }

    @Test
    void ratesOfDifferentCardsAreNotCompared() {
        MixStudy mix = mix(
                MadeRun.in("mps").tenants("a", 90, 90).on("NVIDIA H200", "GPU-1"),
                MadeRun.in("mps").tenants("a", 91, 91).on("NVIDIA H200", "GPU-1"),
                MadeRun.in("mps").tenants("a", 92, 92).on("NVIDIA H200", "GPU-1"),
                MadeRun.in("mps").tenants("a", 93, 93).on("NVIDIA H200", "GPU-1"),
                MadeRun.in("time-slicing").tenants("a", 60, 60).on("NVIDIA H200", "GPU-2"),
                MadeRun.in("time-slicing").tenants("a", 61, 61).on("NVIDIA H200", "GPU-2"),
                MadeRun.in("time-slicing").tenants("a", 62, 62).on("NVIDIA H200", "GPU-2"),
                MadeRun.in("time-slicing").tenants("a", 63, 63).on("NVIDIA H200", "GPU-2"));

        assertThat(answer(mix, Topic.THROUGHPUT).confidence()).isEqualTo(Confidence.OPEN);
        assertThat(answer(mix, Topic.THROUGHPUT).text())
                .startsWith("Cannot be compared: throughput 183 samples/s")
                .endsWith("are of different cards.");
        assertThat(mix.answers())
                .noneSatisfy(answer -> assertThat(answer.topic()).isEqualTo(Topic.RECOMMENDATION));
    }

    @Test
    void comparesRatesOnTheCardsOnWhichBothRan() {
        MixStudy mix = mix(
                MadeRun.in("mps").tenants("a", 70, 70).on("NVIDIA H200", "GPU-1"),
                MadeRun.in("time-slicing").tenants("a", 60, 60).on("NVIDIA H200", "GPU-1"),
                MadeRun.in("time-slicing").tenants("a", 95, 95).on("NVIDIA H200", "GPU-2"));
        MixStudy other = mix(
                MadeRun.in("mps").tenants("a", 70, 70).on("NVIDIA H200", "GPU-1"),
                MadeRun.in("time-slicing").tenants("a", 40, 40).on("NVIDIA H200", "GPU-1"),
                MadeRun.in("time-slicing").tenants("a", 95, 95).on("NVIDIA H200", "GPU-2"));

        // Faster over all, because one of its cards is, and slower on the card that both had.
        assertThat(answer(mix, Topic.THROUGHPUT).text())
                .isEqualTo("Too few runs to tell time-slicing from MPS: throughput 120 samples/s (one run) and 140"
                        + " samples/s (one run), on the cards on which both ran.");
        assertThat(answer(other, Topic.THROUGHPUT).text())
                .isEqualTo("MPS does the most work: throughput 140 samples/s (one run), 1.75 times the 80.0"
                        + " samples/s (one run) of time-slicing, on the cards on which both ran.");
    }

    @Test
    void tellsWhatIsLeftWhereTheRestCannotBeRanked() {
        MixStudy mix = mix(
                bound("a", 10),
                MadeRun.in("mps").tenants("a", latencies(12, 2000), 90, 90).alone("a", 100),
                MadeRun.in("time-slicing")
                        .tenants("a", latencies(7, 2000), 60, 60)
                        .alone("a", 100),
                MadeRun.in("mps")
                        .tenants("a", latencies(7, 2000), 80, 80)
                        .withMps("priority", "low")
                        .on("NVIDIA H200", "GPU-2"));

        assertThat(answer(mix, Topic.RECOMMENDATION).text())
                .startsWith("Ruled out: MPS breaks a's p99 ≤ 10 ms. Among time-slicing and MPS · a low priority");
    }

    @Test
    void tellsWhereMoreTenantsStopPayingAndHowManyKeepABound() {
        Family family = Study.of(
                        Stream.of(
                                        MadeRun.in("time-slicing")
                                                .tenants("a", latencies(5, 900), 90, 90)
                                                .alone("a", 100),
                                        MadeRun.in("time-slicing")
                                                .tenants("a", latencies(9, 900), 46, 46, 46, 46)
                                                .alone("a", 100),
                                        MadeRun.in("time-slicing")
                                                .tenants("a", latencies(18, 900), 23, 23, 23, 23, 23, 23, 23, 23)
                                                .alone("a", 100),
                                        MadeRun.in("mps")
                                                .tenants("a", latencies(5, 900), 95, 95)
                                                .alone("a", 100),
                                        MadeRun.in("mps")
                                                .tenants("a", latencies(6, 900), 80, 80, 80, 80)
                                                .alone("a", 100))
                                .map(MadeRun::stored)
                                .toList(),
                        bound("a", 10))
                .sections()
                .getFirst()
                .families()
                .getFirst();

        assertThat(family.answers())
                .extracting(Answer::text)
                .containsExactly(
                        "a under time-slicing: beyond 2 tenants more do not pay; 4 do 2.2 % more (1: 100, 2: 180, 4:"
                                + " 184, 8: 184 samples/s).",
                        "a under MPS: still pays at 4 tenants, 68 % more than at 2 (1: 100, 2: 190, 4: 320 samples/s);"
                                + " the limit lies beyond what was run.",
                        "a under time-slicing: up to 4 tenants a GPU keep a's p99 ≤ 10 ms; 8 break it.",
                        "a under MPS: up to 4 tenants a GPU keep a's p99 ≤ 10 ms, and the limit lies beyond what was"
                                + " run.");
    }

    private static Family family(StudyOptions options, MadeRun... runs) {
        return Study.of(Stream.of(runs).map(MadeRun::stored).toList(), options)
                .sections()
                .getFirst()
                .families()
                .getFirst();
    }

    @Test
    void aNumberOfTenantsThatWasMeasuredBadlyIsNotTheEnd() {
        Family family = family(
                StudyOptions.DEFAULT,
                MadeRun.in("mps").tenants("a", 49, 49).alone("a", 100),
                MadeRun.in("mps").tenants("a", 60, 60, 60, 60).alone("a", 100));

        assertThat(family.answers())
                .extracting(Answer::text)
                .containsExactly("a under MPS: still pays at 4 tenants, 145 % more than at 2 (1: 100, 2: 98.0, 4: 240"
                        + " samples/s); the limit lies beyond what was run.");
    }

    @Test
    void isAsSureOfWhereMoreTenantsStopPayingAsTheRunsAre() {
        MadeRun[] noisy = {
            pair("mps", 40), pair("mps", 60), pair("mps", 45), pair("mps", 70), pair("mps", 44), pair("mps", 53),
        };
        MadeRun[] steady = {
            pair("mps", 90), pair("mps", 91), pair("mps", 90), pair("mps", 91), pair("mps", 90), pair("mps", 91),
        };

        assertThat(family(StudyOptions.DEFAULT, noisy).answers().getFirst().confidence())
                .isEqualTo(Confidence.OPEN);
        // One measurement of it alone.
        assertThat(family(StudyOptions.DEFAULT, steady).answers().getFirst().confidence())
                .isEqualTo(Confidence.INDICATED);
    }

    @Test
    void advisesNoMoreTenantsThanAGpuIsDividedInto() {
        Family family = family(
                StudyOptions.DEFAULT,
                MadeRun.in("mig").tenants("a", 90, 90, 90, 90).alone("a", 100),
                MadeRun.in("mps").tenants("a", 90, 90, 90, 90).alone("a", 100));

        assertThat(family.answers())
                .extracting(answer -> answer.command().isPresent())
                .containsExactly(true, false);
    }

    @Test
    void boundsSayNothingOfTenantsOneAfterAnotherNorWhereLatenciesAreTooFew() {
        Family family = family(
                bound("a", 10),
                MadeRun.in("exclusive").tenants("a", latencies(5, 900), 90, 90),
                MadeRun.in("exclusive").tenants("a", latencies(5, 900), 90, 90, 90, 90),
                MadeRun.in("mps").tenants("a", latencies(5, 100), 90, 90),
                MadeRun.in("mps").tenants("a", latencies(5, 50), 90, 90, 90, 90),
                MadeRun.in("time-slicing").tenants("a", latencies(5, 100), 90, 90),
                MadeRun.in("time-slicing").tenants("a", latencies(15, 900), 90, 90, 90, 90));

        assertThat(family.answers())
                .filteredOn(answer -> answer.topic() == Topic.SLO)
                .extracting(Answer::text)
                .containsExactly(
                        "a under time-slicing: no number of tenants that was run is known to keep a's p99 ≤ 10 ms; 4"
                                + " break it.");
    }

    @Test
    void asksForNoMpsWhereThereIsNoGpuAndRepeatsWithoutOne() {
        MixStudy mix = mix(MadeRun.in("time-slicing")
                .tenants("spin", 99, 99)
                .alone("spin", 100)
                .onNoGpu());

        assertThat(mix.answers())
                .noneSatisfy(answer -> assertThat(answer.topic()).isEqualTo(Topic.CONSOLIDATION))
                .filteredOn(answer -> answer.topic() == Topic.OPEN)
                .singleElement()
                .satisfies(answer -> assertThat(answer.command().orElseThrow())
                        .startsWith("gpushare bench --gpu none --mode time-slicing --workload spin:2"));
    }
}
