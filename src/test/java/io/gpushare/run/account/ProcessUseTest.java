package io.gpushare.run.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Of a measured time from second 10 to 20. */
final class ProcessUseTest {
    private static final long SECOND = 1_000_000_000;
    private static final String PHASE = "measure tenants";
    private static final Table UTILIZATION = table("sm_utilization_percent", "%");
    private static final Table MEMORY = table("memory_used_bytes", "B");

    private final ProcessUse use = new ProcessUse();

    private static Table table(String metric, String unit) {
        return new Table(
                0,
                "of processes",
                Subject.gpu("GPU-1"),
                Table.Shape.EVENTS,
                List.of(SampledMetric.label("pid"), SampledMetric.gauge(metric, unit)));
    }

    ProcessUseTest() {
        begin(PHASE, 10);
    }

    private void begin(String phase, long second) {
        use.phaseBegan(new PhaseBorder(phase, second * SECOND, List.of()));
    }

    private void row(Table table, double second, int pid, double value) {
        Row row = new Row(2);
        row.begin((long) (second * SECOND));
        row.set(0, pid);
        row.set(1, value);
        use.row(table, row);
    }

    private double sm(Integer... processes) {
        return use.smPercent(PHASE, Set.of(processes)).asOptional().orElseThrow();
    }

    @Test
    void aBusyProcessIsTheMeanOfItsRecordsHoweverManyThereAre() {
        for (int second = 11; second <= 20; second++) {
            row(UTILIZATION, second - 0.5, 1, 40);
            row(UTILIZATION, second - 0.001, 1, 60);
            row(UTILIZATION, second - 0.001, 2, 30);
        }
        begin("between", 20);
        row(UTILIZATION, 21, 1, 100);

        assertThat(sm(1)).isCloseTo(50, within(0.5));
        assertThat(sm(1, 2)).isCloseTo(80, within(0.5));
        assertThat(sm(2)).isCloseTo(30, within(0.5));
    }

    /** The driver records nothing of a process that does nothing. */
    @Test
    void timeWithoutRecordsIsIdle() {
        row(UTILIZATION, 11, 1, 100);
        row(UTILIZATION, 20 - 0.001, 1, 100);
        begin("between", 20);

        assertThat(sm(1)).isCloseTo(30, within(0.5));
    }

    @Test
    void oneThatIsListedAndDidNothingUsedNone() {
        row(MEMORY, 11, 1, 100);
        begin("between", 20);

        assertThat(sm(1)).isZero();
        assertThat(use.smPercent(PHASE, Set.of(2)).asOptional()).isEmpty();
    }

    @Test
    void whyTheDriverTellsNothingIsTheReason() {
        row(MEMORY, 11, 1, 100);
        Absence why = new Absence(Absence.Kind.NOT_SUPPORTED, "");
        use.absenceChanged(UTILIZATION, new AbsenceChange(1, 0, Optional.of(why)));
        begin("between", 20);

        assertThat(use.smPercent(PHASE, Set.of(1))).isEqualTo(Reading.absent(why));
    }

    @Test
    void memoryIsTheMostThatAllHeldAtOneLook() {
        row(MEMORY, 11, 1, 100);
        row(MEMORY, 11, 2, 50);
        row(MEMORY, 11, 3, 7);
        row(MEMORY, 12, 1, 120);
        begin("between", 20);
        row(MEMORY, 21, 1, 1000);

        assertThat(use.memoryBytes(PHASE, Set.of(1, 2))).isEqualTo(Reading.of(150L));
        assertThat(use.memoryBytes(PHASE, Set.of(9)).asOptional()).isEmpty();
        assertThat(use.memoryBytes("another", Set.of(1)).asOptional()).isEmpty();
    }
}
