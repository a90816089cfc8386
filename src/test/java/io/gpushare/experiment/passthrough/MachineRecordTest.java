package io.gpushare.experiment.passthrough;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.experiment.passthrough.StateReading.SensorLevel;
import io.gpushare.gpu.FakeGpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.AbsenceChange;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MachineRecordTest {
    private static final State STATE = new State(1, 1, "idle", new Combination(List.of(Load.IDLE)), false);
    private static final GpuIdentity GPU = new FakeGpu(0).identity();
    private static final Table BOARD = table("ipmi", Subject.PLATFORM, "inlet_temp_c", "psu1_w");

    private final MachineRecord seen = new MachineRecord();

    private static Table table(String name, Subject subject, String... metrics) {
        return new Table(
                0,
                name,
                subject,
                Table.Shape.SERIES,
                List.of(metrics).stream()
                        .map(metric -> SampledMetric.gauge(metric, "W"))
                        .toList());
    }

    private void row(Table table, double second, double... values) {
        Row row = new Row(values.length);
        row.begin(nanos(second));
        for (int column = 0; column < values.length; column++) {
            if (!Double.isNaN(values[column])) {
                row.set(column, values[column]);
            }
        }
        seen.row(table, row);
    }

    private void absent(int column, double second, String why) {
        Optional<Absence> absence =
                why.isEmpty() ? Optional.empty() : Optional.of(new Absence(Absence.Kind.NO_ANSWER, why));
        seen.absenceChanged(BOARD, new AbsenceChange(column, nanos(second), absence));
    }

    private static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    private SensorLevel level(String sensor, double from, double to) {
        return seen.reading(STATE, List.of(GPU), nanos(from), nanos(to)).sensors().stream()
                .filter(level -> level.sensor().equals(sensor))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void leavesOutTheRampAndWhatComesAfterwards() {
        row(BOARD, 2, 90, 1);
        row(BOARD, 12, 20, 1);
        row(BOARD, 15, 22, 1);
        row(BOARD, 20, 90, 1);

        SensorLevel inlet = level("inlet_temp_c", 10, 20);

        assertThat(inlet.mean()).isEqualTo(Reading.of(21.0));
        assertThat(inlet.looks()).isEqualTo(2);
        assertThat(inlet.longestGapS()).isCloseTo(5, within(1e-9));
        assertThat(inlet.hasGaps()).isFalse();
    }

    @Test
    void aBoardThatHungInThatTimeLeavesAGapWithItsReason() {
        row(BOARD, 2, 20, 300);
        absent(0, 13, "it was killed");
        absent(1, 13, "it was killed");
        absent(0, 24, "");
        absent(1, 24, "");
        row(BOARD, 24, 22, 310);
        row(BOARD, 27, 24, 310);

        SensorLevel during = level("inlet_temp_c", 10, 30);
        assertThat(during.mean()).isEqualTo(Reading.of(23.0));
        assertThat(during.longestGapS()).isCloseTo(14, within(1e-9));
        assertThat(during.absences()).containsExactly("no answer (it was killed)");

        assertThat(level("inlet_temp_c", 24.5, 30).absences()).isEmpty();
    }

    @Test
    void aSensorWithoutReadingsIsAbsentAndTheOthersAreNot() {
        absent(0, 3, "na");
        row(BOARD, 12, Double.NaN, 300);
        row(BOARD, 15, Double.NaN, 302);

        assertThat(level("inlet_temp_c", 10, 20).mean().whyAbsent()).isPresent();
        assertThat(level("inlet_temp_c", 10, 20).absences()).containsExactly("no answer (na)");
        assertThat(level("psu1_w", 10, 20).mean()).isEqualTo(Reading.of(301.0));
    }

    /** What one reading says, a fault of a moment may say. */
    @Test
    void oneReadingIsNone() {
        row(BOARD, 12, 20, 300);

        assertThat(level("psu1_w", 10, 20).mean().whyAbsent().orElseThrow().reason())
                .contains("fewer than two readings");
    }

    @Test
    void onlyTheBaseboardIsASensorOfTheMachine() {
        row(table("rapl", Subject.PLATFORM, "cpu_package_0_power_w"), 12, 80);
        row(table("dcgm", Subject.gpu(GPU.uuid()), "dcgm_fi_dev_power_usage"), 12, 80);
        row(table("ipmi_2", Subject.PLATFORM, "late_temp_c"), 12, 80);
        row(table("gpu", Subject.gpu(GPU.uuid()), "power_w", "temperature_c"), 12, 400, 50);
        row(table("gpu", Subject.gpu(GPU.uuid()), "power_w", "temperature_c"), 13, 410, 50);

        StateReading reading = seen.reading(STATE, List.of(GPU), nanos(10), nanos(20));

        assertThat(reading.sensors()).extracting(SensorLevel::sensor).containsExactly("late_temp_c");
        assertThat(reading.gpus()).singleElement().satisfies(gpu -> {
            assertThat(gpu.powerW()).isEqualTo(Reading.of(405.0));
            assertThat(gpu.busyPercent().whyAbsent()).isPresent();
        });
    }
}
