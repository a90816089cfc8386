package io.gpushare.cli.bench;

import io.gpushare.analysis.MeanInterval;
import io.gpushare.analysis.MeanInterval.Spread;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Style;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.text.Amount;
import io.gpushare.text.ScaledNumber;
import io.gpushare.text.TableColumns;
import java.util.List;

/** Several runs of one plan: a row each, then their means. */
final class RepetitionsReport {
    private static final String UNKNOWN = "–";

    private final Console console;

    RepetitionsReport(Console console) {
        this.console = console;
    }

    private record MeanRow(String metric, MeanInterval mean) {
        private static final double LONGEST_WITH_DECIMALS = 1000;

        /** A spread has the decimals of its mean. */
        String number(double value) {
            return Math.abs(mean.mean()) < LONGEST_WITH_DECIMALS
                    ? Amount.decimals(value, 3)
                    : ScaledNumber.of(value).toString();
        }

        String spread() {
            return mean.spread()
                    .map(Spread::upper)
                    .map(upper -> "± " + number(upper - mean.mean()))
                    .orElse(UNKNOWN);
        }
    }

    void print(List<RunResult> results) {
        console.out().println(runs(results));
        console.out().println();
        List<MeanRow> means = RepetitionMetric.means(results).entrySet().stream()
                .map(entry -> new MeanRow(entry.getKey().label(), entry.getValue()))
                .toList();
        if (!means.isEmpty()) {
            console.out()
                    .println(new TableColumns<MeanRow>()
                            .text("Metric", MeanRow::metric)
                            .number("n", row -> Integer.toString(row.mean().n()))
                            .number("mean", row -> row.number(row.mean().mean()))
                            .number("95 % interval", MeanRow::spread)
                            .render(means));
            console.out().println(console.styled(Style.SECONDARY, "Over the runs that are valid."));
            console.out().println();
        }
    }

    private static String runs(List<RunResult> results) {
        TableColumns<RunResult> table =
                new TableColumns<RunResult>().number("Run", result -> Integer.toString(result.repetition()));
        for (RepetitionMetric metric : RepetitionMetric.of(results)) {
            table.number(
                    metric.label(),
                    result -> metric.value(result)
                            .map(value -> ScaledNumber.of(value).toString())
                            .orElse(UNKNOWN));
        }
        return table.text("Verdict", result -> result.verdict().valid() ? "VALID" : "INVALID")
                .render(results);
    }
}
