package io.gpushare.results.benchmark;

import io.gpushare.reading.Reading;
import java.util.Optional;

/**
 * A variant alone on the whole GPU.
 *
 * @param source the result file it was taken from; empty when it was measured in this run
 */
public record BaselineResult(String variant, TenantResult alone, Reading<GpuUse> gpu, Optional<String> source) {}
