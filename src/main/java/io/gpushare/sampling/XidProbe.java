package io.gpushare.sampling;

import io.gpushare.gpu.XidEvent;
import io.gpushare.gpu.XidWatch;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.List;

/** Errors that the driver reports about a GPU, a row each, and a warning for each number. */
final class XidProbe implements Probe {
    private final Subject subject;
    private final Opened<XidWatch> opened;
    private final SamplingContext context;
    private final CallStatistics calls;
    private final TableWriter table;

    XidProbe(SamplingContext context, String tableName, Subject subject, Opened<XidWatch> opened) {
        this.subject = subject;
        this.opened = opened;
        this.context = context;
        this.calls = context.calls("xid");
        this.table = new TableWriter(
                context.broadcast(),
                tableName,
                subject,
                Table.Shape.EVENTS,
                List.of(
                        SampledMetric.label("xid"),
                        SampledMetric.label("gpu_instance"),
                        SampledMetric.label("compute_instance")));
    }

    @Override
    public void take() {
        long now = context.time().elapsedNanos();
        Reading<List<XidEvent>> answer = opened.reading().flatMap(watch -> calls.ask(XidWatch::poll, watch));
        switch (answer) {
            case Reading.Value<List<XidEvent>>(List<XidEvent> events) -> {
                table.available(now);
                events.forEach(event -> write(now, event));
            }
            case Reading.Absent<List<XidEvent>>(Absence absence) -> table.unavailable(now, absence);
        }
    }

    private void write(long now, XidEvent event) {
        table.begin(now);
        table.set(0, (double) event.xid());
        table.setIfPresent(1, event.gpuInstance());
        table.setIfPresent(2, event.computeInstance());
        table.end();
        context.broadcast().warned("the driver reported Xid error " + event.xid() + " on " + subject.id());
    }

    @Override
    public void silence(Absence why) {
        table.unavailable(context.time().elapsedNanos(), why);
    }
}
