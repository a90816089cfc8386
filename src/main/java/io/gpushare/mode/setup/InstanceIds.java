package io.gpushare.mode.setup;

/** The numbers by which the driver calls the instances of a MIG device, as in its list of processes. */
public record InstanceIds(int gpuInstance, int computeInstance) {}
