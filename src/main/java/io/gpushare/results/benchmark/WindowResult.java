package io.gpushare.results.benchmark;

import io.gpushare.analysis.CommonWindow;
import io.gpushare.analysis.CoreLoops;
import io.gpushare.analysis.LatencyCounts;
import java.util.Optional;

/**
 * A second of a tenant's work.
 *
 * @param fromS and {@code untilS}: since the common start instant
 * @param counted lies in the window in which every tenant was active
 * @param core how fast its core was, if the tenant looked
 */
public record WindowResult(
        double fromS,
        double untilS,
        double units,
        long steps,
        LatencyCounts latency,
        boolean counted,
        Optional<CoreLoops> core) {

    WindowResult later(double byS) {
        return new WindowResult(fromS + byS, untilS + byS, units, steps, latency, counted, core);
    }

    /** @param common the time in which every tenant was active, if there was any */
    public static WindowResult of(
            CommonWindow.Window span, LatencyCounts latency, Optional<CoreLoops> core, Optional<CommonWindow> common) {
        return new WindowResult(
                span.fromS(),
                span.untilS(),
                span.units(),
                span.steps(),
                latency,
                common.filter(time -> time.counts(span)).isPresent(),
                core);
    }
}
