package io.gpushare.cli.bench;

import io.gpushare.plan.RecordedPlan;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.text.Amount;
import io.gpushare.text.ScaledNumber;
import io.gpushare.text.TableColumns;
import java.util.ArrayList;
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

    /** Ranks say what comes first where the terminal is narrow. */
    List<String> lines(int columns) {
        TableColumns<Alike> table = new TableColumns<Alike>()
                .number("Tenants", row -> Integer.toString(row.tenants().size()))
                .text("Workload", Alike::variant);
        if (limited) {
            table.text("MPS", Alike::limits);
        }
        table.number("Mean", row -> cell(row.rates(), DoubleSummaryStatistics::getAverage, VariantsTable::digits))
                .text("", VariantsTable::unit)
                .number("Least", 2, row -> cell(row.rates(), DoubleSummaryStatistics::getMin, VariantsTable::scaled))
                .number("Most", 3, row -> cell(row.rates(), DoubleSummaryStatistics::getMax, VariantsTable::scaled));
        if (!alone.isEmpty()) {
            table.number(
                    "Alone",
                    4,
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
        return table.number(
                        "p50 ms",
                        5,
                        row -> cell(
                                row.latencies(Latency::p50Ms),
                                DoubleSummaryStatistics::getAverage,
                                ScaledNumber::plain))
                .number(
                        "Worst p99 ms",
                        1,
                        row -> cell(
                                row.latencies(Latency::p99Ms), DoubleSummaryStatistics::getMax, ScaledNumber::plain))
                .of(variants)
                .lines(columns);
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
