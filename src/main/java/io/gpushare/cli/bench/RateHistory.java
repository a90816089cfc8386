package io.gpushare.cli.bench;

import io.gpushare.cli.terminal.Sparkline;
import io.gpushare.run.stage.RunListener.StageInfo;
import io.gpushare.run.stage.TenantStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rates of a stage's tenants in the past. Each is drawn against the best that its workload has reached since the
 * bench began: beside others, that is what it did alone, where a baseline was measured.
 */
final class RateHistory {
    private static final int COLUMNS = 240;

    private final Map<Integer, Sparkline> byTenant = new HashMap<>();
    private final Map<String, Double> best = new HashMap<>();
    private Optional<StageInfo> stage = Optional.empty();

    /** Moves on by one column. */
    void advance(BenchProgress.Snapshot now) {
        if (!now.stage().equals(stage)) {
            stage = now.stage();
            byTenant.clear();
        }
        for (TenantStatus tenant : now.tenants()) {
            double rate = tenant.unitsPerSec().orElse(Double.NaN);
            byTenant.computeIfAbsent(tenant.number(), _ -> new Sparkline(COLUMNS))
                    .add(rate);
            if (rate > 0) {
                best.merge(tenant.workload(), rate, Math::max);
            }
        }
    }

    /** The uppermost row first; empty of a tenant that is not known. */
    List<String> lines(TenantStatus tenant, int width, int rows) {
        Sparkline past = byTenant.get(tenant.number());
        return past == null
                ? List.of()
                : past.render(Math.min(width, COLUMNS), best.getOrDefault(tenant.workload(), 0.0), rows);
    }
}
