package io.gpushare.sampling.summary;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.gpu.ClockEvent;
import io.gpushare.sampling.samples.Row;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ClockEventsTest {
    private final ClockEvents events = new ClockEvents();
    private final Table table = new Table(
            0, "gpu0", Subject.gpu("GPU-0"), Table.Shape.SERIES, List.of(SampledMetric.label("clock_event_bits")));

    private void sample(int... eachBits) {
        for (int bits : eachBits) {
            Row row = new Row(1);
            row.begin(0);
            row.set(0, bits);
            events.row(table, row);
        }
    }

    @Test
    void saysInHowManySamplesTheGpuWasHeldBackAndBy() {
        sample(0x4, 0x4 | 0x20, 0, 0);

        assertThat(events.gpus()).singleElement().satisfies(gpu -> {
            assertThat(gpu.samples()).isEqualTo(4);
            assertThat(gpu.percentOfSamples())
                    .containsOnly(
                            Map.entry(ClockEvent.SOFTWARE_POWER_CAP, 50.0),
                            Map.entry(ClockEvent.SOFTWARE_THERMAL, 25.0));
            assertThat(gpu.throttling())
                    .isEqualTo("software power cap (50.0 % of the samples),"
                            + " software thermal slowdown (25.0 % of the samples)");
        });
    }

    @Test
    void anIdleGpuIsNotHeldBack() {
        sample(0x1, 0x1);

        assertThat(events.gpus()).singleElement().satisfies(gpu -> {
            assertThat(gpu.percentOfSamples()).containsOnlyKeys(ClockEvent.IDLE);
            assertThat(gpu.throttling()).isEmpty();
        });
    }

    @Test
    void aGpuThatDoesNotTellIsNotCounted() {
        Row row = new Row(1);
        row.begin(0);
        events.row(table, row);

        assertThat(events.gpus()).isEmpty();
    }
}
