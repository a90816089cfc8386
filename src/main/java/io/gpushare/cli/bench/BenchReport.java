package io.gpushare.cli.bench;

import io.gpushare.cli.terminal.AlikeSentences;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.LastWords;
import io.gpushare.cli.terminal.Style;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.run.RunOutcome;
import io.gpushare.text.Amount;
import io.gpushare.text.SafeText;
import io.gpushare.text.Wrapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What is printed when a bench has ended: what each tenant got, what sharing did, and whether to believe it. */
final class BenchReport {
    /** On a narrower terminal, half a sentence a line would help nobody. */
    private static final int NARROWEST_TEXT = 40;

    private static final int WIDEST_TEXT = 110;

    /** More would push what sharing did off the screen. */
    private static final int MOST_ROWS = 12;

    /** The others failed of the same, mostly, and the verdict says where their output is. */
    private static final int MOST_LAST_WORDS = 2;

    private static final String LAST_WORDS = "  │ ";

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
        List<RunResult> results = outcomes.stream().map(RunOutcome::result).toList();
        heading(results.getFirst());
        if (results.size() == 1) {
            one(outcomes.getFirst());
        } else {
            several(outcomes);
        }
        outcomes.forEach(outcome ->
                line("Saved to " + console.styled(Style.COMMAND, outcome.file().toString())));
    }

    private void heading(RunResult result) {
        line("");
        if (result.simulated()) {
            wrapped(Style.ATTENTION, "SIMULATED  ", "A model made these numbers; no GPU was measured.");
        }
        line(console.styled(Style.HEADING, PlannedMode.words(result.mode()))
                + result.plan().layer().map(layer -> " + " + layer).orElse("") + " · "
                + Amount.of(result.tenants().size(), "tenant") + " · " + where);
    }

    private void one(RunOutcome outcome) {
        RunResult result = outcome.result();
        wrapped(Style.HEADING, "", Headline.of(result));
        line("");
        if (!Headline.nothingMeasured(result)) {
            if (result.tenants().size() > MOST_ROWS) {
                new VariantsTable(result).lines(columns).forEach(this::line);
                wrapped(
                        Style.SECONDARY,
                        "",
                        "The file has each of the " + result.tenants().size() + " tenants.");
            } else {
                tenants(result);
            }
            ServersTable servers = new ServersTable(result);
            if (!servers.isEmpty()) {
                line("");
                servers.lines(columns).forEach(this::line);
            }
            ScenariosTable scenarios = new ScenariosTable(result);
            if (!scenarios.isEmpty()) {
                line("");
                scenarios.lines(columns, console::painted).forEach(this::line);
                scenarios.notes().forEach(note -> wrapped(Style.SECONDARY, "", note));
            }
            line("");
            SharingSummary summary = new SharingSummary(console, result);
            summary.lines().forEach(this::line);
            summary.unknowns().forEach(sentence -> wrapped(Style.SECONDARY, "", sentence));
            line("");
        }
        judge(outcome, "");
    }

    private void tenants(RunResult result) {
        TenantsTable table = new TenantsTable(result);
        table.lines(columns, console::painted).forEach(this::line);
        table.footnotes().forEach(note -> wrapped(Style.SECONDARY, "", note));
    }

    private void several(List<RunOutcome> outcomes) {
        List<RunResult> results = outcomes.stream().map(RunOutcome::result).toList();
        Headline.ofRepetitions(results).ifPresent(sentence -> wrapped(Style.HEADING, "", sentence));
        line("");
        new RepetitionsReport(console).print(results);
        List<RunResult> valid =
                results.stream().filter(result -> result.verdict().valid()).toList();
        if (!valid.isEmpty()) {
            String which = valid.size() == results.size()
                    ? "all " + results.size() + " runs"
                    : "run "
                            + AlikeSentences.ranges(
                                    valid.stream().map(RunResult::repetition).toList());
            line(console.styled(Style.GOOD, "VALID") + "  " + which);
        }
        valid.forEach(this::warn);
        outcomes.stream()
                .filter(outcome -> !outcome.result().verdict().valid())
                .forEach(outcome -> judge(outcome, "Run " + outcome.result().repetition() + ": "));
    }

    private void judge(RunOutcome outcome, String prefix) {
        RunResult result = outcome.result();
        Verdict verdict = result.verdict();
        if (verdict.valid()) {
            line(prefix + console.styled(Style.GOOD, "VALID") + "  nothing was found that speaks against it");
        } else {
            line(prefix + console.styled(Style.BAD, "INVALID"));
            Map<Reason, List<String>> byReason = new LinkedHashMap<>();
            verdict.findings()
                    .forEach(finding -> byReason.computeIfAbsent(finding.reason(), _ -> new ArrayList<>())
                            .add(finding.message()));
            byReason.forEach((reason, messages) -> AlikeSentences.joined(messages)
                    .forEach(message -> wrapped(Style.BAD, "  " + reason.words() + ": ", message)));
        }
        AlikeSentences.joined(result.tenants().stream()
                        .flatMap(tenant -> notYetTold(tenant, verdict).stream())
                        .toList())
                .forEach(sentence -> wrapped(Style.BAD, "  ", sentence));
        Stream.concat(result.baselines().stream().map(BaselineResult::alone), result.tenants().stream())
                .filter(BenchReport::failedItself)
                .limit(MOST_LAST_WORDS)
                .forEach(tenant -> lastWords(outcome.file(), tenant));
        warn(result);
    }

    private static boolean failedItself(TenantResult tenant) {
        return tenant.problem().filter(problem -> !problem.cancelled()).isPresent();
    }

    private void lastWords(Path file, TenantResult tenant) {
        List<String> lines = tenant.log()
                .asOptional()
                .map(log -> LastWords.of(file.resolveSibling(log), columns - LAST_WORDS.length()))
                .orElse(List.of());
        if (!lines.isEmpty()) {
            line("  the last lines of tenant " + tenant.number() + " (" + tenant.workload() + "):");
            lines.forEach(words -> line(LAST_WORDS + words));
        }
    }

    private void warn(RunResult result) {
        AlikeSentences.joined(result.warnings()).forEach(warning -> wrapped(Style.ATTENTION, "warning: ", warning));
    }

    /** A tenant's problem that speaks against nothing: it was stopped because of another. */
    private static Optional<String> notYetTold(TenantResult tenant, Verdict verdict) {
        return tenant.problem()
                .map(Problem::message)
                .filter(message -> verdict.findings().stream()
                        .noneMatch(finding -> finding.message().contains(message)))
                .map(message ->
                        "Tenant %d (%s) ended early: %s.".formatted(tenant.number(), tenant.workload(), message));
    }

    /** The start in its style, the text below itself. */
    private void wrapped(Style style, String start, String text) {
        int width = Math.max(NARROWEST_TEXT, Math.min(columns, WIDEST_TEXT) - start.length());
        boolean whole = start.isEmpty();
        String before = console.styled(style, start);
        for (String part :
                Wrapping.of(SafeText.of(text.replaceAll("\\s", " ")), width).toList()) {
            line(whole ? console.styled(style, part) : before + part);
            before = " ".repeat(start.length());
        }
    }

    private void line(String text) {
        // The unit of a workload may be called anything, and a line is one line.
        console.out().println(text.stripTrailing().replace('\n', ' '));
    }
}
