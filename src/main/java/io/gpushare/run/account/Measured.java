package io.gpushare.run.account;

import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.run.stage.StageResult;
import java.nio.file.Path;
import java.util.List;

/** A stage with its numbers, which take a while to add up. */
record Measured(StageResult stage, StageNumbers numbers, List<TenantResult> tenants) {
    static Measured of(StageResult stage, Path resultFolder) {
        StageNumbers numbers = new StageNumbers(stage, resultFolder);
        return new Measured(stage, numbers, numbers.tenants());
    }

    Measured atFullSpeed(CoreLevels levels) {
        return new Measured(stage, numbers, levels.applied(tenants));
    }

    String variant() {
        return stage.plan().tenants().getFirst().variant();
    }
}
