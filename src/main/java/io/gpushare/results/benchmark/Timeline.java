package io.gpushare.results.benchmark;

import io.gpushare.reading.Reading;

/**
 * Where the time went, in seconds.
 *
 * @param windowS in which every tenant was active: what counts; 0 when there was none
 * @param tenantsS of the shared part that tenants took to load, to warm up and, told to stop, to end (the slowest of
 *     them)
 * @param overheadS of the shared part that is neither that nor the window
 * @param totalS from the command's begin to the writing of the result, baselines included
 */
public record Timeline(double windowS, Reading<Double> tenantsS, Reading<Double> overheadS, double totalS) {}
