package io.gpushare.cli.bench;

import io.gpushare.cli.terminal.AlikeSentences;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.Painter;
import io.gpushare.text.ScaledNumber;
import io.gpushare.text.TableColumns;
import io.gpushare.text.TextTable;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** A row a tenant, with as many columns as fit. */
final class TenantsTable {
    private static final String GUESSED = "~";

    private final List<TenantResult> tenants;
    private final TenantNames names;
    private final RecordedPlan plan;
    private final boolean exclusive;
    private final Map<String, TenantResult> alone = new HashMap<>();
    private boolean limitsShown;

    TenantsTable(RunResult result) {
        this.tenants = result.tenants();
        this.names = new TenantNames(result);
        this.plan = result.plan();
        this.exclusive = Headline.isExclusive(result);
        for (BaselineResult baseline : result.baselines()) {
            alone.put(baseline.variant(), baseline.alone());
        }
    }

    List<String> lines(int columns, Painter painter) {
        limitsShown = plan.tenantsDiffer();
        // The limits of MPS are needed more than what a narrow terminal does without, and a footnote can say them, too.
        limitsShown = limitsShown && table().fits(columns);
        return table().lines(columns, painter);
    }

    /** Ranks say what comes first where the terminal is narrow; the file has all. */
    private TextTable table() {
        TableColumns<TenantResult> table = new TableColumns<TenantResult>()
                .number("#", tenant -> Integer.toString(tenant.number()))
                .text("Workload", names::of);
        if (limitsShown) {
            table.text(
                    "MPS",
                    tenant -> String.join(", ", plan.mpsOf(tenant.number()).words()));
        }
        table.number(
                        "Throughput",
                        tenant -> cell(
                                tenant.unitsPerSec(),
                                rate -> ScaledNumber.of(rate).digits()))
                .text(
                        "",
                        tenant -> cell(
                                tenant.unitsPerSec(),
                                rate -> ScaledNumber.of(rate).rateUnit(tenant.unit()),
                                tenant.unit() + "s/s"));
        if (tenants.stream().anyMatch(tenant -> tenant.errors().throughput().isPresent())) {
            table.number("Error", 1, tenant -> error(tenant.errors().throughputPercent()));
        }
        if (!alone.isEmpty()) {
            table.number("Alone", 1, this::alone);
        }
        boolean slowdownKnown = tenants.stream()
                .anyMatch(tenant -> tenant.slowdown().asOptional().isPresent());
        if (!exclusive && slowdownKnown) {
            table.number("Slowdown", tenant -> cell(tenant.slowdown(), times -> Amount.decimals(times, 2) + " ×"));
        }
        if (tenants.stream().anyMatch(tenant -> tenant.timeToCompletionS().isPresent())) {
            table.number(
                    "To its end",
                    tenant -> tenant.timeToCompletionS()
                            .map(seconds -> Amount.decimals(seconds, 1) + " s")
                            .orElse(Figure.UNKNOWN));
        }
        if (tenants.stream().anyMatch(TenantsTable::tellsLatency)) {
            table.number("p50 ms", 2, tenant -> latency(tenant, Latency::p50Ms))
                    .number("p90 ms", 5, tenant -> latency(tenant, Latency::p90Ms))
                    .number("p95 ms", 6, tenant -> latency(tenant, Latency::p95Ms))
                    .number("p99 ms", tenant -> (guessed(tenant) ? GUESSED : "") + latency(tenant, Latency::p99Ms));
        }
        if (!exclusive) {
            table.number(
                    "Late µs", 3, tenant -> cell(tenant.start().lateNanos(), nanos -> Amount.decimals(nanos / 1e3, 0)));
        }
        if (tenants.stream().anyMatch(TenantsTable::hasHostUse)) {
            table.number("CPU s", 4, tenant -> cell(tenant.host(), host -> Amount.decimals(host.cpuS(), 1)));
        }
        return table.table(tenants.stream()
                .map(tenant -> table.row(tenant.failed() ? Tone.BAD : Tone.PLAIN, tenant))
                .toList());
    }

    private static String error(OptionalDouble percent) {
        return percent.isPresent() ? Figure.plusMinus(percent.getAsDouble()) : Figure.UNKNOWN;
    }

    private String alone(TenantResult tenant) {
        TenantResult baseline = alone.get(tenant.variant());
        return baseline == null
                ? Figure.UNKNOWN
                : cell(baseline.unitsPerSec(), rate -> ScaledNumber.of(rate).toString());
    }

    private static String latency(TenantResult tenant, ToDoubleFunction<Latency> which) {
        return tellsLatency(tenant)
                ? cell(tenant.latency(), latency -> ScaledNumber.plain(which.applyAsDouble(latency)))
                : Figure.UNKNOWN;
    }

    /** Of servers it stands in a table of their own, with the answers that came late. */
    private static boolean tellsLatency(TenantResult tenant) {
        return tenant.load().isEmpty() && tenant.latency().asOptional().isPresent();
    }

    /** Simulated tenants use none. */
    private static boolean hasHostUse(TenantResult tenant) {
        return tenant.host().asOptional().isPresent();
    }

    private static boolean guessed(TenantResult tenant) {
        return tenant.latency()
                .asOptional()
                .filter(latency -> tellsLatency(tenant) && !latency.p99Validated())
                .isPresent();
    }

    private static <T> String cell(Reading<T> reading, Function<T, String> words) {
        return cell(reading, words, Figure.UNKNOWN);
    }

    private static <T> String cell(Reading<T> reading, Function<T, String> words, String otherwise) {
        return reading.asOptional().map(words).orElse(otherwise);
    }

    /** The footnotes, with what did not fit into the table; call it after {@link #lines}. */
    List<String> footnotes() {
        List<String> notes = new ArrayList<>(names.footnotes());
        if (plan.tenantsDiffer() && !limitsShown) {
            notes.add("Under MPS: " + limits());
        }
        if (tenants.stream().anyMatch(TenantsTable::guessed)) {
            notes.add(GUESSED
                    + " from too few latencies to be sure of a 99th percentile; a longer --duration gives more.");
        }
        return notes;
    }

    private String limits() {
        Map<String, List<Integer>> numbers = new LinkedHashMap<>();
        for (TenantResult tenant : tenants) {
            String limits = String.join(", ", plan.mpsOf(tenant.number()).words());
            if (!limits.isEmpty()) {
                numbers.computeIfAbsent(limits, _ -> new ArrayList<>()).add(tenant.number());
            }
        }
        return numbers.entrySet().stream()
                .map(entry -> (entry.getValue().size() == 1 ? "tenant " : "tenants ")
                        + AlikeSentences.ranges(entry.getValue()) + " " + entry.getKey())
                .collect(Collectors.joining("; "));
    }
}
