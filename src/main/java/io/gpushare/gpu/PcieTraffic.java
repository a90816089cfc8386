package io.gpushare.gpu;

/** Bytes since the driver was loaded. */
public record PcieTraffic(long sentBytes, long receivedBytes) {}
