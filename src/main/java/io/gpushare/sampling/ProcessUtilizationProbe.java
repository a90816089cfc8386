package io.gpushare.sampling;

import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.ProcessUtilization;
import io.gpushare.reading.Absence;
import io.gpushare.reading.GpuMetric;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.List;

/** How much of the GPU each process used, as the driver recorded it: a row for each process and sample period. */
final class ProcessUtilizationProbe implements Probe {
    private final Gpu gpu;
    private final SamplingContext context;
    private final CallStatistics calls;
    private final TableWriter table;
    private long newestMicros;

    ProcessUtilizationProbe(SamplingContext context, String tableName, Subject subject, Gpu gpu) {
        this.gpu = gpu;
        this.context = context;
        this.calls = context.calls("process_utilization");
        this.table = new TableWriter(
                context.broadcast(),
                tableName,
                subject,
                Table.Shape.EVENTS,
                List.of(
                        SampledMetric.label("pid"),
                        SampledMetric.gauge("sm_utilization_percent", "%"),
                        SampledMetric.gauge(GpuMetric.MEMORY_UTILIZATION_PERCENT, "%")));
    }

    @Override
    public void take() {
        newestMicros = Math.max(newestMicros, context.time().unixMicrosAt(0));
        if (context.time().isAhead(newestMicros)) {
            newestMicros = context.time().nowUnixMicros();
        }
        Reading<List<ProcessUtilization>> answer = calls.ask(asked -> asked.processUtilization(newestMicros), gpu);
        switch (answer) {
            case Reading.Value<List<ProcessUtilization>>(List<ProcessUtilization> processes) -> keep(processes);
            case Reading.Absent<List<ProcessUtilization>>(Absence absence) -> {
                long now = context.time().elapsedNanos();
                // No process ran: that is an answer.
                if (absence.kind() == Absence.Kind.NO_DATA) {
                    table.available(now);
                } else {
                    table.unavailable(now, absence);
                }
            }
        }
    }

    @Override
    public void silence(Absence why) {
        table.unavailable(context.time().elapsedNanos(), why);
    }

    private void keep(List<ProcessUtilization> processes) {
        long before = newestMicros;
        for (ProcessUtilization process : processes) {
            if (process.timestampMicros() <= before || context.time().isAhead(process.timestampMicros())) {
                continue;
            }
            newestMicros = Math.max(newestMicros, process.timestampMicros());
            table.begin(context.time().elapsedNanosAt(process.timestampMicros()));
            table.set(0, process.pid());
            table.set(1, process.smPercent());
            table.set(2, process.memoryPercent());
            table.end();
        }
    }
}
