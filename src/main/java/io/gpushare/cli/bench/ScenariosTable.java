package io.gpushare.cli.bench;

import io.gpushare.cli.terminal.AlikeSentences;
import io.gpushare.load.scenario.EarlyStop;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.load.scenario.ScenarioPlan;
import io.gpushare.load.scenario.ScenarioResult;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.ServedLoad;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.text.Durations;
import io.gpushare.text.Figure;
import io.gpushare.text.Painter;
import io.gpushare.text.TableColumns;
import io.gpushare.text.TextTable.Row;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A row for each tenant that is loaded by a scenario of MLPerf: what it came to, and whether LoadGen would call it
 * valid. That is no verdict on the run.
 */
final class ScenariosTable {
    private final List<Judged> judged;
    private final Map<String, ScenarioResult> alone = new HashMap<>();

    private record Judged(TenantResult tenant, ScenarioResult result) {
        ScenarioPlan plan() {
            return result.plan();
        }
    }

    ScenariosTable(RunResult result) {
        this.judged = result.tenants().stream()
                .flatMap(tenant -> scenario(tenant).map(came -> new Judged(tenant, came)).stream())
                .toList();
        for (BaselineResult baseline : result.baselines()) {
            scenario(baseline.alone()).ifPresent(came -> alone.put(baseline.variant(), came));
        }
    }

    private static Optional<ScenarioResult> scenario(TenantResult tenant) {
        return tenant.load().flatMap(ServedLoad::scenario);
    }

    boolean isEmpty() {
        return judged.isEmpty();
    }

    List<String> lines(int columns, Painter painter) {
        TableColumns<Judged> table = new TableColumns<Judged>()
                .number("#", row -> Integer.toString(row.tenant().number()))
                .text("MLPerf", row -> row.plan().scenario().toString())
                .number(
                        "Bound",
                        3,
                        row -> row.plan().latencyBound().map(Durations::text).orElse(Figure.UNKNOWN))
                .number("Result", row -> figure(row.result()))
                .number(
                        "Early stopping",
                        2,
                        row -> row.result()
                                .earlyStop()
                                .map(ScenariosTable::told)
                                .orElse(Figure.UNKNOWN));
        if (!alone.isEmpty()) {
            table.number(
                    "Alone",
                    1,
                    row -> Optional.ofNullable(alone.get(row.tenant().variant()))
                            .map(own -> figure(own) + ", " + word(own))
                            .orElse(Figure.UNKNOWN));
        }
        table.text("LoadGen says", row -> word(row.result()) + (row.plan().official() ? "" : ", shortened"));
        List<Row> rows = judged.stream()
                .map(row -> table.row(row.result().valid() ? Tone.PLAIN : Tone.BAD, row))
                .toList();
        return table.table(rows).lines(columns, painter);
    }

    /** Of a stream with the percentile, which its scenario says. */
    private static String figure(ScenarioResult result) {
        if (result.value().isEmpty()) {
            return Figure.UNKNOWN;
        }
        Scenario scenario = result.plan().scenario();
        String percentile = switch (scenario) {
            case SINGLE_STREAM, MULTI_STREAM -> "p" + Math.round(100 * scenario.percentile()) + " ";
            case SERVER, OFFLINE -> "";
        };
        return percentile + Figure.precise(result.value().getAsDouble(), result.unit());
    }

    private static String told(EarlyStop stop) {
        return (stop.met() ? "met: " : "not met: ") + stop.over() + " of " + stop.queries() + " over";
    }

    private static String word(ScenarioResult result) {
        return result.valid() ? "VALID" : "INVALID";
    }

    /** Why LoadGen would not take it, and what is shorter than it asks for. */
    List<String> notes() {
        List<String> notes = new ArrayList<>(AlikeSentences.joined(judged.stream()
                .filter(row -> !row.result().valid())
                .map(row -> "Tenant %d (%s) is not valid for LoadGen, because %s."
                        .formatted(
                                row.tenant().number(),
                                row.tenant().workload(),
                                String.join(", and ", row.result().faults())))
                .toList()));
        if (judged.stream().anyMatch(row -> !row.plan().official())) {
            notes.add("Shortened: MLPerf asks for 600 s at least, as load.official=true does.");
        }
        return notes;
    }
}
