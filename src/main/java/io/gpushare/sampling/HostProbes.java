package io.gpushare.sampling;

import static io.gpushare.sampling.Column.gauge;
import static io.gpushare.sampling.Column.optional;

import io.gpushare.platform.Rapl;
import io.gpushare.reading.Absence;
import io.gpushare.reading.GpuMetric;
import io.gpushare.sampling.host.CpuTimes;
import io.gpushare.sampling.host.HostCpu;
import io.gpushare.sampling.host.HostFiles;
import io.gpushare.sampling.host.HostMemory;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** What is asked of the machine: each metric with its unit and where it comes from. A new metric is one line here. */
final class HostProbes {
    private static final Absence NOT_OURS = new Absence(Absence.Kind.NOT_MEASURED, Time.NOT_THE_MACHINES);

    private HostProbes() {}

    static List<Probe> of(SamplingContext context, Path procRoot) {
        LongSupplier nanos = context.clocks()::nanos;
        HostCpu cpu = new HostCpu(procRoot, nanos);
        List<Probe> probes = List.of(
                new SourceProbe<>(context, "host", Subject.HOST, new HostFiles(procRoot), levels()),
                new SourceProbe<>(context, "host_cpu", Subject.HOST, cpu, List.of(processors(cpu))));
        return context.clocks().isReal()
                ? probes
                : probes.stream()
                        .<Probe>map(probe -> () -> probe.silence(NOT_OURS))
                        .toList();
    }

    static Source<Rapl, Rapl.Look> processorPower(Rapl rapl) {
        List<Column<Rapl.Look>> columns = new ArrayList<>();
        rapl.metrics().forEach(metric -> columns.add(optional(metric, "W", look -> look.of(metric))));
        return new Source<>("rapl", Rapl::next, columns);
    }

    private static List<Source<HostFiles, ?>> levels() {
        return List.of(
                Source.of("host_load", HostFiles::load1m, gauge("load_1m", "", Double::doubleValue)),
                Source.of(
                        "host_memory",
                        HostFiles::memory,
                        gauge(GpuMetric.MEMORY_USED_BYTES, "B", HostMemory::usedBytes),
                        gauge("memory_available_bytes", "B", HostMemory::availableBytes)));
    }

    private static Source<HostCpu, HostCpu.Use> processors(HostCpu cpu) {
        List<Column<HostCpu.Use>> columns = new ArrayList<>();
        columns.add(gauge("cpu_percent", "%", HostCpu.Use::busyPercent));
        columns.add(gauge("steal_percent", "%", HostCpu.Use::stolenPercent));
        columns.add(gauge("context_switches_per_s", "1/s", HostCpu.Use::contextSwitchesPerS));
        cpu.times()
                .asOptional()
                .map(CpuTimes::cores)
                .orElse(List.of())
                .forEach(core ->
                        columns.add(optional(core.name() + "_percent", "%", use -> use.busyPercent(core.name()))));
        return new Source<>("host_cpu", HostCpu::next, columns);
    }
}
