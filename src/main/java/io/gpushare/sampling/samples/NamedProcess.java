package io.gpushare.sampling.samples;

import io.gpushare.reading.Reading;

/** @param name as in {@code /proc/PID/comm}; absent for a process that this system does not show us */
public record NamedProcess(int pid, Reading<String> name) {}
