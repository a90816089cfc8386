package io.gpushare.compare;

import static io.gpushare.compare.SomeGroups.compared;
import static io.gpushare.compare.SomeGroups.side;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.compare.ThresholdOutcome.Result;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.study.metric.Metrics;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ThresholdCheckTest {
    private static SomeGroups group() {
        return SomeGroups.of("2 × bert-infer", "MPS");
    }

    private static List<Result> results(Comparison comparison) {
        return comparison.thresholds().stream().map(ThresholdOutcome::result).toList();
    }

    @Test
    void breaksWhenEveryRunIsBeyondWhatNoiseExplains() {
        Comparison comparison = compared(
                group().p99("bert-infer", 10.0, 10.1, 9.9),
                group().p99("bert-infer", 12.0, 12.1, 11.9),
                "p99>+10%",
                "p99>+30%");

        assertThat(results(comparison)).containsExactly(Result.BROKEN, Result.KEPT);
        assertThat(comparison.isBroken()).isTrue();
        assertThat(comparison.thresholds().getFirst().sentence()).contains("10.00 → 12.00 ms", "+20.0 %", "95 %");
    }

    @Test
    void keepsAThresholdThatOnlyNoisePasses() {
        Comparison comparison = compared(group().stp(1.0, 2.0, 3.0), group().stp(0.8, 1.9, 2.6), "stp<-5%");

        assertThat(results(comparison)).containsExactly(Result.NOISE);
        assertThat(comparison.isBroken()).isFalse();
        assertThat(comparison.thresholds().getFirst().sentence()).contains("noise could put it there");
    }

    @Test
    void letsTheChangeDecideWhereASideHasOneRunAndSaysSo() {
        Comparison comparison = compared(group().stp(2.0), group().stp(1.8, 1.81), "stp<-5%", "stp<-20%");

        assertThat(results(comparison)).containsExactly(Result.BROKEN, Result.KEPT);
        assertThat(comparison.thresholds().getFirst().sentence()).contains("noise is not ruled out");
    }

    @Test
    void failsWhenAMetricIsMissingOnEitherSide() {
        assertThat(results(compared(group().stp(2.0), group().p99("bert-infer", 9.0), "stp<-5%")))
                .containsExactly(Result.MISSING);
        assertThat(results(compared(group().p99("bert-infer", 9.0), group().stp(2.0), "stp<-5%")))
                .containsExactly(Result.MISSING);
        Comparison neither = compared(group().stp(2.0), group().stp(2.0), "fairness<-5%");
        assertThat(results(neither)).containsExactly(Result.MISSING);
        assertThat(neither.isBroken()).isTrue();
        assertThat(neither.thresholds().getFirst().sentence()).contains("neither side has fairness");
    }

    @Test
    void saysHowLongRunsWouldHaveToBeForAPercentileThatIsMissing() {
        Comparison neither = compared(
                group().stp(2.0).latenciesPerSec("bert-infer", 40),
                group().stp(2.0).latenciesPerSec("bert-infer", 18),
                "p99>+10%");
        assertThat(results(neither)).containsExactly(Result.MISSING);
        assertThat(neither.thresholds().getFirst().sentence())
                .isEqualTo(
                        "neither side has p99. It takes 459 latencies a run: --duration 28s gives as many, at the pace"
                                + " of these runs");

        Comparison starved = compared(
                group().p99("bert-infer", 10.0).latenciesPerSec("bert-infer", 400),
                group().stp(2.0).latenciesPerSec("bert-infer", 4.59),
                "p99>+10%");
        assertThat(starved.thresholds().getFirst().sentence())
                .startsWith("the contender has none. It takes 459 latencies a run: --duration 102s gives");
    }

    @Test
    void promisesNoPercentileOfNoLatencies() {
        Comparison silent = compared(
                group().stp(2.0).latenciesPerSec("bert-infer", 0),
                group().stp(2.0).latenciesPerSec("bert-infer", 0),
                "p99>+10%");

        assertThat(silent.thresholds().getFirst().sentence())
                .isEqualTo("neither side has p99. It takes 459 latencies a run, and there are next to none");
    }

    @Test
    void failsWhenNothingWasCompared() {
        Comparison comparison = compared(
                side(
                        "before",
                        group().stp(2.0),
                        SomeGroups.of("3 × stream", "MPS").stp(1.0)),
                side("after"),
                "stp<-5%");

        assertThat(comparison.pairs()).isEmpty();
        assertThat(results(comparison)).containsExactly(Result.MISSING);
    }

    @Test
    void failsForTheVariantThatLostItsPercentileBesideOneThatHasIt() {
        Comparison comparison = compared(
                group().p99("bert-infer", 10.0).p99("stream", 1.0),
                group().p99("bert-infer", 10.0),
                "p99>+10%",
                "p99/bert-infer>+10%");

        assertThat(results(comparison)).containsExactly(Result.KEPT, Result.MISSING, Result.KEPT);
    }

    @Test
    void looksAtOneVariantOnlyInTheMixesThatHaveIt() {
        Comparison comparison = compared(
                side(
                        "before",
                        group().p99("bert-infer", 10.0),
                        SomeGroups.of("2 × stream", "MPS").p99("stream", 1.0)),
                side(
                        "after",
                        group().p99("bert-infer", 20.0),
                        SomeGroups.of("2 × stream", "MPS").p99("stream", 1.0)),
                "p99/bert-infer>+10%");

        assertThat(results(comparison)).containsExactly(Result.BROKEN);
    }

    @Test
    void takesTheTenantsThroughputWhereTheRunHasNone() {
        Comparison comparison = compared(
                group().with(SomeGroups.ofVariant(Metrics.RATE, "bert-infer"), 100.0),
                group().with(SomeGroups.ofVariant(Metrics.RATE, "bert-infer"), 80.0),
                "throughput<-5%",
                "tenant_units_per_sec<-5%");

        assertThat(results(comparison)).containsExactly(Result.BROKEN, Result.BROKEN);
    }

    @Test
    void demandsAnImprovementThatMustBeSeen() {
        Comparison comparison =
                compared(group().stp(2.0, 2.0, 2.0), group().stp(2.02, 2.02, 2.02), "stp<+5%", "stp<+0.5%");

        assertThat(results(comparison)).containsExactly(Result.BROKEN, Result.KEPT);
        assertThat(comparison.thresholds().getFirst().sentence()).contains("less than was asked for");
    }

    @Test
    void holdsBoundsAgainstTheContendersMeanInAnyUnitOfTime() {
        Comparison comparison = compared(
                group().p99("bert-infer", 10.0),
                group().p99("bert-infer", 13.0),
                "p99>12ms",
                "p99>0.012s",
                "p99_ms>12",
                "p99>14000us",
                "p99<0.012s");

        assertThat(results(comparison))
                .containsExactly(Result.BROKEN, Result.BROKEN, Result.BROKEN, Result.KEPT, Result.KEPT);
    }

    @Test
    void asksForTheUnitThatTellsABoundFromAChange() {
        assertThatThrownBy(() -> compared(group().p99("bert-infer", 10.0), group().p99("bert-infer", 13.0), "p99>10"))
                .isInstanceOfSatisfying(GpushareException.class, failure -> {
                    assertThat(failure.status()).isEqualTo(ExitStatus.USAGE);
                    assertThat(failure.advice())
                            .hasValueSatisfying(advice -> assertThat(advice).contains("p99>10ms", "p99>10%"));
                })
                .hasMessage("--fail-if 'p99>10' lacks its unit");
    }

    @Test
    void refusesAUnitThatTheMetricDoesNotHave() {
        assertThatThrownBy(() -> compared(group().stp(2.0), group().stp(2.0), "stp<12ms"))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        failure -> assertThat(failure.status()).isEqualTo(ExitStatus.USAGE))
                .hasMessage("--fail-if 'stp<12ms': STP is a plain number, not in ms");
    }

    @Test
    void suggestsTheNameThatWasMeant() {
        assertThatThrownBy(() -> compared(group().stp(2.0), group().stp(2.0), "farness<-5%"))
                .isInstanceOfSatisfying(GpushareException.class, failure -> {
                    assertThat(failure.status()).isEqualTo(ExitStatus.USAGE);
                    assertThat(failure.advice())
                            .hasValueSatisfying(advice -> assertThat(advice).startsWith("Did you mean fairness?"));
                });
        assertThatThrownBy(() ->
                        compared(group().p99("bert-infer", 1.0), group().p99("bert-infer", 1.0), "p99/bert-infr>+1%"))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        failure -> assertThat(failure.advice())
                                .hasValueSatisfying(advice -> assertThat(advice).contains("bert-infer")));
    }

    @Test
    void cannotCheckAChangeFromNothing() {
        Comparison comparison = compared(group().stp(0.0), group().stp(1.0), "stp<-5%", "stp<0.5");

        assertThat(results(comparison)).containsExactly(Result.MISSING, Result.KEPT);
    }
}
