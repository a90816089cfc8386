package io.gpushare.run.account;

import io.gpushare.reading.GpuMetric;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.List;

/** What to doubt of the loads on servers, in sentences: too much for one, or so little that nothing shows. */
final class LoadDoubts {
    /** A GPU that is busy for less of the time has nothing to share. */
    private static final double BUSY_PERCENT = 30;

    private LoadDoubts() {}

    static List<String> of(List<TenantResult> shared, List<BaselineResult> baselines) {
        List<String> doubts = new ArrayList<>();
        for (TenantResult tenant : shared) {
            tenant.load()
                    .filter(load -> tenant.isOpenServer() && load.fellBehind())
                    .ifPresent(load -> doubts.add("tenant " + tenant.number() + " (" + tenant.workload()
                            + ") did not keep up: of " + Figure.of(load.scheduledPerSec()) + " requests a second it"
                            + " answered " + Figure.of(load.answeredPerSec())
                            + ", so that its latency depends on how long was measured"));
        }
        for (BaselineResult baseline : baselines) {
            if (baseline.alone().load().isPresent()) {
                baseline.gpu()
                        .asOptional()
                        .flatMap(use -> use.levels(GpuMetric.GPU_UTILIZATION_PERCENT))
                        .filter(busy -> busy.mean() < BUSY_PERCENT)
                        .ifPresent(busy -> doubts.add("the baseline of " + baseline.variant()
                                + " was not driven hard: its GPU was busy for " + Math.round(busy.mean())
                                + " % of the time, and with so little to do sharing costs little"));
            }
        }
        return doubts;
    }
}
