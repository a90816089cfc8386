package io.gpushare.load.written;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.Estimate;
import io.gpushare.analysis.PercentileInterval;
import io.gpushare.load.LoadEnd;
import io.gpushare.load.LoadOutcome;
import io.gpushare.load.account.Distribution;
import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.bound.Bound;
import io.gpushare.load.bound.Quantity.Statistic;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A measurement as JSON, with the names that aiperf gives its metrics. */
public final class LoadJson {
    private static final double NANOS_PER_MS = 1e6;

    private LoadJson() {}

    /** What was measured, without what was asked for. */
    public static ObjectNode of(LoadOutcome outcome, List<String> kinds) {
        LoadSummary summary = outcome.summary();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("measured_at", outcome.began().toString());
        json.put("measured_s", summary.seconds());
        json.set("end", end(outcome.end()));
        json.set("requests", requests(outcome));
        json.put("error_rate", summary.errorRate());
        json.set("scheduled_rate", rate("requests/sec", summary.scheduledRate(), Optional.empty()));
        json.set("sent_rate", rate("requests/sec", summary.sentRate(), Optional.empty()));
        json.set("request_throughput", rate("requests/sec", summary.requestThroughput(), summary.throughput()));
        if (summary.tokens() > 0) {
            json.set(
                    "output_token_throughput",
                    rate("tokens/sec", summary.outputTokenThroughput(), summary.tokenThroughput()));
            ObjectNode tokens = json.putObject("output_tokens");
            tokens.put("counted_by", "events of the stream").put("events", summary.tokens());
            summary.statedTokens().ifPresent(stated -> tokens.put("stated_by_server", stated));
        }
        if (summary.hasGoal()) {
            ObjectNode goodput = rate("requests/sec", summary.goodput(), Optional.empty());
            goodput.put("share", summary.goodShare());
            json.set("goodput", goodput);
        }
        for (LoadMetric metric : LoadMetric.values()) {
            summary.distribution(metric)
                    .ifPresent(distribution -> json.set(metric.key(), distribution(metric, distribution, summary)));
        }
        json.set("kinds", json.arrayNode().addAll(kinds(summary, kinds)));
        json.put("connections_opened", outcome.connectionsOpened());
        json.put("most_under_way", outcome.mostUnderWay());
        return json;
    }

    private static ObjectNode end(LoadEnd end) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (end) {
            case LoadEnd.Whole() -> json.put("kind", "whole");
            case LoadEnd.Saturated(long underWay) ->
                json.put("kind", "saturated").put("under_way", underWay);
            case LoadEnd.Aborted(Bound by) -> json.put("kind", "aborted").put("by", by.text());
            case LoadEnd.Interrupted() -> json.put("kind", "interrupted");
        }
        return json;
    }

    private static ObjectNode requests(LoadOutcome outcome) {
        LoadSummary summary = outcome.summary();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("scheduled", summary.scheduled());
        json.put("dropped", summary.dropped());
        ObjectNode endings = json.putObject("endings");
        summary.endings().forEach((ending, count) -> endings.put(ending.key(), count));
        ObjectNode statuses = json.putObject("statuses");
        summary.statuses().forEach((status, count) -> statuses.put(Integer.toString(status), count));
        json.put("repeated", outcome.repeated());
        json.put("received_bytes", summary.receivedBytes());
        return json;
    }

    private static ObjectNode rate(String unit, double value, Optional<Estimate> estimate) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("unit", unit).put("avg", value);
        estimate.filter(known -> value > 0).ifPresent(known -> json.put("error_percent", known.percent()));
        return json;
    }

    private static ObjectNode distribution(LoadMetric metric, Distribution distribution, LoadSummary summary) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("unit", "ms").put("count", distribution.count());
        for (Statistic statistic : Statistic.values()) {
            json.put(statistic.text(), statistic.of(distribution) / NANOS_PER_MS);
        }
        if (metric == LoadMetric.REQUEST_LATENCY) {
            ObjectNode intervals = json.putObject("interval_95");
            summary.latencyInterval(0.5).ifPresent(interval -> intervals.set("p50", interval(interval)));
            summary.latencyInterval(0.99).ifPresent(interval -> intervals.set("p99", interval(interval)));
        }
        return json;
    }

    /** An open end is null. */
    private static ObjectNode interval(PercentileInterval interval) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        return json.put("lower", ms(interval.lowerNanos())).put("upper", ms(interval.upperNanos()));
    }

    private static @Nullable Double ms(OptionalDouble nanos) {
        return nanos.isPresent() ? Double.valueOf(nanos.getAsDouble() / NANOS_PER_MS) : null;
    }

    private static List<ObjectNode> kinds(LoadSummary summary, List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> kind(names.get(i), summary.kinds().get(i)))
                .toList();
    }

    private static ObjectNode kind(String name, LoadSummary.Kind kind) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", name).put("ended", kind.ended()).put("failed", kind.failed());
        kind.latencies().ifPresent(latencies -> {
            json.put("latency_p50_ms", latencies.p50Nanos() / NANOS_PER_MS);
            json.put("latency_p99_ms", latencies.p99Nanos() / NANOS_PER_MS);
        });
        return json;
    }
}
