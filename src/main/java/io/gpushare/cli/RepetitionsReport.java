package io.gpushare.cli;

import io.gpushare.amount.Amount;
import io.gpushare.analysis.MeanInterval;
import io.gpushare.analysis.MeanInterval.Spread;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.cli.terminal.Table;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.run.RunOutcome;
import java.util.List;

/** Several runs of one plan: a row each, then their means. */
final class RepetitionsReport {
    private static final String UNKNOWN = "–";

    private final Console console;

    RepetitionsReport(Console console) {
        this.console = console;
    }

    private record MeanRow(String metric, MeanInterval mean) {
        String spread() {
            return mean.spread()
                    .map(Spread::upper)
                    .map(upper -> "± " + Amount.decimals(upper - mean.mean(), 3))
                    .orElse(UNKNOWN);
        }
    }

    void print(List<RunOutcome> outcomes) {
        List<RunResult> results = outcomes.stream().map(RunOutcome::result).toList();
        console.out().println(runs(results));
        console.out().println();
        List<MeanRow> means = RepetitionMetric.means(results).entrySet().stream()
                .map(entry -> new MeanRow(entry.getKey().label(), entry.getValue()))
                .toList();
        if (!means.isEmpty()) {
            console.out()
                    .println(new Table<MeanRow>()
                            .text("Metric", MeanRow::metric)
                            .number("n", row -> Integer.toString(row.mean().n()))
                            .number("mean", row -> Amount.decimals(row.mean().mean(), 3))
                            .number("95 % interval", MeanRow::spread)
                            .render(means));
            console.out().println(console.styled(Style.SECONDARY, "Over the runs that are valid."));
            console.out().println();
        }
    }

    private static String runs(List<RunResult> results) {
        Table<RunResult> table = new Table<RunResult>().number("Run", result -> Integer.toString(result.repetition()));
        for (RepetitionMetric metric : RepetitionMetric.of(results)) {
            table.number(
                    metric.label(),
                    result -> metric.value(result).map(BenchPage::number).orElse(UNKNOWN));
        }
        return table.text("Verdict", result -> result.verdict().valid() ? "VALID" : "INVALID")
                .render(results);
    }
}
