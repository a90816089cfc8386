package io.gpushare.gpu;

public enum ComputeMode {
    DEFAULT,
    EXCLUSIVE_THREAD,
    PROHIBITED,
    EXCLUSIVE_PROCESS
}
