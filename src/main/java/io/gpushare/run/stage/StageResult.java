package io.gpushare.run.stage;

import io.gpushare.gpu.GpuProcess;
import io.gpushare.reading.Reading;
import java.util.List;

/**
 * How a stage went.
 *
 * @param phase the name under which the sampler has the measured time; empty when nothing was measured
 * @param measuredS from the common start instant to the stop
 * @param sampledS the part of it for which the GPU's energy was counted
 * @param endingS from the stop to the end of the last tenant
 * @param wallS from the first launch until nothing was left of it
 * @param gpuProcesses that were seen on the GPU while it was measured
 * @param foreign in words: processes on the GPU that belong to no tenant
 */
public record StageResult(
        StagePlan plan,
        List<StageTenant> tenants,
        String phase,
        double measuredS,
        double sampledS,
        double endingS,
        double wallS,
        Reading<List<GpuProcess>> gpuProcesses,
        List<String> foreign) {
    public StageResult {
        tenants = List.copyOf(tenants);
        foreign = List.copyOf(foreign);
    }

    public boolean measured() {
        return !phase.isEmpty();
    }
}
