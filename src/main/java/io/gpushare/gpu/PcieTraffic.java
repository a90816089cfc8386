package io.gpushare.gpu;

/** Bytes since the driver was loaded, counted in 32 bits by known drivers: they start again at 4 GiB. */
public record PcieTraffic(long sentBytes, long receivedBytes) {}
