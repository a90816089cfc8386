package io.gpushare.plan;

/** How a GPU gets into a container. */
public enum GpuAccessChoice {
    AUTO,
    NVIDIA,
    CDI,
    DEVICES
}
