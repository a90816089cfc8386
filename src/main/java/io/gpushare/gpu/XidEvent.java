package io.gpushare.gpu;

import java.util.OptionalInt;

/** @param xid NVIDIA's error number, as in the kernel log */
public record XidEvent(long xid, OptionalInt gpuInstance, OptionalInt computeInstance) {}
