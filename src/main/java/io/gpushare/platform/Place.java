package io.gpushare.platform;

/** What a sensor measures. */
public sealed interface Place {

    /** The machine as a whole, or a part of it that is no GPU. */
    record Machine() implements Place {}

    record WholeGpu(String uuid) implements Place {}

    /** @param instance the GPU instance's number, by which MIG knows it */
    record InstanceOfGpu(String uuid, int instance) implements Place {}
}
