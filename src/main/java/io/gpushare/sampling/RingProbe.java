package io.gpushare.sampling;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.gpu.RecordedSample;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.InstrumentReport.RingReport;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Empties one of the driver's rings into a table: each sample once, at the time the driver gave it. */
final class RingProbe implements Probe {
    /** A sample from shortly before the start lets a line be drawn through the start. */
    private static final long LEAD_MICROS = 50_000;

    private static final int ENOUGH_TO_KNOW_THE_PERIOD = 5;

    private final Gpu gpu;
    private final Ring ring;
    private final SamplingContext context;
    private final CallStatistics calls;
    private final TableWriter table;
    private final AtomicLong samples = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private long newestMicros;
    private long periodMicros;
    private boolean started;

    RingProbe(SamplingContext context, String tableName, Subject subject, Gpu gpu, Ring ring) {
        this.gpu = gpu;
        this.ring = ring;
        this.context = context;
        this.calls = context.calls(ring.tableSuffix());
        this.table =
                new TableWriter(context.broadcast(), tableName, subject, Table.Shape.SERIES, List.of(ring.metric()));
        this.periodMicros = ring.usualPeriodMicros();
    }

    @Override
    public void take() {
        newestMicros = Math.max(newestMicros, context.time().unixMicrosAt(0) - LEAD_MICROS);
        beginAnewIfTheClockWasSetBack();
        Reading<List<RecordedSample>> answer =
                calls.ask(asked -> asked.recordedSamples(ring.kind(), newestMicros), gpu);
        switch (answer) {
            case Reading.Value<List<RecordedSample>>(List<RecordedSample> recorded) -> keep(recorded);
            case Reading.Absent<List<RecordedSample>>(Absence absence) -> {
                boolean merelyNothingNew = started && absence.kind() == Absence.Kind.NO_DATA;
                if (!merelyNothingNew) {
                    table.unavailable(context.time().elapsedNanos(), absence);
                }
            }
        }
    }

    /** What the driver records and overwrites meanwhile was not wanted: it is not lost. */
    @Override
    public void silence(Absence why) {
        started = false;
        table.unavailable(context.time().elapsedNanos(), why);
    }

    private void keep(List<RecordedSample> recorded) {
        boolean continues = started;
        learnPeriod(recorded);
        for (RecordedSample sample : recorded) {
            if (sample.timestampMicros() <= newestMicros || context.time().isAhead(sample.timestampMicros())) {
                continue;
            }
            if (continues) {
                countLost(sample.timestampMicros() - newestMicros);
                continues = false;
            }
            started = true;
            newestMicros = sample.timestampMicros();
            samples.incrementAndGet();
            table.begin(context.time().elapsedNanosAt(newestMicros));
            table.set(0, sample.value());
            table.end();
        }
    }

    /** Only between two drains: what the driver itself left out is a gap in its record, not our loss. */
    private void countLost(long gapMicros) {
        long missing = Math.round((double) gapMicros / periodMicros) - 1;
        if (missing > 0) {
            lost.addAndGet(missing);
        }
    }

    /** Cards differ: the spacing in the middle of all that came at once is this card's period. */
    private void learnPeriod(List<RecordedSample> recorded) {
        if (recorded.size() <= ENOUGH_TO_KNOW_THE_PERIOD) {
            return;
        }
        long[] spacings = new long[recorded.size() - 1];
        for (int i = 0; i < spacings.length; i++) {
            spacings[i] =
                    recorded.get(i + 1).timestampMicros() - recorded.get(i).timestampMicros();
        }
        Arrays.sort(spacings);
        periodMicros = Math.max(1, spacings[spacings.length / 2]);
    }

    private void beginAnewIfTheClockWasSetBack() {
        if (context.time().isAhead(newestMicros)) {
            newestMicros = context.time().nowUnixMicros() - LEAD_MICROS;
            started = false;
        }
    }

    RingReport report() {
        return new RingReport(table.table().name(), samples.get(), lost.get());
    }

    /** @param usualPeriodMicros between two samples of the driver, until this card's is known */
    record Ring(String tableSuffix, RecordedKind kind, SampledMetric metric, long usualPeriodMicros) {}
}
