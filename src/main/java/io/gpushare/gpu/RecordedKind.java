package io.gpushare.gpu;

/** What the driver records on its own, whether or not anybody asks. */
public enum RecordedKind {
    /** In watts, every 20 ms. */
    POWER,
    /** In percent, every 200 ms. */
    GPU_UTILIZATION,
    /** In percent, every 200 ms. */
    MEMORY_UTILIZATION
}
