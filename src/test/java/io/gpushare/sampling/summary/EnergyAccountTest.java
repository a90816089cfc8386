package io.gpushare.sampling.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.EnergyMark;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.summary.PhaseEnergy.Integral;
import io.gpushare.sampling.summary.PhaseEnergy.PowerSource;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.junit.jupiter.api.Test;

class EnergyAccountTest {
    private static final Subject GPU = Subject.gpu("GPU-0");
    private static final long MS = 1_000_000;
    private static final long GAP = 250 * MS;

    private final EnergyAccount account = new EnergyAccount(GPU, GAP, 300 * MS);

    private void border(String name, long nanos, long millijoules) {
        account.border(name, new EnergyMark(GPU, nanos, Reading.of(millijoules)));
    }

    private void record(long fromMs, long toMs, LongToDoubleFunction wattsAtNanos) {
        for (long ms = fromMs; ms <= toMs; ms += 20) {
            account.add(PowerSource.RECORDED, ms * MS, wattsAtNanos.applyAsDouble(ms * MS));
        }
    }

    private List<PhaseEnergy> phases() {
        return account.report().orElseThrow().phases();
    }

    private static Integral integral(PhaseEnergy phase) {
        return phase.integral().asOptional().orElseThrow();
    }

    @Test
    void integratesConstantPowerExactlyBetweenBordersThatFallBetweenSamples() {
        record(-20, 1000, nanos -> 300);
        border(PhaseBorder.START, 7 * MS, 0);
        border("measure", 507_123_456, 150_037);
        record(1020, 2000, nanos -> 300);
        border(PhaseBorder.END, 1993 * MS, 595_800);
        record(2020, 2040, nanos -> 300);

        assertThat(integral(phases().getFirst()).joules()).isCloseTo(0.500123456 * 300, offset(1e-9));
        assertThat(integral(phases().getLast()).joules()).isCloseTo(1.485876544 * 300, offset(1e-9));
        assertThat(integral(phases().getLast()).coveragePercent()).isEqualTo(100);
        assertThat(integral(phases().getLast()).source()).isEqualTo(PowerSource.RECORDED);
        assertThat(account.report().orElseThrow().total().counterJoules()).isEqualTo(Reading.of(595.8));
    }

    @Test
    void integratesARampExactly() {
        border(PhaseBorder.START, 13 * MS, 0);
        record(0, 3000, nanos -> 100 + nanos / 1e7);
        border(PhaseBorder.END, 2987 * MS, 0);
        double meanWatts = 100 + (13 + 2987) / 2.0 / 10;
        assertThat(integral(phases().getFirst()).joules()).isCloseTo(meanWatts * 2.974, offset(1e-6));
    }

    @Test
    void integratesASineToATenthOfAPercent() {
        border(PhaseBorder.START, 0, 0);
        record(0, 10_000, nanos -> 300 + 200 * Math.sin(2 * Math.PI * nanos / 1e9));
        border(PhaseBorder.END, 9_250 * MS, 0);
        double exact = 300 * 9.25 + 200 / (2 * Math.PI) * (1 - Math.cos(2 * Math.PI * 9.25));
        assertThat(integral(phases().getFirst()).joules()).isCloseTo(exact, offset(exact * 0.001));
    }

    @Test
    void givesTheSameWhenSamplesComeAfterTheBorderOrBeforeIt() {
        EnergyAccount late = new EnergyAccount(GPU, GAP, GAP);
        late.border(PhaseBorder.START, new EnergyMark(GPU, 5 * MS, Reading.of(0L)));
        late.border("measure", new EnergyMark(GPU, 995 * MS, Reading.of(0L)));
        late.border(PhaseBorder.END, new EnergyMark(GPU, 1495 * MS, Reading.of(0L)));
        border(PhaseBorder.START, 5 * MS, 0);
        for (long ms = 0; ms <= 2000; ms += 20) {
            late.add(PowerSource.RECORDED, ms * MS, (double) ms);
            account.add(PowerSource.RECORDED, ms * MS, (double) ms);
            if (ms == 1000) {
                border("measure", 995 * MS, 0);
            }
        }
        border(PhaseBorder.END, 1495 * MS, 0);
        assertThat(late.report()).isEqualTo(account.report());
    }

    @Test
    void leavesGapsOutAndSaysHowMuchIsCovered() {
        border(PhaseBorder.START, 0, 0);
        record(0, 4000, nanos -> 200);
        record(5000, 10_000, nanos -> 200);
        border(PhaseBorder.END, 10_000 * MS, 2_000_000);
        PhaseEnergy phase = phases().getFirst();
        assertThat(integral(phase).coveragePercent()).isCloseTo(90, offset(1e-9));
        assertThat(integral(phase).joules()).isCloseTo(1800, offset(1e-6));
        assertThat(phase.disagreementPercent().asOptional().orElseThrow()).isCloseTo(0, offset(1e-9));
        assertThat(phase.disagrees()).isFalse();
    }

    @Test
    void flagsADisagreementOfMoreThanFivePercent() {
        border(PhaseBorder.START, 0, 0);
        record(0, 10_000, nanos -> 200);
        border("measure", 5_000 * MS, 1_000_000 * 100 / 106);
        border(PhaseBorder.END, 10_000 * MS, 1_000_000 * 100 / 106 + 1_000_000 * 100 / 104);
        assertThat(phases().getFirst().disagreementPercent().asOptional().orElseThrow())
                .isCloseTo(6, offset(0.01));
        assertThat(phases()).extracting(PhaseEnergy::disagrees).containsExactly(true, false);
    }

    @Test
    void fallsBackToPolledPowerAndSaysSo() {
        border(PhaseBorder.START, 0, 0);
        for (long ms = 0; ms <= 5000; ms += 100) {
            account.add(PowerSource.POLLED, ms * MS, 150);
        }
        border(PhaseBorder.END, 5000 * MS, 750_000);
        assertThat(integral(phases().getFirst())).isEqualTo(new Integral(PowerSource.POLLED, 750, 100));
    }

    @Test
    void saysWhyThereIsNoCounterOrNoIntegral() {
        Reading<Long> unsupported = Reading.absent(Absence.Kind.NOT_SUPPORTED);
        account.border(PhaseBorder.START, new EnergyMark(GPU, 0, unsupported));
        account.border(PhaseBorder.END, new EnergyMark(GPU, 1000 * MS, unsupported));
        PhaseEnergy phase = phases().getFirst();
        assertThat(phase.counterJoules()).isEqualTo(Reading.absent(Absence.Kind.NOT_SUPPORTED));
        assertThat(phase.integral().whyAbsent().orElseThrow().detail()).contains("no power samples");
        assertThat(phase.disagreementPercent().asOptional()).isEmpty();
        assertThat(phase.disagrees()).isFalse();
    }

    @Test
    void doesNotReportNegativeEnergyWhenTheCounterBeginsAnew() {
        border(PhaseBorder.START, 0, 5_000);
        border(PhaseBorder.END, 1000 * MS, 10);
        assertThat(phases().getFirst().counterJoules().whyAbsent().orElseThrow().detail())
                .contains("began anew");
    }

    @Test
    void reportsAPhaseThatWasNeverEndedUpToTheNewestSample() {
        border(PhaseBorder.START, 0, 0);
        record(0, 3000, nanos -> 100);
        PhaseEnergy phase = phases().getFirst();
        assertThat(phase.endNanos()).isEqualTo(3000 * MS);
        assertThat(integral(phase).joules()).isCloseTo(300, offset(1e-9));
        assertThat(phase.counterJoules().whyAbsent().orElseThrow().detail()).contains("not ended");
    }
}
