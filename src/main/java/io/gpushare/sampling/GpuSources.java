package io.gpushare.sampling;

import static io.gpushare.sampling.Column.gauge;
import static io.gpushare.sampling.Column.label;
import static io.gpushare.sampling.Column.optional;

import io.gpushare.gpu.ClockDomain;
import io.gpushare.gpu.ClockEvent;
import io.gpushare.gpu.Gpm;
import io.gpushare.gpu.GpmMetric;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.gpu.MigDevice;
import io.gpushare.gpu.RecordedKind;
import io.gpushare.gpu.Utilization;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.RingProbe.Ring;
import io.gpushare.sampling.samples.SampledMetric;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** What is asked of a GPU: each metric with its unit and where it comes from. A new metric is one line here. */
final class GpuSources {
    private GpuSources() {}

    /** Microseconds each: for the fast loop. */
    static List<Source<Gpu, ?>> cheap() {
        return List.of(
                Source.of(
                        "utilization",
                        Gpu::utilization,
                        gauge("gpu_utilization_percent", "%", Utilization::gpuPercent),
                        gauge("memory_utilization_percent", "%", Utilization::memoryPercent)),
                Source.of("power", Gpu::powerW, gauge("power_w", "W", Double::doubleValue)),
                Source.of("temperature", Gpu::temperatureC, gauge("temperature_c", "°C", Integer::doubleValue)),
                Source.of(
                        "sm_clock",
                        gpu -> gpu.clockMhz(ClockDomain.SM),
                        gauge("sm_clock_mhz", "MHz", Integer::doubleValue)),
                Source.of(
                        "memory_clock",
                        gpu -> gpu.clockMhz(ClockDomain.MEMORY),
                        gauge("memory_clock_mhz", "MHz", Integer::doubleValue)),
                Source.of("clock_events", Gpu::clockEvents, label("clock_event_bits", GpuSources::bits)),
                Source.of(
                        "performance_state",
                        Gpu::performanceState,
                        gauge("performance_state", "", Integer::doubleValue)),
                Source.of("memory", Gpu::memory, gauge("memory_used_bytes", "B", MemoryUse::usedBytes)));
    }

    static List<Source<MigDevice, ?>> migDevice() {
        return List.of(
                Source.of("mig_memory", MigDevice::memory, gauge("memory_used_bytes", "B", MemoryUse::usedBytes)));
    }

    static List<Ring> rings() {
        return List.of(
                new Ring("power_recorded", RecordedKind.POWER, SampledMetric.gauge("power_recorded_w", "W"), 20_000),
                new Ring(
                        "gpu_utilization_recorded",
                        RecordedKind.GPU_UTILIZATION,
                        SampledMetric.gauge("gpu_utilization_recorded_percent", "%"),
                        200_000),
                new Ring(
                        "memory_utilization_recorded",
                        RecordedKind.MEMORY_UTILIZATION,
                        SampledMetric.gauge("memory_utilization_recorded_percent", "%"),
                        200_000));
    }

    /** Averages since the row before. */
    static Source<Opened<Gpm>, Map<GpmMetric, Reading<Double>>> gpm() {
        return Source.of(
                "gpm",
                GpuSources::nextOf,
                optional("graphics_active_percent", "%", of(GpmMetric.GRAPHICS_UTIL)),
                optional("sm_active_percent", "%", of(GpmMetric.SM_UTIL)),
                optional("sm_occupancy_percent", "%", of(GpmMetric.SM_OCCUPANCY)),
                optional("tensor_active_percent", "%", of(GpmMetric.TENSOR_UTIL)),
                optional("dram_active_percent", "%", of(GpmMetric.DRAM_BANDWIDTH_UTIL)),
                optional("pcie_sent_mib_per_s", "MiB/s", of(GpmMetric.PCIE_SENT)),
                optional("pcie_received_mib_per_s", "MiB/s", of(GpmMetric.PCIE_RECEIVED)));
    }

    private static Function<Map<GpmMetric, Reading<Double>>, Reading<Double>> of(GpmMetric metric) {
        Reading<Double> missing = Reading.absent(Absence.Kind.NOT_SUPPORTED);
        return values -> values.getOrDefault(metric, missing);
    }

    private static Reading<Map<GpmMetric, Reading<Double>>> nextOf(Opened<Gpm> opened) {
        return switch (opened.reading()) {
            case Reading.Value<Gpm>(Gpm gpm) -> gpm.next();
            case Reading.Absent<Gpm>(Absence absence) -> Reading.absent(absence);
        };
    }

    private static double bits(Set<ClockEvent> events) {
        long bits = 0;
        for (ClockEvent event : events) {
            bits |= event.bit();
        }
        return bits;
    }
}
