package io.gpushare.cli;

import io.gpushare.amount.Amount;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.cli.terminal.Wrapping;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.run.RunOutcome;
import java.util.List;

/** What is printed when a bench has ended: what each tenant got, what sharing did, and whether to believe it. */
final class BenchReport {
    /** On a narrower terminal, half a sentence a line would help nobody. */
    private static final int NARROWEST_TEXT = 40;

    private static final int WIDEST_TEXT = 110;

    private final Console console;
    private final String where;
    private final int columns;

    /**
     * @param where GPU, runtime, duration: what no result says in a word
     * @param columns what the terminal has
     */
    BenchReport(Console console, String where, int columns) {
        this.console = console;
        this.where = where;
        this.columns = columns;
    }

    void print(List<RunOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            line("Nothing was measured.");
            return;
        }
        heading(outcomes.getFirst().result());
        if (outcomes.size() == 1) {
            one(outcomes.getFirst().result());
        } else {
            new RepetitionsReport(console).print(outcomes);
            outcomes.forEach(
                    outcome -> judge(outcome.result(), "Run " + outcome.result().repetition() + ": "));
        }
        outcomes.forEach(outcome ->
                line("Saved to " + console.styled(Style.COMMAND, outcome.file().toString())));
    }

    private void heading(RunResult result) {
        line("");
        line(console.styled(
                        Style.HEADING,
                        result.mode() + ", " + Amount.of(result.tenants().size(), "tenant")) + "  " + where);
        if (result.simulated()) {
            line(console.styled(Style.ATTENTION, "SIMULATED") + "  a model said this; no GPU was measured");
        }
        line("");
    }

    private void one(RunResult result) {
        TenantsTable table = new TenantsTable(result);
        List<String> lines = table.lines(columns);
        for (int i = 0; i < lines.size(); i++) {
            int tenant = i - TenantsTable.HEADER_LINES;
            boolean failed = tenant >= 0 && result.tenants().get(tenant).failed();
            line(failed ? console.styled(Style.BAD, lines.get(i)) : lines.get(i));
        }
        table.footnotes().forEach(note -> wrapped(Style.SECONDARY, "", note));
        line("");
        new SharingSummary(console, result).lines().forEach(this::line);
        line("");
        judge(result, "");
    }

    private void judge(RunResult result, String prefix) {
        Verdict verdict = result.verdict();
        if (verdict.valid()) {
            line(prefix + console.styled(Style.GOOD, "VALID") + "  nothing was found that speaks against it");
        } else {
            line(prefix + console.styled(Style.BAD, "INVALID"));
            verdict.findings()
                    .forEach(finding ->
                            wrapped(Style.BAD, "  " + finding.reason().words() + ": ", finding.message()));
        }
        result.tenants().forEach(tenant -> tellProblem(tenant, verdict));
        result.warnings().forEach(warning -> wrapped(Style.ATTENTION, "warning: ", warning));
    }

    private void tellProblem(TenantResult tenant, Verdict verdict) {
        tenant.problem().ifPresent(problem -> {
            boolean told = verdict.findings().stream()
                    .anyMatch(finding -> finding.message().contains(problem.message()));
            wrapped(
                    Style.BAD,
                    "  tenant %d (%s): ".formatted(tenant.number(), tenant.workload()),
                    (told ? "" : problem.message() + "; ") + "its output is in " + tenant.log());
        });
    }

    /** The start in its style, the text below itself. */
    private void wrapped(Style style, String start, String text) {
        int width = Math.max(NARROWEST_TEXT, Math.min(columns, WIDEST_TEXT) - start.length());
        boolean whole = start.isEmpty();
        String before = console.styled(style, start);
        for (String part :
                Wrapping.of(text.replaceAll("\\p{Cntrl}", " "), width).toList()) {
            line(whole ? console.styled(style, part) : before + part);
            before = " ".repeat(start.length());
        }
    }

    private void line(String text) {
        console.out().println(text.stripTrailing());
    }
}
