package io.gpushare.run.account;

import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.results.benchmark.Rating.Rated;
import io.gpushare.results.benchmark.TenantResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Tenants that ran together, with the speed of their cores and the errors of their figures.
 *
 * @param rates what the throughputs were made from
 */
record RatedTenants(List<TenantResult> tenants, List<Optional<FullSpeedRate>> rates) {
    static RatedTenants of(List<TenantResult> tenants, List<Rated> rated) {
        return new RatedTenants(
                IntStream.range(0, tenants.size())
                        .mapToObj(place -> rated.get(place).applied(tenants.get(place)))
                        .toList(),
                rated.stream().map(Rated::rate).toList());
    }
}
