package io.gpushare.sampling;

import io.gpushare.gpu.GpuProcess;
import io.gpushare.reading.Absence;
import io.gpushare.reading.GpuMetric;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.samples.ProcessMemory;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.sampling.samples.Table;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The processes on a GPU or MIG device, a row each. */
final class ProcessProbe implements Probe {
    private final Subject subject;
    private final Supplier<Reading<List<GpuProcess>>> question;
    private final SamplingContext context;
    private final CallStatistics calls;
    private final ProcessNames names;
    private final TableWriter table;

    ProcessProbe(
            SamplingContext context,
            String tableName,
            Subject subject,
            ProcessNames names,
            Supplier<Reading<List<GpuProcess>>> question) {
        this.subject = subject;
        this.question = question;
        this.context = context;
        this.calls = context.calls("processes");
        this.names = names;
        this.table = new TableWriter(
                context.broadcast(),
                tableName,
                subject,
                Table.Shape.EVENTS,
                List.of(
                        SampledMetric.label("pid"),
                        SampledMetric.gauge(GpuMetric.MEMORY_USED_BYTES, "B"),
                        SampledMetric.label("mps_client"),
                        SampledMetric.label("gpu_instance"),
                        SampledMetric.label("compute_instance")));
    }

    @Override
    public void take() {
        long now = context.time().elapsedNanos();
        Reading<List<GpuProcess>> answer = calls.ask(question);
        switch (answer) {
            case Reading.Value<List<GpuProcess>>(List<GpuProcess> processes) -> write(now, processes);
            case Reading.Absent<List<GpuProcess>>(Absence absence) -> table.unavailable(now, absence);
        }
        context.broadcast().processesListed(subject, answer.map(this::named));
    }

    @Override
    public void silence(Absence why) {
        table.unavailable(context.time().elapsedNanos(), why);
        context.broadcast().processesListed(subject, Reading.absent(why));
    }

    private void write(long now, List<GpuProcess> processes) {
        if (processes.isEmpty()) {
            table.available(now);
        }
        for (GpuProcess process : processes) {
            names.of(process.pid());
            table.begin(now);
            table.set(0, process.pid());
            table.set(1, process.memoryBytes());
            table.set(2, process.kind() == GpuProcess.Kind.MPS_CLIENT ? 1 : 0);
            table.setIfPresent(3, process.gpuInstance());
            table.setIfPresent(4, process.computeInstance());
            table.end();
        }
        names.forgetAllBut(processes.stream().map(GpuProcess::pid).collect(Collectors.toSet()));
    }

    private List<ProcessMemory> named(List<GpuProcess> processes) {
        return processes.stream()
                .map(process -> new ProcessMemory(names.of(process.pid()), process))
                .toList();
    }
}
