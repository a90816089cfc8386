package io.gpushare.gpu;

/** All but the traffic are percentages of what the GPU, or the MIG instance, could do. */
public enum GpmMetric {
    GRAPHICS_UTIL(1),
    SM_UTIL(2),
    SM_OCCUPANCY(3),
    TENSOR_UTIL(5),
    DRAM_BANDWIDTH_UTIL(10),
    /** MiB per second. */
    PCIE_SENT(20),
    /** MiB per second. */
    PCIE_RECEIVED(21);

    private final int nvmlId;

    GpmMetric(int nvmlId) {
        this.nvmlId = nvmlId;
    }

    public int nvmlId() {
        return nvmlId;
    }
}
