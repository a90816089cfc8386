package io.gpushare.cli.machine;

import io.gpushare.gpu.ClockDomain;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.MemoryUse;
import io.gpushare.reading.GpuMetric;
import io.gpushare.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A metric as the live view draws it.
 *
 * @param full the value that fills the bar
 * @param words the value with its unit
 */
public record MonitorGauge(String label, String metric, double full, DoubleFunction<String> words) {

    /** What fills a bar depends on the card: its memory, its power limit, its clocks. */
    public static List<MonitorGauge> of(Gpu gpu) {
        double memory = gpu.memory()
                .map(MemoryUse::totalBytes)
                .asOptional()
                .map(Long::doubleValue)
                .orElse(0.0);
        double power = gpu.powerLimitW().asOptional().orElse(0.0);
        double clock = gpu.maxClockMhz(ClockDomain.SM)
                .map(Integer::doubleValue)
                .asOptional()
                .orElse(0.0);
        List<MonitorGauge> gauges = new ArrayList<>();
        gauges.add(percent("GPU busy", GpuMetric.GPU_UTILIZATION_PERCENT));
        gauges.add(percent("SM active", GpuMetric.SM_ACTIVE_PERCENT));
        gauges.add(percent("Tensor", GpuMetric.TENSOR_ACTIVE_PERCENT));
        gauges.add(percent("DRAM", GpuMetric.DRAM_ACTIVE_PERCENT));
        gauges.add(new MonitorGauge(
                "Memory",
                GpuMetric.MEMORY_USED_BYTES,
                memory,
                used -> "%s / %s GiB".formatted(Amount.gib((long) used), Amount.gib((long) memory))));
        gauges.add(limited("Power", GpuMetric.POWER_W, power, "W"));
        gauges.add(limited("SM clock", GpuMetric.SM_CLOCK_MHZ, clock, "MHz"));
        gauges.add(new MonitorGauge("Temperature", GpuMetric.TEMPERATURE_C, 100, value -> rounded(value) + " °C"));
        return gauges;
    }

    private static MonitorGauge percent(String label, String metric) {
        return new MonitorGauge(label, metric, 100, value -> rounded(value) + " %");
    }

    private static MonitorGauge limited(String label, String metric, double full, String unit) {
        return new MonitorGauge(
                label,
                metric,
                full,
                value -> full > 0 ? rounded(value) + " / " + rounded(full) + " " + unit : rounded(value) + " " + unit);
    }

    private static String rounded(double value) {
        return Long.toString(Math.round(value));
    }
}
