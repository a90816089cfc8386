package io.gpushare.sampling.samples;

import io.gpushare.gpu.GpuProcess;

/** A process that holds memory of a GPU or MIG device now. */
public record ProcessMemory(NamedProcess process, GpuProcess use) {}
