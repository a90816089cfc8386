package io.gpushare.reading;

/**
 * What is sampled of a GPU, by the names that stand in results, journals and endpoints. The names never change; the
 * unit is their end. {@code RECORDED} values come from the driver's own buffers of samples, which miss nothing between
 * two looks.
 */
public final class GpuMetric {
    public static final String POWER_W = "power_w";
    public static final String POWER_RECORDED_W = "power_recorded_w";
    public static final String SM_ACTIVE_PERCENT = "sm_active_percent";
    public static final String MEMORY_USED_BYTES = "memory_used_bytes";
    public static final String GPU_UTILIZATION_PERCENT = "gpu_utilization_percent";
    public static final String GPU_UTILIZATION_RECORDED_PERCENT = "gpu_utilization_recorded_percent";
    public static final String TEMPERATURE_C = "temperature_c";
    public static final String SM_CLOCK_MHZ = "sm_clock_mhz";
    public static final String MEMORY_CLOCK_MHZ = "memory_clock_mhz";
    public static final String DRAM_ACTIVE_PERCENT = "dram_active_percent";
    public static final String TENSOR_ACTIVE_PERCENT = "tensor_active_percent";
    public static final String GRAPHICS_ACTIVE_PERCENT = "graphics_active_percent";
    public static final String SM_OCCUPANCY_PERCENT = "sm_occupancy_percent";
    public static final String CLOCK_EVENT_BITS = "clock_event_bits";
    public static final String MEMORY_UTILIZATION_PERCENT = "memory_utilization_percent";
    public static final String PERFORMANCE_STATE = "performance_state";
    public static final String PCIE_SENT_MIB_PER_S = "pcie_sent_mib_per_s";
    public static final String PCIE_RECEIVED_MIB_PER_S = "pcie_received_mib_per_s";

    private GpuMetric() {}
}
