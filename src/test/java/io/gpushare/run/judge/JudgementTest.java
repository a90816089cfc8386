package io.gpushare.run.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.plan.PrecisionGoal;
import io.gpushare.results.benchmark.MadeTenant;
import io.gpushare.results.benchmark.Rating;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.results.benchmark.WindowResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class JudgementTest {
    private static List<Finding> findings(String kind, List<WindowResult> windows) {
        TenantResult tenant = MadeTenant.of(kind, windows);
        Rating.Rated rated = MadeTenant.rated(List.of(tenant), Set.of()).getFirst();
        Judgement judgement = new Judgement(PrecisionGoal.DEFAULT, Path.of("results"));
        judgement.windows("", List.of(rated.applied(tenant)), List.of(rated.rate()));
        return judgement.verdict().findings();
    }

    private static List<WindowResult> noisy(int seconds, double deviation) {
        SplittableRandom random = new SplittableRandom(3);
        return MadeTenant.seconds(IntStream.range(0, seconds)
                .mapToDouble(second -> 1000 * (1 + deviation * random.nextGaussian()))
                .toArray());
    }

    @Test
    void believesWhatWobblesALittle() {
        assertThat(findings("training", noisy(30, 0.05))).isEmpty();
    }

    @Test
    void saysHowUnsureAFigureIsAndWhatWouldDo() {
        assertThat(findings("training", noisy(12, 0.3))).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.IMPRECISE);
            assertThat(finding.message())
                    .matches("Tenant 0 \\(work\\) is not sure enough: its throughput is \\S+ samples/s ± \\d+ %, and"
                            + " ± 10 % are asked for\\. --duration \\S+ would be enough, or --until-precise 10%\\.");
        });
    }

    @Test
    void findsATenantThatGotSlowerAllTheTime() {
        double[] falling =
                IntStream.range(0, 30).mapToDouble(second -> 1000 - 10 * second).toArray();

        assertThat(findings("training", MadeTenant.seconds(falling)))
                .extracting(Finding::reason)
                .contains(Reason.DRIFTING);
        assertThat(findings("training", MadeTenant.seconds(falling)))
                .filteredOn(finding -> finding.reason() == Reason.DRIFTING)
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .startsWith("Tenant 0 (work) was still moving: its throughput fell by 35 ± 0 % from"));
    }

    @Test
    void findsATenantThatHalvedItsRate() {
        double[] halved = IntStream.range(0, 30)
                .mapToDouble(second -> second < 15 ? 100 : 50)
                .toArray();

        assertThat(findings("training", MadeTenant.seconds(halved))).isNotEmpty();
    }

    @Test
    void doesNotJudgeAPersonsPauses() {
        assertThat(findings("interactive", noisy(12, 0.5))).isEmpty();
    }

    @Test
    void blamesTheHostForACoreThatWasSlowAllTheTime() {
        List<WindowResult> slow = IntStream.range(0, 30)
                .mapToObj(second -> MadeTenant.window(second, 10, 5))
                .toList();

        assertThat(findings("training", slow)).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.HOST_SLOWED);
            assertThat(finding.message())
                    .startsWith("Tenant 0 (work) cannot be judged: core 5 ran at 57 % of its speed for 30.0 of 30.0 s");
        });
    }

    @Test
    void believesWhatACoreThatFlipsLeavesToBeKnown() {
        List<WindowResult> flipping = IntStream.range(0, 30)
                .mapToObj(second -> MadeTenant.window(second, second % 7 < 3 ? 10 : 0, 5))
                .toList();

        assertThat(findings("training", flipping)).isEmpty();
    }

    @Test
    void needsThreeWindowsToSayHowSureAFigureIs() {
        assertThat(findings("training", MadeTenant.seconds(1000, 1001)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.reason()).isEqualTo(Reason.TOO_FEW_SAMPLES);
                    assertThat(finding.message()).contains("has 2 windows of a second, and three are needed");
                });
    }
}
