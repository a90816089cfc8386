package io.gpushare.sampling.samples;

import io.gpushare.reading.Reading;

/** A GPU's energy counter at a phase border, with the time at which this very counter was read. */
public record EnergyMark(Subject gpu, long elapsedNanos, Reading<Long> millijoules) {}
