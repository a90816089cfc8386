package io.gpushare.study.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.study.MadeRun;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.StudyOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NeighbourAnswersTest {
    private final List<MadeRun> runs = new ArrayList<>();

    private MixStudy mix() {
        return Study.of(runs.stream().map(MadeRun::stored).toList(), StudyOptions.DEFAULT)
                .sections()
                .getFirst()
                .families()
                .getFirst()
                .mixes()
                .getFirst();
    }

    private List<Answer> answers() {
        return mix().answers().stream()
                .filter(answer -> answer.topic() == Topic.NEIGHBOURS)
                .toList();
    }

    private void exclusive(int gpu, double rate, double atRest) {
        runs.add(MadeRun.in("exclusive")
                .tenants("train", rate)
                .alone("train", atRest)
                .onHost("node")
                .onGpu(gpu, 1.0, 1.0));
    }

    @Test
    void theCostIsThatAgainstBaselinesAtRest() {
        for (int again = 0; again < 3; again++) {
            for (int gpu = 0; gpu < 3; gpu++) {
                exclusive(gpu, 95 + 0.1 * again, 100);
            }
        }
        Answer answer = answers().getFirst();
        assertThat(answer.confidence()).isEqualTo(Confidence.SHOWN);
        assertThat(answer.text())
                .isEqualTo("While 2 other cards work, train does -4.9 % in exclusive (-5.0 to -4.8 %, n = 9).");
    }

    @Test
    void aFewRunsTellNoInterval() {
        exclusive(0, 95, 100);
        exclusive(1, 96, 100);
        Answer answer = answers().getFirst();
        assertThat(answer.confidence()).isEqualTo(Confidence.OPEN);
        assertThat(answer.text())
                .isEqualTo(
                        "While 2 other cards work, train does -4.5 % in exclusive (n = 2, too few for an interval).");
    }

    @Test
    void nothingIsSaidWithoutBaselines() {
        runs.add(MadeRun.in("exclusive").tenants("train", 95).onHost("node").onGpu(0, 1.0));
        assertThat(answers()).isEmpty();
    }

    /** The same in mps while the others rest is another way, and never averaged with it. */
    @Test
    void runsWithoutCompanyTellTheCostOfItInEveryMode() {
        for (int again = 0; again < 6; again++) {
            runs.add(mps(100 + again).onGpu(0));
            runs.add(mps(80 + again).onGpu(0, 1.0));
        }
        assertThat(mix().arms()).extracting(Arm::name).containsExactly("MPS", "MPS beside 1 other card");
        Answer answer = answers().getFirst();
        assertThat(answer.confidence()).isEqualTo(Confidence.SHOWN);
        assertThat(answer.text())
                .startsWith("While 1 other card works, train does -19.5 % in MPS beside 1 other card (");
    }

    /** One whose tenants died at once is no neighbour. */
    @Test
    void aCardThatHardlyWorkedDoesNotCount() {
        runs.add(mps(100).onGpu(0));
        runs.add(mps(101).onGpu(0, 0.1));
        assertThat(mix().arms()).hasSize(1);
    }

    private static MadeRun mps(double rate) {
        return MadeRun.in("mps")
                .tenants("train", rate, rate)
                .alone("train", 1.6 * rate)
                .onHost("node");
    }
}
