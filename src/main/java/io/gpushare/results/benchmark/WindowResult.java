package io.gpushare.results.benchmark;

import io.gpushare.analysis.LatencyCounts;

/**
 * A second of a tenant's work.
 *
 * @param fromS and {@code untilS}: since the common start instant
 * @param counted lies in the window in which every tenant was active
 */
public record WindowResult(
        double fromS, double untilS, double units, long steps, LatencyCounts latency, boolean counted) {}
