package io.gpushare.run.account;

import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.text.Amount;
import io.gpushare.text.ScaledNumber;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A variant alone: in one piece, or in two, before the tenants shared the GPU and after.
 *
 * @param alone what it did in all parts together
 * @param rate what its throughput was made from
 */
record Baseline(List<Measured> parts, TenantResult alone, Optional<FullSpeedRate> rate) {
    /** A smaller difference between its parts is within what is promised of a result. */
    private static final double MOST_MOVED = 0.1;

    static List<Baseline> of(List<Measured> parts, CoreLevels levels) {
        Map<String, List<Measured>> byVariant = parts.stream()
                .collect(Collectors.groupingBy(Measured::variant, LinkedHashMap::new, Collectors.toList()));
        return byVariant.values().stream().map(alike -> joined(alike, levels)).toList();
    }

    private static Baseline joined(List<Measured> parts, CoreLevels levels) {
        List<TenantResult> joined = List.of(parts.stream()
                .map(part -> part.tenants().getFirst())
                .reduce(TenantResult::followedBy)
                .orElseThrow());
        RatedTenants rated = levels.rated(joined);
        return new Baseline(parts, rated.tenants().getFirst(), rated.rates().getFirst());
    }

    /** That it was not the same before and after, in a sentence. */
    Optional<String> moved() {
        List<Double> rates = parts.stream()
                .flatMap(part -> part.tenants().getFirst().unitsPerSec().asOptional().stream())
                .toList();
        if (rates.size() < 2 || alone.waits()) {
            return Optional.empty();
        }
        double change = rates.getLast() / rates.getFirst() - 1;
        return Math.abs(change) <= MOST_MOVED
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "the baseline of %s moved by %s %%: it was %s before the tenants shared the GPU, and %s after",
                        alone.variant(),
                        Amount.decimals(100 * Math.abs(change), 0),
                        ScaledNumber.perSecond(rates.getFirst(), alone.unit()),
                        ScaledNumber.perSecond(rates.getLast(), alone.unit())));
    }
}
