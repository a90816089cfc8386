package io.gpushare.cli.bench;

import io.gpushare.cli.terminal.FittingColumns;
import io.gpushare.cli.terminal.Table;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.text.Amount;
import io.gpushare.text.ScaledNumber;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** A row for all tenants that do the same, where a row for each would be a page. */
final class VariantsTable {
    private static final String UNKNOWN = "–";

    /** @param limits of MPS; empty where none are said */
    private record Alike(String variant, String limits, String unit, List<TenantResult> tenants) {

        DoubleSummaryStatistics over(Function<TenantResult, Optional<Double>> value) {
            return tenants.stream()
                    .flatMap(tenant -> value.apply(tenant).stream())
                    .mapToDouble(number -> number)
                    .summaryStatistics();
        }

        DoubleSummaryStatistics rates() {
            return over(tenant -> tenant.unitsPerSec().asOptional());
        }

        DoubleSummaryStatistics slowdowns() {
            return over(tenant -> tenant.slowdown().asOptional());
        }

        DoubleSummaryStatistics latencies(ToDoubleFunction<Latency> which) {
            return over(tenant -> tenant.latency().asOptional().map(which::applyAsDouble));
        }
    }

    /** The first comes first where the terminal is narrow. */
    private enum Extra {
        P99,
        LEAST,
        MOST,
        ALONE,
        P50
    }

    private final List<Alike> variants;
    private final Map<String, Double> alone = new LinkedHashMap<>();
    private final boolean exclusive;
    private final boolean limited;

    VariantsTable(RunResult result) {
        RecordedPlan plan = result.plan();
        limited = plan.tenantsDiffer();
        Map<List<String>, List<TenantResult>> alike = new LinkedHashMap<>();
        for (TenantResult tenant : result.tenants()) {
            alike.computeIfAbsent(
                            List.of(
                                    tenant.variant(),
                                    String.join(
                                            ", ", plan.mpsOf(tenant.number()).words())),
                            _ -> new ArrayList<>())
                    .add(tenant);
        }
        variants = alike.entrySet().stream()
                .map(entry -> new Alike(
                        entry.getKey().getFirst(),
                        entry.getKey().getLast(),
                        entry.getValue().getFirst().unit(),
                        entry.getValue()))
                .toList();
        for (BaselineResult baseline : result.baselines()) {
            baseline.alone().unitsPerSec().asOptional().ifPresent(rate -> alone.put(baseline.variant(), rate));
        }
        exclusive = Headline.isExclusive(result);
    }

    List<String> lines(int columns) {
        List<Extra> extras = Arrays.stream(Extra.values())
                .filter(extra -> extra != Extra.ALONE || !alone.isEmpty())
                .toList();
        return FittingColumns.lines(columns, extras.size(), shown -> render(extras.subList(0, shown)));
    }

    private List<String> render(List<Extra> shown) {
        Table<Alike> table = new Table<Alike>()
                .number("Tenants", row -> Integer.toString(row.tenants().size()))
                .text("Workload", Alike::variant);
        if (limited) {
            table.text("MPS", Alike::limits);
        }
        table.number("Mean", row -> cell(row.rates(), DoubleSummaryStatistics::getAverage, VariantsTable::digits))
                .text("", VariantsTable::unit);
        if (shown.contains(Extra.LEAST)) {
            table.number("Least", row -> cell(row.rates(), DoubleSummaryStatistics::getMin, VariantsTable::scaled));
        }
        if (shown.contains(Extra.MOST)) {
            table.number("Most", row -> cell(row.rates(), DoubleSummaryStatistics::getMax, VariantsTable::scaled));
        }
        if (shown.contains(Extra.ALONE)) {
            table.number(
                    "Alone",
                    row -> Optional.ofNullable(alone.get(row.variant()))
                            .map(VariantsTable::scaled)
                            .orElse(UNKNOWN));
        }
        if (!exclusive && variants.stream().anyMatch(row -> row.slowdowns().getCount() > 0)) {
            table.number(
                            "Slowdown",
                            row -> cell(row.slowdowns(), DoubleSummaryStatistics::getAverage, VariantsTable::times))
                    .number(
                            "Worst",
                            row -> cell(row.slowdowns(), DoubleSummaryStatistics::getMax, VariantsTable::times));
        }
        if (shown.contains(Extra.P50)) {
            table.number(
                    "p50 ms",
                    row -> cell(
                            row.latencies(Latency::p50Ms), DoubleSummaryStatistics::getAverage, ScaledNumber::plain));
        }
        if (shown.contains(Extra.P99)) {
            table.number(
                    "Worst p99 ms",
                    row -> cell(row.latencies(Latency::p99Ms), DoubleSummaryStatistics::getMax, ScaledNumber::plain));
        }
        return table.render(variants).lines().toList();
    }

    private static String unit(Alike row) {
        DoubleSummaryStatistics rates = row.rates();
        return rates.getCount() == 0 ? "" : ScaledNumber.of(rates.getAverage()).rateUnit(row.unit()) + " each";
    }

    private static String digits(double value) {
        return ScaledNumber.of(value).digits();
    }

    private static String scaled(double value) {
        return ScaledNumber.of(value).toString();
    }

    private static String times(double slowdown) {
        return Amount.decimals(slowdown, 2) + " ×";
    }

    private static String cell(
            DoubleSummaryStatistics numbers,
            ToDoubleFunction<DoubleSummaryStatistics> which,
            DoubleFunction<String> words) {
        return numbers.getCount() == 0 ? UNKNOWN : words.apply(which.applyAsDouble(numbers));
    }
}
