package io.gpushare.results.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.analysis.FullSpeedRate.Window;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.util.Collections;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JudgedAnewTest {
    private static final Finding UNSTABLE = new Finding(Reason.UNSTABLE, "The thirds differed.");
    private static final double[] STEADY = alternating(30, 98, 102);
    private static final double[] RISING =
            IntStream.range(0, 30).mapToDouble(second -> 100 + second / 2.0).toArray();

    /** The last thirds of the time differed, by the swings that any host has. */
    @Test
    void anUnstableRunWhoseFigureIsSureBecomesValid() {
        RunResult judged = judged(List.of(UNSTABLE), "inference", STEADY);

        assertThat(judged.verdict().valid()).isTrue();
        assertThat(judged.tenants().getFirst().errors().throughputPercent().orElseThrow())
                .isBetween(0.0, 10.0);
        assertThat(judged.metrics().errors().unitsPerSecPercent()).containsKey("sample");
    }

    @Test
    void anUnstableRunThatStillMovedIsDrifting() {
        RunResult judged = judged(List.of(UNSTABLE), "inference", RISING);

        assertThat(judged.verdict().findings()).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.DRIFTING);
            assertThat(finding.message()).contains("Tenant 0 (work) was still moving: its throughput rose by 14 ± 0 %");
        });
    }

    @Test
    void aValidRunWhoseFigureIsNotSureIsImprecise() {
        RunResult judged = judged(
                List.of(),
                "inference",
                DoubleStream.concat(DoubleStream.of(alternating(6, 60, 60)), DoubleStream.of(alternating(6, 140, 140)))
                        .toArray());

        assertThat(judged.verdict().findings())
                .extracting(Finding::reason)
                .contains(Reason.IMPRECISE)
                .doesNotContain(Reason.UNSTABLE);
    }

    @Test
    void whatElseSpokeAgainstItStays() {
        Finding hot = new Finding(Reason.THROTTLED, "Hot.");
        assertThat(judged(List.of(hot, UNSTABLE), "inference", STEADY).verdict().findings())
                .containsExactly(hot);
    }

    @Test
    void ofARunThatWasCutShortNothingIsConcludedFromItsWindows() {
        Finding interrupted = new Finding(Reason.INTERRUPTED, "Ctrl-C.");
        assertThat(judged(List.of(interrupted), "inference", RISING).verdict().findings())
                .containsExactly(interrupted);
    }

    @Test
    void whoWaitsIsNotJudged() {
        assertThat(judged(List.of(), "interactive", RISING).verdict().valid()).isTrue();
    }

    /** A file may hold anything. */
    @Test
    void windowsThatSomebodyMadeUpTellNothing() {
        List<Window> endless =
                List.of(new Window(0, 1e-300, 1e18, 0), new Window(1, 2, 1e18, 0), new Window(1e17, 1e18, 1, 0));
        List<Window> farApart =
                List.of(new Window(0, 1, 5, 0), new Window(1e9, 1e9 + 1, 5, 0), new Window(1e17, 1e17 + 100, 500, 0));
        for (List<Window> windows : List.of(endless, farApart)) {
            RunResult judged = JudgedAnew.of(run(List.of(), "inference", STEADY), List.of(windows), nothing());
            assertThat(judged.metrics().errors()).isEqualTo(SharingErrors.UNKNOWN);
        }
    }

    private static double[] alternating(int seconds, double one, double other) {
        return IntStream.range(0, seconds)
                .mapToDouble(second -> second % 2 == 0 ? one : other)
                .toArray();
    }

    private static RunResult run(List<Finding> findings, String kind, double... rates) {
        return ExampleRun.with(new Verdict(findings), List.of(MadeTenant.of(kind, MadeTenant.seconds(rates))));
    }

    private static RunResult judged(List<Finding> findings, String kind, double... rates) {
        RunResult run = run(findings, kind, rates);
        List<List<Window>> windows = run.tenants().stream()
                .map(tenant -> tenant.work().windows().stream()
                        .map(window -> new Window(window.fromS(), window.untilS(), window.units(), 0))
                        .toList())
                .toList();
        return JudgedAnew.of(run, windows, nothing());
    }

    /** The example's baselines come from elsewhere, or failed. */
    private static List<List<Window>> nothing() {
        return Stream.generate(Collections::<Window>emptyList).limit(2).toList();
    }
}
