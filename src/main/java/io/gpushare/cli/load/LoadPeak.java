package io.gpushare.cli.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.load.account.Distribution;
import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.bound.Bound;
import io.gpushare.load.peak.PeakSearch;
import io.gpushare.load.peak.PeakStep;
import io.gpushare.report.text.Block;
import io.gpushare.text.Figure;
import io.gpushare.text.TextTable;
import io.gpushare.text.TextTable.Column;
import io.gpushare.text.TextTable.Row;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What a search for the highest rate found, in words and as JSON. */
record LoadPeak(List<Bound> bounds, PeakSearch search) {
    LoadPeak {
        bounds = List.copyOf(bounds);
    }

    List<Block> text(LoadAsked asked) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading(1, "Highest rate with " + words() + " · " + asked.target()));
        blocks.add(new Block.Paragraph(search.peak().isPresent() ? Tone.GOOD : Tone.BAD, answer()));
        blocks.add(steps());
        search.peak()
                .filter(step -> step.outcome() == PeakStep.Outcome.KEPT_BY_FEW)
                .ifPresent(_ -> blocks.add(new Block.Notes(List.of(
                        "Too few requests were seen at that rate to be sure of the percentile; a longer --duration"
                                + " would tell."))));
        return blocks;
    }

    private String words() {
        return bounds.stream().map(Bound::text).collect(Collectors.joining(" and "));
    }

    private String answer() {
        String above = search.tooMuch()
                .map(step -> " " + Figure.precise(step.rate()) + "/s is too much: "
                        + step.outcome().words() + ".")
                .orElse(" No higher rate was tried.");
        return search.peak()
                        .map(step -> Figure.precise(step.rate()) + " requests/s keep the bound.")
                        .orElse("No rate that was tried keeps the bound.")
                + above;
    }

    private Block steps() {
        List<Column> columns = List.of(
                Column.number("Asked /s"),
                Column.number("Answered /s"),
                Column.number("p50 ms"),
                Column.number("p99 ms"),
                Column.number("Errors"),
                Column.number("Good").withRank(1),
                Column.toned("Bound"));
        List<Row> rows = search.steps().stream().map(LoadPeak::row).toList();
        return new Block.Grid(new TextTable(columns, rows));
    }

    private static Row row(PeakStep step) {
        LoadSummary summary = step.summary();
        Tone tone = switch (step.outcome()) {
            case KEPT -> Tone.GOOD;
            case KEPT_BY_FEW, GENERATOR_BEHIND -> Tone.ATTENTION;
            case MISSED, SATURATED -> Tone.BAD;
        };
        return new Row(
                tone,
                List.of(
                        Figure.precise(step.rate()),
                        Figure.precise(summary.requestThroughput()),
                        ms(summary, Distribution::p50Nanos),
                        p99(summary),
                        Figure.percent(summary.errorRate()),
                        summary.hasGoal() ? Figure.percent(summary.goodShare()) : Figure.UNKNOWN,
                        step.outcome().words()));
    }

    static String p99(LoadSummary summary) {
        return ms(summary, Distribution::p99Nanos);
    }

    private static String ms(LoadSummary summary, ToLongFunction<Distribution> nanos) {
        return Figure.known(
                summary.distribution(LoadMetric.REQUEST_LATENCY),
                latency -> Figure.of(nanos.applyAsLong(latency) / 1e6));
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode texts = json.putArray("bounds");
        bounds.forEach(bound -> texts.add(bound.text()));
        search.peak().ifPresentOrElse(step -> json.put("rate", step.rate()), () -> json.putNull("rate"));
        ArrayNode steps = json.putArray("steps");
        for (PeakStep step : search.steps()) {
            ObjectNode one = steps.addObject();
            one.put("rate", step.rate())
                    .put("outcome", step.outcome().name().toLowerCase(Locale.ROOT))
                    .put("request_throughput", step.summary().requestThroughput())
                    .put("error_rate", step.summary().errorRate());
            step.summary()
                    .distribution(LoadMetric.REQUEST_LATENCY)
                    .map(Distribution::p99Nanos)
                    .ifPresent(nanos -> one.put("request_latency_p99_ms", nanos / 1e6));
        }
        return json;
    }
}
