package io.gpushare.cli.bench;

import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.TableColumns;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A row for each tenant that serves: what it was asked, how it answered, and what sharing did to its tail. */
final class ServersTable {
    private static final double TAIL = 0.99;

    private final List<TenantResult> servers;
    private final Map<String, ServedLoad> alone = new HashMap<>();

    ServersTable(RunResult result) {
        this.servers = result.tenants().stream()
                .filter(tenant -> tenant.load().isPresent())
                .toList();
        for (BaselineResult baseline : result.baselines()) {
            baseline.alone().load().ifPresent(load -> alone.put(baseline.variant(), load));
        }
    }

    boolean isEmpty() {
        return servers.isEmpty();
    }

    List<String> lines(int columns) {
        TableColumns<TenantResult> table = new TableColumns<TenantResult>()
                .number("#", tenant -> Integer.toString(tenant.number()))
                .text("Load", tenant -> load(tenant).said())
                .number("Due /s", 2, tenant -> Figure.of(load(tenant).scheduledPerSec()))
                .number("Answered /s", tenant -> Figure.of(load(tenant).answeredPerSec()))
                .number("Errors", tenant -> Figure.percent(load(tenant).failedShare()))
                .number("p50 ms", 1, tenant -> figure(load(tenant).latencyMs(0.5)))
                .number("p99 ms", tenant -> figure(load(tenant).latencyMs(TAIL)));
        if (!alone.isEmpty()) {
            table.number(
                            "Alone",
                            1,
                            tenant -> Optional.ofNullable(alone.get(tenant.variant()))
                                    .map(load -> figure(load.latencyMs(TAIL)))
                                    .orElse(Figure.UNKNOWN))
                    .number(
                            "p99 ×",
                            tenant -> load(tenant)
                                    .p99Slowdown()
                                    .asOptional()
                                    .map(times -> Amount.decimals(times, 2) + " ×")
                                    .orElse(Figure.UNKNOWN));
        }
        if (servers.stream().anyMatch(tenant -> load(tenant).good().isPresent())) {
            table.number("Good", tenant -> {
                OptionalDouble share = load(tenant).goodShare();
                return share.isPresent() ? Figure.percent(share.getAsDouble()) : Figure.UNKNOWN;
            });
        }
        table.number("Sent late ms", 3, tenant -> figure(load(tenant).latenessP99Ms()));
        return table.of(servers).lines(columns);
    }

    private static ServedLoad load(TenantResult tenant) {
        return tenant.load().orElseThrow();
    }

    private static String figure(OptionalDouble value) {
        return value.isPresent() ? Figure.of(value.getAsDouble()) : Figure.UNKNOWN;
    }
}
