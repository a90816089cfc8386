package io.gpushare.gpu;

public enum ClockDomain {
    GRAPHICS,
    SM,
    MEMORY,
    VIDEO
}
