package io.gpushare.run.account;

import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.run.stage.StageResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A stage with its numbers, which take a while to add up.
 *
 * @param rates of the tenants, with what they were made from; none before they are rated
 */
record Measured(
        StageResult stage, StageNumbers numbers, List<TenantResult> tenants, List<Optional<FullSpeedRate>> rates) {
    static Measured of(StageResult stage, Path resultFolder) {
        StageNumbers numbers = new StageNumbers(stage, resultFolder);
        return new Measured(stage, numbers, numbers.tenants(), List.of());
    }

    Measured rated(CoreLevels levels) {
        RatedTenants rated = levels.rated(tenants);
        return new Measured(stage, numbers, rated.tenants(), rated.rates());
    }

    String variant() {
        return stage.plan().tenants().getFirst().variant();
    }
}
