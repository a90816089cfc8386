package io.gpushare.report.html;

import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.Errors;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.results.stored.Origin;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.text.Figure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** One run: whether it may be believed, why, and what each tenant got. */
final class RunDetails {
    private static final List<String> COLUMNS =
            List.of("per second", "p50, ms", "p90, ms", "p95, ms", "p99, ms", "slowdown", "start late, ms");
    private static final double NANOS_PER_MS = 1e6;

    private RunDetails() {}

    static Element of(StoredRun run, boolean withTenants) {
        RunResult result = run.result();
        Element details = Element.of("article", "run")
                .add(Element.of("h5")
                        .add(Element.of("code").text(String.valueOf(run.file().getFileName()))));
        Element facts = Element.of("p", "note")
                .text(Masthead.minutes(result.startedAt())
                        + (result.repetitions() > 1
                                ? ", run " + result.repetition() + " of " + result.repetitions()
                                : "")
                        + ", window " + Figure.of(result.timeline().windowS(), "s") + origin(run.origin()) + " ");
        details.add(facts.add(verdict(result)));
        if (!result.verdict().valid()) {
            details.add(Styling.list(findings(run)));
        }
        run.saidVerdict()
                .filter(said -> said.valid() != result.verdict().valid())
                .ifPresent(said -> details.add(Styling.paragraph(
                        "note",
                        "Judged anew from its windows: its file says " + (said.valid() ? "VALID." : "INVALID."))));
        if (!result.warnings().isEmpty()) {
            details.add(titled("Warnings", result.warnings()));
        }
        details.add(titled(
                result.proof().proven() ? "Proof of mode" : "The mode is not proven",
                result.proof().evidence()));
        if (!withTenants) {
            return details;
        }
        List<String> cores = result.tenants().stream()
                .flatMap(tenant -> core(tenant).stream())
                .toList();
        if (!cores.isEmpty()) {
            details.add(titled("Speed of the tenants' cores", cores));
        }
        return details.add(tenants(run));
    }

    static Element verdict(RunResult result) {
        return result.verdict().valid()
                ? Element.of("span", "badge badge-shown").text("VALID")
                : Element.of("span", "badge badge-invalid").text("INVALID");
    }

    static List<String> findings(StoredRun run) {
        return run.result().verdict().findings().stream()
                .map(finding -> finding.reason().words() + ": " + finding.message())
                .toList();
    }

    private static String origin(Origin origin) {
        return switch (origin) {
            case RESULT -> "";
            case JOURNAL -> ", salvaged from the journal of a run that did not come to its end";
        };
    }

    private static Element titled(String title, List<String> lines) {
        return Element.of("div", "lines").add(Element.of("h6").text(title), Styling.list(lines));
    }

    /** {@code Tenant 2: core 12 ran at 57 % of its speed for 9.0 of 30.0 s: 1650 samples/s as measured, 1843 at …}. */
    private static Optional<String> core(TenantResult tenant) {
        return tenant.work()
                .core()
                .asOptional()
                .map(core -> "Tenant " + tenant.number() + ": "
                        + (core.worthSaying() ? core.words() : "at full speed")
                        + tenant.work()
                                .atFullSpeed()
                                .map(fast -> "; " + asMeasured(tenant) + " as measured, "
                                        + Figure.of(fast.unitsPerSec()) + " had no core been slowed")
                                .orElse(""));
    }

    private static String asMeasured(TenantResult tenant) {
        return tenant.work()
                .measuredUnitsPerSec()
                .asOptional()
                .map(rate -> Figure.of(rate, tenant.unit() + "s/s"))
                .orElse(Figure.UNKNOWN);
    }

    private static Element tenants(StoredRun run) {
        Element head = Element.of("tr").add(Styling.columnHead("Tenant"));
        COLUMNS.forEach(column ->
                head.add(Element.of("th", "number").set("scope", "col").text(column)));
        Element body =
                Element.of("tbody").addAll(run.result().tenants().stream().map(RunDetails::tenant));
        return Styling.scroll(
                "Tenants of " + run.result().runId(),
                Element.of("table", "sortable").add(Element.of("thead").add(head), body));
    }

    private static Element tenant(TenantResult tenant) {
        Element name = Element.of("th")
                .set("scope", "row")
                .set("data-value", String.valueOf(tenant.number()))
                .text(tenant.number() + " " + tenant.variant());
        tenant.problem()
                .ifPresent(problem ->
                        name.add(Element.of("small", "problem").text(problem.kind() + ": " + problem.message())));
        Errors errors = tenant.errors();
        return Element.of("tr")
                .add(
                        name,
                        error(cell(0, tenant.unitsPerSec(), " " + tenant.unit() + "s"), errors.throughputPercent()),
                        error(latency(1, tenant, Latency::p50Ms), errors.p50Percent()),
                        error(latency(2, tenant, Latency::p90Ms), errors.p90Percent()),
                        latency(3, tenant, Latency::p95Ms),
                        error(latency(4, tenant, Latency::p99Ms), errors.p99Percent()),
                        error(cell(5, tenant.slowdown(), ""), errors.slowdownPercent()),
                        cell(6, tenant.start().lateNanos().map(nanos -> nanos / NANOS_PER_MS), ""));
    }

    private static Element latency(int column, TenantResult tenant, ToDoubleFunction<Latency> quantile) {
        return cell(column, tenant.latency().map(quantile::applyAsDouble), "");
    }

    /** Half of the 95 % interval, by what was seen within the run. */
    private static Element error(Element cell, OptionalDouble percent) {
        return percent.isPresent() ? cell.add(Element.of("small").text(Figure.plusMinus(percent.getAsDouble()))) : cell;
    }

    private static Element cell(int column, Reading<Double> reading, String unit) {
        Element cell = Element.of("td", "number").set("data-label", COLUMNS.get(column));
        return switch (reading) {
            case Reading.Value<Double>(Double value) ->
                cell.set("data-value", String.valueOf(value)).text(Figure.of(value) + unit);
            case Reading.Absent<Double>(var absence) ->
                cell.set("data-value", "").set("title", absence.reason()).text("–");
        };
    }
}
