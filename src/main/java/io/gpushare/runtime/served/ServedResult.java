package io.gpushare.runtime.served;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.load.LoadOutcome;
import io.gpushare.load.account.Distribution;
import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.scenario.Queries;
import io.gpushare.load.scenario.ScenarioResult;
import io.gpushare.load.words.TenantLoad;
import io.gpushare.load.written.AskedJson;
import io.gpushare.load.written.LoadJson;
import io.gpushare.load.written.ScenarioJson;

/** What the load generator measured, in the result of a tenant: its metrics as numbers, and all of it as it is. */
final class ServedResult {
    private ServedResult() {}

    static void put(ObjectNode result, TenantLoad load, LoadOutcome outcome, ObjectNode generator) {
        metrics(result.putObject("metrics"), outcome.summary());
        LoadSummary summary = outcome.summary();
        ObjectNode all = result.putObject("load");
        all.put("said", load.said()).put("seconds", summary.seconds());
        all.put("scheduled", summary.scheduled()).put("answered_per_sec", summary.requestThroughput());
        all.put("failed", summary.errors() + summary.dropped());
        if (summary.hasGoal()) {
            all.put("good", summary.good());
        } else {
            all.putNull("good");
        }
        ObjectNode counts = all.putObject("latency");
        summary.latencies().counts().forEach((bucket, count) -> counts.put(String.valueOf(bucket), count));
        summary.distribution(LoadMetric.DISPATCH_LATENESS)
                .ifPresentOrElse(
                        late -> all.put("lateness_p99_ms", late.p99Nanos() / 1e6),
                        () -> all.putNull("lateness_p99_ms"));
        load.scenario()
                .map(plan ->
                        ScenarioResult.of(plan, Queries.of(outcome, load.plan().duration())))
                .ifPresent(scenario -> all.set(ScenarioJson.FIELD, ScenarioJson.of(scenario)));
        ObjectNode details = all.putObject("details");
        details.set(
                "asked", AskedJson.of(load.plan(), load.said(), load.client().http2()));
        details.set("measured", LoadJson.of(outcome, load.requests().kinds()));
        details.set("generator", generator);
    }

    private static void metrics(ObjectNode metrics, LoadSummary summary) {
        metrics.put("request_throughput", summary.requestThroughput());
        metrics.put("error_rate", summary.errorRate());
        if (summary.hasGoal()) {
            metrics.put("goodput", summary.goodput()).put("goodput_share", summary.goodShare());
        }
        if (summary.tokens() > 0) {
            metrics.put("output_token_throughput", summary.outputTokenThroughput());
        }
        for (LoadMetric metric : LoadMetric.values()) {
            summary.distribution(metric).ifPresent(distribution -> latencies(metrics, metric.key(), distribution));
        }
    }

    private static void latencies(ObjectNode metrics, String name, Distribution distribution) {
        metrics.put(name + "_p50_ms", distribution.p50Nanos() / 1e6);
        metrics.put(name + "_p99_ms", distribution.p99Nanos() / 1e6);
    }
}
