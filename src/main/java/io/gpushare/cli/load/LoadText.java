package io.gpushare.cli.load;

import io.gpushare.analysis.EarlyStopping;
import io.gpushare.analysis.Estimate;
import io.gpushare.load.LoadEnd;
import io.gpushare.load.LoadOutcome;
import io.gpushare.load.account.Distribution;
import io.gpushare.load.account.Ending;
import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.bound.Bound;
import io.gpushare.load.bound.Quantity.Statistic;
import io.gpushare.report.text.Block;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import io.gpushare.text.TableColumns;
import io.gpushare.text.TextTable;
import io.gpushare.text.TextTable.Column;
import io.gpushare.text.TextTable.Row;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What one measurement came to: first the rates and what went wrong, then the latencies, then the doubts. */
final class LoadText {
    private static final double NANOS_PER_MS = 1e6;

    /** Of the requests sent, this share at least should be answered while the load goes on. */
    private static final double KEEPS_UP = 0.97;

    /** Of the tokens that a server says it made, so many may be missing among the events. */
    private static final double SAME_TOKENS = 0.01;

    private static final double TAIL = 0.99;

    private final LoadOutcome outcome;
    private final LoadSummary summary;
    private final LoadAsked asked;
    private final List<Block> blocks = new ArrayList<>();

    private LoadText(LoadOutcome outcome, LoadAsked asked) {
        this.outcome = outcome;
        this.summary = outcome.summary();
        this.asked = asked;
    }

    static List<Block> of(LoadOutcome outcome, LoadAsked asked) {
        LoadText text = new LoadText(outcome, asked);
        text.blocks.add(new Block.Heading(1, asked.title()));
        text.answers();
        text.latencies();
        text.kinds();
        text.doubts();
        return text.blocks;
    }

    private void answers() {
        end().ifPresent(sentence -> blocks.add(new Block.Paragraph(Tone.ATTENTION, sentence)));
        point("Rate", rates());
        if (summary.tokens() > 0) {
            point(
                    "Tokens",
                    Figure.precise(summary.outputTokenThroughput()) + " output tokens/s"
                            + plusMinus(summary.tokenThroughput()) + ", counted by the events of the streams");
        }
        if (summary.hasGoal()) {
            point(
                    "Goodput",
                    Figure.precise(summary.goodput()) + " requests/s keep " + asked.goal() + ": "
                            + Figure.percent(summary.goodShare()) + " of all");
        }
        point("Requests", requests());
        point(
                "Connections",
                outcome.connectionsOpened() + " opened; at most " + Amount.of(outcome.mostUnderWay(), "request")
                        + " at once");
        if (asked.open()) {
            summary.distribution(LoadMetric.DISPATCH_LATENESS)
                    .ifPresent(late -> point(
                            "Lateness",
                            "sent p50 " + milliseconds((double) late.p50Nanos()) + " and p99 "
                                    + milliseconds((double) late.p99Nanos()) + " ms behind the intended moment"));
        }
    }

    private Optional<String> end() {
        String measured = Amount.decimals(summary.seconds(), 1) + " s were measured.";
        return switch (outcome.end()) {
            case LoadEnd.Whole() -> Optional.empty();
            case LoadEnd.Saturated(long underWay) ->
                Optional.of("Cut short: the server fell behind for good, with " + underWay + " requests under way. "
                        + measured);
            case LoadEnd.Aborted(Bound by) ->
                Optional.of("Ended early, because of --abort-if " + by.text() + ". " + measured);
            case LoadEnd.Interrupted() -> Optional.of("Interrupted. " + measured);
        };
    }

    private String rates() {
        String got =
                Figure.precise(summary.requestThroughput()) + " requests/s answered" + plusMinus(summary.throughput());
        return asked.open()
                ? got + "; " + Figure.precise(summary.scheduledRate()) + "/s were due, "
                        + Figure.precise(summary.sentRate()) + "/s sent"
                : got;
    }

    private static String plusMinus(Optional<Estimate> estimate) {
        return estimate.filter(known -> known.value() > 0)
                .map(known -> " " + Figure.plusMinus(known.percent()))
                .orElse("");
    }

    private String requests() {
        StringBuilder text = new StringBuilder().append(summary.done()).append(" answered");
        for (Map.Entry<Ending, Long> entry : summary.endings().entrySet()) {
            if (entry.getKey() != Ending.DONE) {
                text.append("; ")
                        .append(entry.getValue())
                        .append(' ')
                        .append(entry.getKey().words());
            }
        }
        if (summary.dropped() > 0) {
            text.append("; ").append(summary.dropped()).append(" dropped");
        }
        text.append(". Errors: ").append(Figure.percent(summary.errorRate()));
        if (!summary.statuses().isEmpty()) {
            text.append(". Status ")
                    .append(summary.statuses().entrySet().stream()
                            .map(entry -> entry.getKey() + ": " + entry.getValue())
                            .collect(Collectors.joining(", ")));
        }
        return text.toString();
    }

    private void point(String label, String sentence) {
        blocks.add(new Block.Point("", Tone.PLAIN, label, sentence, List.of()));
    }

    private void latencies() {
        if (summary.distribution(LoadMetric.REQUEST_LATENCY).isEmpty()) {
            return;
        }
        List<Column> columns = new ArrayList<>(List.of(Column.text("ms")));
        List<Statistic> statistics = List.of(
                Statistic.AVG,
                Statistic.P50,
                Statistic.P90,
                Statistic.P95,
                Statistic.P99,
                Statistic.P999,
                Statistic.MAX,
                Statistic.MIN,
                Statistic.STD);
        statistics.forEach(
                statistic -> columns.add(Column.number(statistic.text()).withRank(rank(statistic))));
        List<Row> rows = new ArrayList<>();
        for (LoadMetric metric : LoadMetric.values()) {
            boolean shown = metric != LoadMetric.DISPATCH_LATENESS
                    && (asked.open() || metric != LoadMetric.REQUEST_LATENCY_UNCORRECTED);
            summary.distribution(metric)
                    .filter(_ -> shown)
                    .ifPresent(distribution -> rows.add(row(metric, distribution, statistics)));
        }
        blocks.add(new Block.Grid(new TextTable(columns, rows)));
    }

    private static int rank(Statistic statistic) {
        return switch (statistic) {
            case P50, P99 -> 0;
            case AVG, P90, P95, P999, MAX -> 1;
            case MIN, STD -> 2;
        };
    }

    private static Row row(LoadMetric metric, Distribution distribution, List<Statistic> statistics) {
        List<String> cells = new ArrayList<>(List.of(metric.key()));
        statistics.forEach(statistic -> cells.add(milliseconds(statistic.of(distribution))));
        return new Row(Tone.PLAIN, cells);
    }

    private static String milliseconds(double nanos) {
        return Figure.of(nanos / NANOS_PER_MS);
    }

    private void kinds() {
        if (summary.kinds().size() < 2) {
            return;
        }
        TableColumns<Integer> columns = new TableColumns<Integer>()
                .text("Request", asked.kinds()::get)
                .number("Ended", i -> Long.toString(summary.kinds().get(i).ended()))
                .number("Failed", i -> Long.toString(summary.kinds().get(i).failed()))
                .number("p50 ms", i -> latency(i, Distribution::p50Nanos))
                .number("p99 ms", i -> latency(i, Distribution::p99Nanos));
        TextTable table =
                columns.of(IntStream.range(0, summary.kinds().size()).boxed().toList());
        blocks.add(new Block.Grid(
                new TextTable(table.columns().stream().map(Column::narrowed).toList(), table.rows())));
    }

    private String latency(int kind, ToLongFunction<Distribution> nanos) {
        return Figure.known(
                summary.kinds().get(kind).latencies(),
                latencies -> milliseconds((double) nanos.applyAsLong(latencies)));
    }

    private boolean matters(Distribution lateness) {
        double tail = summary.distribution(LoadMetric.REQUEST_LATENCY)
                .map(latency -> (double) latency.p99Nanos())
                .orElse(0.0);
        return LoadSummary.latenessMatters(lateness.p99Nanos() / NANOS_PER_MS, tail / NANOS_PER_MS);
    }

    private void doubts() {
        List<String> doubts = new ArrayList<>();
        if (summary.dropped() > 0) {
            doubts.add(summary.dropped() + " requests were dropped, because as many as --max-in-flight allows were"
                    + " under way.");
        }
        if (asked.open()) {
            summary.distribution(LoadMetric.DISPATCH_LATENESS)
                    .filter(this::matters)
                    .ifPresent(late -> doubts.add("The load generator was late itself: 1 % of requests were sent "
                            + milliseconds((double) late.p99Nanos())
                            + " ms or more behind their moment. The corrected latency holds that, too."));
        }
        boolean behind = summary.throughput()
                .filter(known -> known.value() + known.halfWidth() < KEEPS_UP * summary.sentRate())
                .isPresent();
        if (asked.open() && behind && summary.errors() == 0) {
            doubts.add("The server did not keep up: less was answered than was sent, so the latencies depend on how"
                    + " long was measured.");
        }
        if (summary.done() > 0 && !EarlyStopping.isValidated(TAIL, summary.done())) {
            doubts.add("The p99 of " + summary.done() + " answers is a guess; " + EarlyStopping.minimumCount(TAIL)
                    + " are the least to trust it.");
        }
        summary.statedTokens().ifPresent(stated -> {
            if (Math.abs(stated - summary.tokens()) > SAME_TOKENS * stated) {
                doubts.add("The server says that it made " + stated + " tokens, in " + summary.tokens()
                        + " events: where an event holds several tokens, time per output token is that of an event.");
            }
        });
        if (outcome.repeated() > 0) {
            doubts.add(outcome.repeated() + " requests went out once more, because the server had closed the"
                    + " connection that was kept.");
        }
        if (asked.warmUp().isZero()) {
            doubts.add("Nothing was warmed up: connections and the first requests are in the figures.");
        }
        if (!doubts.isEmpty()) {
            blocks.add(new Block.Notes(doubts));
        }
    }
}
