package io.gpushare.run.company;

import io.gpushare.gpu.GpuIdentity;
import io.gpushare.reading.Reading;

/**
 * Another GPU of the host, on which the same plan ran.
 *
 * @param workedShare of the time in which tenants were measured here, the part in which they were there, too
 */
public record Neighbour(GpuIdentity gpu, Reading<Double> workedShare) {}
