package io.gpushare.experiment.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.cli.SomeResults;
import io.gpushare.experiment.stress.StressStep.Broke;
import io.gpushare.experiment.stress.StressStep.Unjudged;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class StepReaderTest {
    private static final Path FILE = Path.of("benchmark.json");
    private static final StepReader ALIKE = new StepReader(List.of(), true, 0.99);
    private static final StepReader DIFFERENT = new StepReader(List.of(), false, 0.99);

    private static SomeResults two() {
        return new SomeResults().tenant("spin", "call", 60, true).tenant("spin", "call", 90, true);
    }

    private static RunResult run(SomeResults results) {
        return results.outcome(1, 1).result();
    }

    @Test
    void addsUpWhatTenantsDoThatDoTheSame() {
        StressStep step = ALIKE.read(2, run(two().onGpu("")), FILE, Map.of("spin", 100.0));
        assertThat(step.tenants()).isEqualTo(2);
        assertThat(step.file()).contains(FILE);
        assertThat(step.work()).hasValueSatisfying(work -> {
            assertThat(work.total()).isEqualTo(150);
            assertThat(work.slowdown()).isCloseTo(1.333, within(0.001));
            assertThat(work.errorPercent()).isEmpty();
            assertThat(work.meanW()).hasValue(12_391.4 / 28);
            assertThat(work.peakW().orElseThrow())
                    .isGreaterThanOrEqualTo(work.meanW().orElseThrow());
            assertThat(work.joulesPerUnit()).hasValue(0.2542);
            assertThat(work.doubts()).isEmpty();
        });
    }

    @Test
    void countsDifferentWorkInWhatEachDoesAlone() {
        RunResult run = run(new SomeResults().tenant("spin", "call", 60, true).tenant("notebook", "burst", 2, true));
        assertThat(DIFFERENT
                        .read(2, run, FILE, Map.of("spin", 100.0, "notebook", 4.0))
                        .work())
                .hasValueSatisfying(work -> {
                    assertThat(work.total()).isCloseTo(1.1, within(1e-9));
                    assertThat(work.joulesPerUnit()).isEmpty();
                });
    }

    @Test
    void oneTenantIsWhatOthersAreComparedWith() {
        RunResult run = run(new SomeResults().tenant("spin", "call", 100, true));
        assertThat(ALIKE.read(1, run, FILE, Map.of()).work())
                .hasValueSatisfying(work -> assertThat(work.slowdown()).isEqualTo(1));
        assertThat(StepReader.rate(run)).hasValue(100);
    }

    @Test
    void aTenantThatFailsBreaksIt() {
        RunResult run = run(two().failedTenant("spin", "it exited with 3")
                .finding(Reason.TENANT_FAILED, "Tenant 2 (spin) failed (exit): it exited with 3.")
                .finding(Reason.IMPRECISE, "too few windows"));
        assertThat(ALIKE.read(2, run, FILE, Map.of("spin", 100.0)).outcome())
                .isEqualTo(new Broke(BreakCause.TENANT_FAILED, "tenant 2 (spin) failed: it exited with 3"));
    }

    @Test
    void aFaultOfTheMpsServerBreaksIt() {
        RunResult run = run(two().finding(Reason.MPS_FAULT, "the server ended its clients"));
        assertThat(ALIKE.read(2, run, FILE, Map.of("spin", 100.0)).outcome())
                .isEqualTo(new Broke(BreakCause.MPS_FAULT, "the server ended its clients"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"IMPRECISE", "DRIFTING", "HOST_SLOWED", "THROTTLED", "START_SKEW", "FOREIGN_PROCESS"})
    void whatMakesFiguresLessSureBreaksNothing(Reason reason) {
        StressStep step = ALIKE.read(2, run(two().finding(reason, "so it is")), FILE, Map.of("spin", 100.0));
        assertThat(step.work())
                .hasValueSatisfying(work -> assertThat(work.doubts()).containsExactly(reason.words()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"MODE_UNPROVEN", "TIMED_OUT"})
    void withoutProofNothingIsSaid(Reason reason) {
        assertThat(ALIKE.read(2, run(two().finding(reason, "nobody saw it")), FILE, Map.of("spin", 100.0))
                        .outcome())
                .isEqualTo(new Unjudged(reason.words() + ": nobody saw it"));
    }

    @Test
    void nothingIsSaidWhereNothingIsKnownOfOneAlone() {
        assertThat(DIFFERENT.read(2, run(two()), FILE, Map.of()).outcome()).isInstanceOf(Unjudged.class);
        assertThat(StepReader.rate(run(new SomeResults().failedTenant("spin", "it exited"))))
                .isEqualTo(OptionalDouble.empty());
    }
}
