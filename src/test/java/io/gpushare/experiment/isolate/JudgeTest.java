package io.gpushare.experiment.isolate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.experiment.isolate.Outcome.Judged;
import io.gpushare.experiment.isolate.Outcome.Unjudged;
import io.gpushare.mode.ModeKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JudgeTest {
    private static final Timing TIMING = new Timing(4, 4, 4);
    private static final Thresholds USUAL = new Thresholds(0.9, 1.25);

    private static Outcome judge(Misbehaviour what, VictimRun run) {
        return Judge.of(run.result(), what, TIMING, USUAL);
    }

    private static Judged judged(Misbehaviour what, VictimRun run) {
        Outcome outcome = judge(what, run);
        assertThat(outcome).isInstanceOf(Judged.class);
        return (Judged) outcome;
    }

    private static String reason(Misbehaviour what, VictimRun run) {
        Outcome outcome = judge(what, run);
        assertThat(outcome).isInstanceOf(Unjudged.class);
        return ((Unjudged) outcome).reason();
    }

    private static VictimRun steady() {
        return new VictimRun().rates(300, 302, 299, 301);
    }

    @Test
    void aVictimThatWorksOnIsContained() {
        Judged judged = judged(Misbehaviour.BANDWIDTH_HOG, steady().rates(296, 299, 298, 297, 300, 301, 300, 299));

        assertThat(judged.containment()).isEqualTo(Containment.CONTAINED);
        assertThat(judged.kept()).isCloseTo(297.5 / 300.5, within(1e-9));
        assertThat(judged.p99Times().orElseThrow()).isEqualTo(1);
        assertThat(judged.recovery()).contains(new Recovery.NotNeeded());
        assertThat(judged.victimDied()).isEmpty();
    }

    @Test
    void aSlowedVictimIsDegradedAndComesBackWithTheFirstQuietWindow() {
        Judged judged = judged(Misbehaviour.BANDWIDTH_HOG, steady().rates(30, 31, 29, 30, 300, 301, 300, 299));

        assertThat(judged.containment()).isEqualTo(Containment.DEGRADED);
        assertThat(judged.kept()).isCloseTo(0.1, within(0.002));
        assertThat(judged.recovery()).contains(new Recovery.Within(0));
    }

    @Test
    void aVictimThatComesBackLateTakesThatLong() {
        Judged judged = judged(Misbehaviour.BANDWIDTH_HOG, steady().rates(30, 31, 29, 30, 100, 200, 300, 299));

        assertThat(judged.recovery()).contains(new Recovery.Within(2));
    }

    @Test
    void aVictimThatStaysSlowIsDegradedThoughItWasFastMeanwhile() {
        Judged judged = judged(
                Misbehaviour.KILLED,
                steady().rates(300, 301, 100, 101, 102, 99, 100, 100)
                        .neighbourFails("exit", "it was killed by signal 9 while it was measured"));

        assertThat(judged.containment()).isEqualTo(Containment.DEGRADED);
        assertThat(judged.kept()).isGreaterThan(0.95);
    }

    @Test
    void aVictimThatNeverComesBackIsSaidToBeSlowUntilTheEnd() {
        Judged judged = judged(Misbehaviour.MEMORY_HOG, steady().rates(100, 101, 99, 100, 100, 101, 102, 99));

        assertThat(judged.recovery()).contains(new Recovery.NotWithin(4));
    }

    /** Its window began before the kernel that it waited for, and ended when that did. */
    @Test
    void whatAVictimDidBeforeItStoodStillIsNotCountedAsDoneMeanwhile() {
        VictimRun run = new VictimRun().rates(300, 302, 299).window(5, 301, 3).rates(300, 301, 300, 299);

        Judged judged = judged(Misbehaviour.ENDLESS_KERNEL, run);

        assertThat(judged.containment()).isEqualTo(Containment.DEGRADED);
        assertThat(judged.kept()).isCloseTo(0, within(0.002));
        assertThat(judged.recovery()).contains(new Recovery.Within(0));
    }

    @Test
    void aVictimThatDidNothingAnyMoreKeptNothing() {
        Judged judged = judged(Misbehaviour.ENDLESS_KERNEL, steady());

        assertThat(judged.kept()).isZero();
        assertThat(judged.containment()).isEqualTo(Containment.DEGRADED);
        assertThat(judged.recovery()).contains(new Recovery.NotWithin(0));
    }

    @Test
    void theTailAloneMayDegrade() {
        VictimRun run = steady();
        for (int i = 0; i < 4; i++) {
            run.window(1, 290, 4.5);
        }

        Judged judged = judged(Misbehaviour.L2_HOG, run.rates(300, 300, 300, 300));

        assertThat(judged.containment()).isEqualTo(Containment.DEGRADED);
        assertThat(judged.p99Times().orElseThrow()).isCloseTo(1.5, within(0.01));
    }

    @Test
    void aDeadVictimIsFatalInTheWordsOfItsError() {
        Judged judged = judged(
                Misbehaviour.ILLEGAL_ACCESS,
                steady().victimFails("cuda", "CUDA error: an illegal memory access was encountered.")
                        .neighbourFails("cuda", "CUDA error: an illegal memory access was encountered"));

        assertThat(judged.containment()).isEqualTo(Containment.FATAL);
        assertThat(judged.victimDied()).contains("CUDA error: an illegal memory access was encountered");
        assertThat(judged.neighbourFailed()).isPresent();
        assertThat(judged.recovery()).isEmpty();
    }

    /** It waits for its GPU for ever, and has to be killed. */
    @Test
    void aVictimThatHangsWorksNoMore() {
        Judged judged = judged(
                Misbehaviour.STOPPED,
                steady().victimFails("timeout", "it did not end after it was told to stop")
                        .neighbourFails("timeout", "it did not end after it was told to stop"));

        assertThat(judged.containment()).isEqualTo(Containment.FATAL);
    }

    @Test
    void aNoisyVictimIsNotBlamedOnItsNeighbour() {
        VictimRun run = new VictimRun().rates(300, 285, 310, 295, 268, 262, 266, 272, 300, 290, 305, 292);

        Judged judged = judged(Misbehaviour.L2_HOG, run);

        assertThat(judged.kept()).isLessThan(0.9);
        assertThat(judged.containment()).isEqualTo(Containment.CONTAINED);
    }

    @Test
    void aLossThatMayBeHalfOrNoneIsNoContainment() {
        VictimRun run = new VictimRun().rates(300, 100, 420, 180, 150, 210, 90, 200, 300, 280, 310, 290);

        assertThat(reason(Misbehaviour.L2_HOG, run)).startsWith("the victim's throughput is too unsteady to tell");
    }

    @Test
    void aQuietTimeThatWasNoneIsNothingToCompareWith() {
        VictimRun run = new VictimRun().rates(200, 202, 199, 201, 300, 301, 299, 300, 300, 301, 299, 300);

        assertThat(reason(Misbehaviour.L2_HOG, run))
                .isEqualTo("something held the victim back in the quiet time: it did 150 % of that while its neighbour"
                        + " misbehaved");
    }

    /** A core that was slow before makes every neighbour look harmless, and one that is slow meanwhile, guilty. */
    @Test
    void whatTheHostDoesIsNotLaidOnTheNeighbour() {
        VictimRun slowBefore = new VictimRun()
                .slowed(true)
                .rates(170, 171, 169, 170)
                .slowed(false)
                .rates(260, 261, 259, 260, 300, 301, 299, 300);
        Judged againstAfterwards = judged(Misbehaviour.L2_HOG, slowBefore);
        assertThat(againstAfterwards.containment()).isEqualTo(Containment.DEGRADED);
        assertThat(againstAfterwards.kept()).isCloseTo(0.867, within(0.001));

        VictimRun slowMeanwhile = new VictimRun()
                .rates(300, 301, 299, 300)
                .slowed(true)
                .rates(170, 171, 169, 170)
                .slowed(false)
                .rates(300, 301, 299, 300);
        assertThat(judge(Misbehaviour.L2_HOG, slowMeanwhile))
                .isEqualTo(new Unjudged(
                        "somebody on the host slowed the victim's core while its neighbour misbehaved, so there is"
                                + " nothing to compare with",
                        true));

        VictimRun slowInPart = new VictimRun()
                .rates(300, 301, 299, 300, 298)
                .slowed(true)
                .rates(170, 171)
                .slowed(false)
                .rates(299, 300, 301, 299, 300);
        assertThat(judged(Misbehaviour.L2_HOG, slowInPart).containment()).isEqualTo(Containment.CONTAINED);

        VictimRun starvedOnASlowCore = new VictimRun()
                .rates(300, 301, 299, 300)
                .slowed(true)
                .rates(20, 21, 20, 19)
                .slowed(false)
                .rates(299, 300, 301, 299);
        assertThat(judged(Misbehaviour.L2_HOG, starvedOnASlowCore).containment())
                .isEqualTo(Containment.DEGRADED);
    }

    @Test
    void whatTheNeighbourSaysOfItsBeginComesBeforeWhatItWasTold() {
        VictimRun run = new VictimRun()
                .rates(300, 300, 300, 300, 300, 300, 100, 100, 300, 300, 300, 300)
                .neighbourSays("began_s", 6)
                .neighbourSays("ended_s", 8);

        assertThat(judged(Misbehaviour.MEMORY_HOG, run).kept()).isCloseTo(1.0 / 3, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({"OUT_OF_MEMORY", "ILLEGAL_ACCESS", "DEVICE_ASSERT", "KILLED"})
    void aNeighbourThatLivesOnHasNotDoneIt(Misbehaviour what) {
        assertThat(reason(what, steady().rates(300, 300, 300, 300))).contains("did not do it");
    }

    @Test
    void nothingIsSaidOfAModeThatIsNotProven() {
        assertThat(reason(Misbehaviour.L2_HOG, steady().unproven("tenant 1 ran without MPS")))
                .contains("not proven", "tenant 1 ran without MPS");
    }

    @Test
    void aNeighbourThatCannotBeginIsNamed() {
        VictimRun run = new VictimRun()
                .unproven("the tenants were never launched")
                .victimFails("cancelled", "it was not measured because another tenant failed")
                .neighbourFails("setup", "pcie-hog has no counterpart without a GPU");

        assertThat(reason(Misbehaviour.PCIE_HOG, run))
                .isEqualTo("the neighbour: pcie-hog has no counterpart without a GPU");
    }

    @Test
    void aVictimThatDiesBeforehandDoesNotDieOfIt() {
        VictimRun run = new VictimRun().rates(300, 300).victimFails("internal", "ValueError: no");

        assertThat(reason(Misbehaviour.L2_HOG, run)).contains("had died before", "ValueError: no");
    }

    @ParameterizedTest
    @CsvSource({"8053063680, true", "9000000000, false"})
    void aLimitOfMpsHeldOrNot(double gotBytes, boolean held) {
        VictimRun run = steady().rates(300, 300, 300, 300)
                .mode(
                        ModeKind.MPS,
                        "{mode: mps, tenants: [{workload: resnet-infer}, {workload: misbehave, mps: {memory_limit:"
                                + " 8GiB}}]}")
                .neighbourSays("allocated_bytes", gotBytes);

        MemoryLimit limit = judged(Misbehaviour.MEMORY_HOG, run).limit().orElseThrow();

        assertThat(limit.limitBytes()).isEqualTo(8L << 30);
        assertThat(limit.held()).isEqualTo(held);
    }

    @Test
    void aMigDeviceIsALimit() {
        VictimRun run = steady().rates(300, 300, 300, 300)
                .mode(ModeKind.MIG, "{}")
                .neighbourSees("{device: {memory_bytes: 17179869184}}")
                .neighbourSays("allocated_bytes", 16e9);

        assertThat(judged(Misbehaviour.MEMORY_HOG, run).limit())
                .contains(new MemoryLimit("MIG device", 16L << 30, 16_000_000_000L));
    }

    @Test
    void withoutALimitNothingIsSaidOfOne() {
        VictimRun run = steady().rates(300, 300, 300, 300).neighbourSays("allocated_bytes", 16e9);

        assertThat(judged(Misbehaviour.MEMORY_HOG, run).limit()).isEmpty();
    }

    @Test
    void aNewVictimIsAsQuickAsUsualOrSaysWhyNot() {
        VictimRun died = steady().victimFails("cuda", "CUDA error").readyAfterS(2.5);

        assertThat(Judge.recovery(died.result(), steady().readyAfterS(9).result()))
                .isEqualTo(new Recovery.Anew(9, 2.5));
        assertThat(Judge.recovery(
                        died.result(),
                        new VictimRun()
                                .victimFails("cuda", "no CUDA-capable device.")
                                .result()))
                .isEqualTo(new Recovery.NotAnew("no CUDA-capable device"));
    }

    @Test
    void aModeIsAsGoodAsItsWorst() {
        Trial contained = new Trial(
                Misbehaviour.L2_HOG, judge(Misbehaviour.L2_HOG, steady().rates(300, 300, 300, 300)), Optional.empty());
        Trial fatal = new Trial(
                Misbehaviour.KILLED,
                judge(
                        Misbehaviour.KILLED,
                        steady().victimFails("exit", "it exited with status 1 while it was measured")
                                .neighbourFails("exit", "it was killed by signal 9 while it was measured")),
                Optional.empty());
        Trial unjudged = new Trial(Misbehaviour.PCIE_HOG, new Unjudged("it could not", false), Optional.empty());

        assertThat(trials(contained, unjudged).verdict()).contains(Containment.CONTAINED);
        assertThat(trials(contained, fatal, unjudged).verdict()).contains(Containment.FATAL);
        assertThat(trials(unjudged).verdict()).isEmpty();
        assertThat(IsolationWords.answer(trials(contained, fatal, unjudged), "resnet-infer"))
                .isEqualTo("fatal. 1 of 3 misbehaviours of a neighbour ends resnet-infer: killed. It works on beside"
                        + " 1 other. 1 could not be judged: pcie-hog.");
        assertThat(IsolationWords.answer(trials(contained), "resnet-infer"))
                .isEqualTo("contained. resnet-infer works on beside l2-hog.");
    }

    private static ModeTrials trials(Trial... trials) {
        return new ModeTrials("mps", ModeKind.MPS, List.of(trials));
    }
}
