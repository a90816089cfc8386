package io.gpushare.study.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.study.MadeRun;
import io.gpushare.study.Study;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.StudyOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CardAnswersTest {
    private final Random random = new Random(11);
    private final List<MadeRun> runs = new ArrayList<>();

    private void run(String mode, int node, double rate) {
        runs.add(MadeRun.in(mode)
                .tenants("train", rate, rate)
                .alone("train", 1.6 * rate)
                .onCard("GPU-" + node)
                .onHost("node" + node));
    }

    private Optional<Answer> answer() {
        return Study.of(runs.stream().map(MadeRun::stored).toList(), StudyOptions.DEFAULT)
                .sections()
                .getFirst()
                .families()
                .getFirst()
                .mixes()
                .getLast()
                .answers()
                .stream()
                .filter(answer -> answer.topic() == Topic.CARDS)
                .findFirst();
    }

    private double noisy(double rate) {
        return rate * (1 + 0.01 * random.nextGaussian());
    }

    @Test
    void findsTheSlowCardOfFifty() {
        for (int node = 0; node < 50; node++) {
            double speed = node == 17 ? 0.8 : 1;
            run("mps", node, noisy(500 * speed));
            run("time-slicing", node, noisy(300 * speed));
        }
        Answer answer = answer().orElseThrow();
        assertThat(answer.confidence()).isEqualTo(Confidence.SHOWN);
        assertThat(answer.text())
                .matches(
                        "1 of 50 cards stands out: GPU-17 on node17 does (19|20|21)\\.?\\d* % less than the middle one\\."
                                + " The others differ by \\d\\.?\\d* % \\(standard deviation\\)\\.");
    }

    @Test
    void saysThatNoneStandsOut() {
        for (int node = 0; node < 50; node++) {
            run("mps", node, noisy(500));
        }
        assertThat(answer().orElseThrow().text()).startsWith("None of the 50 cards stands out; they differ by ");
    }

    /** One that ran a faster mode only is not faster for that. */
    @Test
    void comparesCardsInWhatTheyDidTogether() {
        for (int node = 0; node < 8; node++) {
            run("mps", node, noisy(500));
            if (node > 0) {
                run("time-slicing", node, noisy(300));
            }
        }
        assertThat(answer().orElseThrow().text()).startsWith("None of the 8 cards stands out");
    }

    @Test
    void ofTwoCardsOnlyRepeatsTell() {
        run("mps", 0, 500);
        run("mps", 1, 470);
        assertThat(answer()).isEmpty();
        for (int again = 0; again < 5; again++) {
            run("mps", 0, 500 + again);
            run("mps", 1, 470 + again);
        }
        Answer answer = answer().orElseThrow();
        assertThat(answer.confidence()).isEqualTo(Confidence.SHOWN);
        assertThat(answer.text()).isEqualTo("GPU-1 on node1 does 6.0 % less than GPU-0 on node0 (n = 6 and 6).");
    }

    @Test
    void aDifferenceThatDoesNotMatterIsNotTold() {
        for (int again = 0; again < 6; again++) {
            run("mps", 0, 500 + 0.1 * again);
            run("mps", 1, 495 + 0.1 * again);
        }
        assertThat(answer()).isEmpty();
    }

    @Test
    void cardsOfOneHostAreNamedByTheirNumbers() {
        for (int again = 0; again < 6; again++) {
            for (int gpu = 0; gpu < 3; gpu++) {
                runs.add(MadeRun.in("mps")
                        .tenants("train", (gpu == 1 ? 470 : 500) + again, (gpu == 1 ? 470 : 500) + again)
                        .onHost("node")
                        .onGpu(gpu, 1.0, 1.0));
            }
        }
        Answer answer = answer().orElseThrow();
        assertThat(answer.confidence()).isEqualTo(Confidence.SHOWN);
        assertThat(answer.text()).matches("GPU 1 does 6\\.0 % less than GPU [02] \\(n = 6 and 6\\)\\.");
    }

    /** Which of several variants lies farthest apart is said, because the others may be alike. */
    @Test
    void whatACardIsSlowerInIsSaid() {
        for (int again = 0; again < 6; again++) {
            for (int gpu = 0; gpu < 2; gpu++) {
                runs.add(MadeRun.in("mps")
                        .tenants("notebook", 40 + 0.01 * again)
                        .tenants("train", (gpu == 1 ? 470 : 500) + again)
                        .onHost("node")
                        .onGpu(gpu, 1.0));
            }
        }
        assertThat(answer().orElseThrow().text()).startsWith("GPU 1 does 6.0 % less in train than GPU 0 ");
    }
}
