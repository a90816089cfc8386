package io.gpushare.run.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.plan.PrecisionGoal;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.HostLoad;
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
        return findings(MadeTenant.of(kind, windows), Reading.notMeasured("nobody looked"));
    }

    private static List<Finding> findings(TenantResult tenant, Reading<HostLoad> host) {
        Rating.Rated rated = MadeTenant.rated(List.of(tenant), Set.of()).getFirst();
        Judgement judgement = new Judgement(PrecisionGoal.DEFAULT, Path.of("results"));
        judgement.windows("", List.of(rated.applied(tenant)), List.of(rated.rate()), host);
        return judgement.verdict().findings();
    }

    private static List<WindowResult> noisy(int seconds, double deviation) {
        SplittableRandom random = new SplittableRandom(3);
        return MadeTenant.seconds(IntStream.range(0, seconds)
                .mapToDouble(second -> 1000 * (1 + deviation * random.nextGaussian()))
                .toArray());
    }

    private static List<Finding> ofStarts(long skewNanos, Reading<Long> clockErrorNanos) {
        Judgement judgement = new Judgement(PrecisionGoal.DEFAULT, Path.of("results"));
        judgement.startSkew(Reading.of(skewNanos), clockErrorNanos);
        return judgement.verdict().findings();
    }

    @Test
    void judgesTheStartByWhatIsKnownOfTheClocks() {
        assertThat(ofStarts(6_000_000, Reading.of(3_000_000L))).isEmpty();
        assertThat(ofStarts(6_000_000, Reading.of(5_000_000L)))
                .extracting(Finding::message)
                .containsExactly("The tenants may have started 11.0 ms apart: the clocks of their machines are known to"
                        + " 5.0 ms only. A network that is less busy tells them better.");
        assertThat(ofStarts(6_000_000, Reading.notMeasured("the node n1 does not tell its time")))
                .extracting(Finding::message)
                .containsExactly("It is not known whether the tenants started at one instant: the node n1 does not tell"
                        + " its time.");
        assertThat(ofStarts(11_000_000, Reading.of(0L)))
                .extracting(Finding::message)
                .containsExactly("The tenants started 11.0 ms apart: the host was too busy to wake them.");
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
    void namesWhatOfTheHostMayBeToBlame() {
        TenantResult tenant = MadeTenant.of("training", noisy(12, 0.3));
        TenantResult waited = MadeTenant.waited(tenant, 4);
        HostLoad quiet = new HostLoad(16, 3, Reading.of(0.5), 0.1);

        assertThat(findings(tenant, Reading.of(quiet)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("are asked for. --duration"));
        assertThat(findings(waited, Reading.of(quiet)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .contains(" Its threads waited for a core for 4.0 s of 12.0 s, though they could have run")
                        .doesNotContain("steal", "Other programs"));
        assertThat(findings(tenant, Reading.of(new HostLoad(16, 9, Reading.of(4.25), 1))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .contains("The hypervisor took 10 % of the processor time that programs wanted (steal)")
                        .contains("Other programs kept 4.3 of the 16 processors busy.")
                        .doesNotContain("waited"));
    }

    @Test
    void saysNothingOfTheHostWhereNothingIsKnown() {
        HostLoad unknown = new HostLoad(2, 0, Reading.notMeasured("a tenant does not tell"), 0);

        assertThat(findings(MadeTenant.of("training", noisy(12, 0.3)), Reading.of(unknown)))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("are asked for. --duration"));
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
