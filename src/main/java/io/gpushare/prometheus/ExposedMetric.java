package io.gpushare.prometheus;

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
            of("DCGM_FI_DEV_GPU_UTIL", "GPU utilization (in %).", "gpu_utilization_percent", 1),
            of("DCGM_FI_DEV_MEM_COPY_UTIL", "Memory utilization (in %).", "memory_utilization_percent", 1),
            of("DCGM_FI_DEV_SM_CLOCK", "SM clock frequency (in MHz).", "sm_clock_mhz", 1),
            of("DCGM_FI_DEV_MEM_CLOCK", "Memory clock frequency (in MHz).", "memory_clock_mhz", 1),
            of("DCGM_FI_DEV_GPU_TEMP", "GPU temperature (in C).", "temperature_c", 1),
            of("DCGM_FI_DEV_POWER_USAGE", "Power draw (in W).", "power_w", 1),
            of("DCGM_FI_DEV_PSTATE", "Performance state, 0 is the fastest.", "performance_state", 1),
            of("DCGM_FI_DEV_CLOCK_THROTTLE_REASONS", "Clock event reasons (bitmask).", "clock_event_bits", 1),
            of("DCGM_FI_DEV_FB_USED", "Framebuffer memory used (in MiB).", "memory_used_bytes", BYTES_TO_MIB),
            of(
                    "DCGM_FI_PROF_GR_ENGINE_ACTIVE",
                    "Ratio of time the graphics engine is active.",
                    "graphics_active_percent",
                    PERCENT_TO_RATIO),
            of(
                    "DCGM_FI_PROF_SM_ACTIVE",
                    "The ratio of cycles an SM has at least 1 warp assigned.",
                    "sm_active_percent",
                    PERCENT_TO_RATIO),
            of(
                    "DCGM_FI_PROF_SM_OCCUPANCY",
                    "The ratio of number of warps resident on an SM.",
                    "sm_occupancy_percent",
                    PERCENT_TO_RATIO),
            of(
                    "DCGM_FI_PROF_PIPE_TENSOR_ACTIVE",
                    "Ratio of cycles the tensor (HMMA) pipe is active.",
                    "tensor_active_percent",
                    PERCENT_TO_RATIO),
            of(
                    "DCGM_FI_PROF_DRAM_ACTIVE",
                    "Ratio of cycles the device memory interface is active sending or receiving data.",
                    "dram_active_percent",
                    PERCENT_TO_RATIO),
            of(
                    "DCGM_FI_PROF_PCIE_TX_BYTES",
                    "The rate of data transmitted over the PCIe bus (in bytes per second).",
                    "pcie_sent_mib_per_s",
                    MIB_TO_BYTES),
            of(
                    "DCGM_FI_PROF_PCIE_RX_BYTES",
                    "The rate of data received over the PCIe bus (in bytes per second).",
                    "pcie_received_mib_per_s",
                    MIB_TO_BYTES));

    private static ExposedMetric of(String name, String help, String reading, double factor) {
        return new ExposedMetric(name, help, reading, factor);
    }
}
