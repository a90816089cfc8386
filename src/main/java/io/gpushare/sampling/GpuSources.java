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
import io.gpushare.reading.GpuMetric;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.RingProbe.Ring;
import io.gpushare.sampling.samples.SampledMetric;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** What is asked of a GPU: each metric with its unit and where it comes from. A new metric is one line here. */
final class GpuSources {
    private GpuSources() {}

    /** Microseconds each: for the fast loop. */
    static List<Source<Gpu, ?>> cheap() {
        return List.of(
                Source.of(
                        "utilization",
                        Gpu::utilization,
                        gauge(GpuMetric.GPU_UTILIZATION_PERCENT, "%", Utilization::gpuPercent),
                        gauge(GpuMetric.MEMORY_UTILIZATION_PERCENT, "%", Utilization::memoryPercent)),
                Source.of("power", Gpu::powerW, gauge(GpuMetric.POWER_W, "W", Double::doubleValue)),
                Source.of("temperature", Gpu::temperatureC, gauge(GpuMetric.TEMPERATURE_C, "°C", Integer::doubleValue)),
                Source.of(
                        "sm_clock",
                        gpu -> gpu.clockMhz(ClockDomain.SM),
                        gauge(GpuMetric.SM_CLOCK_MHZ, "MHz", Integer::doubleValue)),
                Source.of(
                        "memory_clock",
                        gpu -> gpu.clockMhz(ClockDomain.MEMORY),
                        gauge(GpuMetric.MEMORY_CLOCK_MHZ, "MHz", Integer::doubleValue)),
                Source.of("clock_events", Gpu::clockEvents, label(GpuMetric.CLOCK_EVENT_BITS, GpuSources::bits)),
                Source.of(
                        GpuMetric.PERFORMANCE_STATE,
                        Gpu::performanceState,
                        gauge(GpuMetric.PERFORMANCE_STATE, "", Integer::doubleValue)),
                Source.of("memory", Gpu::memory, gauge(GpuMetric.MEMORY_USED_BYTES, "B", MemoryUse::usedBytes)));
    }

    static List<Source<Supplier<MigDevice>, ?>> migDevice() {
        return List.of(Source.of(
                "mig_memory",
                device -> device.get().memory(),
                gauge(GpuMetric.MEMORY_USED_BYTES, "B", MemoryUse::usedBytes)));
    }

    static List<Ring> rings() {
        return List.of(
                new Ring(
                        "power_recorded",
                        RecordedKind.POWER,
                        SampledMetric.gauge(GpuMetric.POWER_RECORDED_W, "W"),
                        20_000),
                new Ring(
                        "gpu_utilization_recorded",
                        RecordedKind.GPU_UTILIZATION,
                        SampledMetric.gauge(GpuMetric.GPU_UTILIZATION_RECORDED_PERCENT, "%"),
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
                opened -> opened.reading().flatMap(Gpm::next),
                optional(GpuMetric.GRAPHICS_ACTIVE_PERCENT, "%", of(GpmMetric.GRAPHICS_UTIL)),
                optional(GpuMetric.SM_ACTIVE_PERCENT, "%", of(GpmMetric.SM_UTIL)),
                optional(GpuMetric.SM_OCCUPANCY_PERCENT, "%", of(GpmMetric.SM_OCCUPANCY)),
                optional(GpuMetric.TENSOR_ACTIVE_PERCENT, "%", of(GpmMetric.TENSOR_UTIL)),
                optional(GpuMetric.DRAM_ACTIVE_PERCENT, "%", of(GpmMetric.DRAM_BANDWIDTH_UTIL)),
                optional(GpuMetric.PCIE_SENT_MIB_PER_S, "MiB/s", of(GpmMetric.PCIE_SENT)),
                optional(GpuMetric.PCIE_RECEIVED_MIB_PER_S, "MiB/s", of(GpmMetric.PCIE_RECEIVED)));
    }

    private static Function<Map<GpmMetric, Reading<Double>>, Reading<Double>> of(GpmMetric metric) {
        Reading<Double> missing = Reading.absent(Absence.Kind.NOT_SUPPORTED);
        return values -> values.getOrDefault(metric, missing);
    }

    private static double bits(Set<ClockEvent> events) {
        long bits = 0;
        for (ClockEvent event : events) {
            bits |= event.bit();
        }
        return bits;
    }
}
