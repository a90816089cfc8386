package io.gpushare.mode.setup;

/**
 * A part of a GPU instance: what a CUDA program is given.
 *
 * @param slices of compute
 * @param start first slice within its GPU instance
 */
public record ComputeInstance(int slices, int start) {}
