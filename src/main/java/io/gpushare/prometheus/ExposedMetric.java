package io.gpushare.prometheus;

import io.gpushare.reading.GpuMetric;
import java.util.List;

/**
 * A reading under the name by which Prometheus knows it.
 *
 * @param factor from our unit to Prometheus' one
 */
record ExposedMetric(String name, String help, String reading, double factor) {
    private static final double PERCENT_TO_RATIO = 0.01;
    private static final double BYTES_TO_MIB = 1.0 / (1 << 20);
    private static final double MIB_TO_BYTES = 1 << 20;

    /** dcgm-exporter's names and units. */
    static final List<ExposedMetric> OF_A_DEVICE = List.of(
            of("DCGM_FI_DEV_GPU_UTIL", "GPU utilization (in %).", GpuMetric.GPU_UTILIZATION_PERCENT, 1),
            of("DCGM_FI_DEV_MEM_COPY_UTIL", "Memory utilization (in %).", GpuMetric.MEMORY_UTILIZATION_PERCENT, 1),
            of("DCGM_FI_DEV_SM_CLOCK", "SM clock frequency (in MHz).", GpuMetric.SM_CLOCK_MHZ, 1),
            of("DCGM_FI_DEV_MEM_CLOCK", "Memory clock frequency (in MHz).", GpuMetric.MEMORY_CLOCK_MHZ, 1),
            of("DCGM_FI_DEV_GPU_TEMP", "GPU temperature (in C).", GpuMetric.TEMPERATURE_C, 1),
            of("DCGM_FI_DEV_POWER_USAGE", "Power draw (in W).", GpuMetric.POWER_W, 1),
            of("DCGM_FI_DEV_PSTATE", "Performance state, 0 is the fastest.", GpuMetric.PERFORMANCE_STATE, 1),
            of("DCGM_FI_DEV_CLOCK_THROTTLE_REASONS", "Clock event reasons (bitmask).", GpuMetric.CLOCK_EVENT_BITS, 1),
            of("DCGM_FI_DEV_FB_USED", "Framebuffer memory used (in MiB).", GpuMetric.MEMORY_USED_BYTES, BYTES_TO_MIB),
            of(
                    "DCGM_FI_PROF_GR_ENGINE_ACTIVE",
                    "Ratio of time the graphics engine is active.",
                    GpuMetric.GRAPHICS_ACTIVE_PERCENT,
                    PERCENT_TO_RATIO),
            of(
                    "DCGM_FI_PROF_SM_ACTIVE",
                    "The ratio of cycles an SM has at least 1 warp assigned.",
                    GpuMetric.SM_ACTIVE_PERCENT,
                    PERCENT_TO_RATIO),
            of(
                    "DCGM_FI_PROF_SM_OCCUPANCY",
                    "The ratio of number of warps resident on an SM.",
                    GpuMetric.SM_OCCUPANCY_PERCENT,
                    PERCENT_TO_RATIO),
            of(
                    "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE",
                    "Ratio of cycles the tensor (HMMA) pipe is active.",
                    GpuMetric.TENSOR_ACTIVE_PERCENT,
                    PERCENT_TO_RATIO),
            of(
                    "DCGM_FI_PROF_DRAM_ACTIVE",
                    "Ratio of cycles the device memory interface is active sending or receiving data.",
                    GpuMetric.DRAM_ACTIVE_PERCENT,
                    PERCENT_TO_RATIO),
            of(
                    "DCGM_FI_PROF_PCIE_TX_BYTES",
                    "The rate of data transmitted over the PCIe bus (in bytes per second).",
                    GpuMetric.PCIE_SENT_MIB_PER_S,
                    MIB_TO_BYTES),
            of(
                    "DCGM_FI_PROF_PCIE_RX_BYTES",
                    "The rate of data received over the PCIe bus (in bytes per second).",
                    GpuMetric.PCIE_RECEIVED_MIB_PER_S,
                    MIB_TO_BYTES));

    private static ExposedMetric of(String name, String help, String reading, double factor) {
        return new ExposedMetric(name, help, reading, factor);
    }
}
