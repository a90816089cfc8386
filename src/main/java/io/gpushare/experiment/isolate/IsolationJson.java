package io.gpushare.experiment.isolate;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.RecordJson;
import io.gpushare.results.ToolVersion;

/** What was found out, for programs. */
public final class IsolationJson {
    private static final int SCHEMA_VERSION = 1;

    private IsolationJson() {}

    public static ObjectNode of(Isolation isolation) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("schema_version", SCHEMA_VERSION)
                .put("tool_version", ToolVersion.current().toString())
                .put("simulated", isolation.simulated())
                .put("victim", isolation.victim())
                .put("where", isolation.where());
        RecordJson.put(node, "thresholds", isolation.thresholds());
        ArrayNode modes = node.putArray("modes");
        for (ModeTrials mode : isolation.modes()) {
            ObjectNode one = modes.addObject().put("mode", mode.mode());
            RecordJson.put(one, "verdict", mode.verdict().map(Containment::toString));
            ArrayNode trials = one.putArray("trials");
            mode.trials().forEach(trial -> put(trials.addObject(), trial));
        }
        return node;
    }

    private static void put(ObjectNode node, Trial trial) {
        node.put("neighbour", trial.what().toString());
        RecordJson.put(node, "run_id", trial.runId());
        RecordJson.put(node, "verdict", trial.containment().map(Containment::toString));
        switch (trial.outcome()) {
            case Outcome.Unjudged(String reason, boolean _) -> node.put("verdict_absent", reason);
            case Outcome.Judged judged -> put(node, judged);
        }
    }

    private static void put(ObjectNode node, Outcome.Judged judged) {
        put(node.putObject("quiet"), judged.quiet());
        put(node.putObject("during"), judged.during());
        node.put("kept", judged.kept());
        RecordJson.put(node, "kept_error", judged.keptError());
        RecordJson.put(node, "p99_times", judged.p99Times());
        RecordJson.put(node, "victim_died", judged.victimDied());
        RecordJson.put(node, "neighbour_failed", judged.neighbourFailed());
        judged.recovery().ifPresent(recovery -> put(node.putObject("recovery"), recovery));
        judged.limit()
                .ifPresent(limit -> node.putObject("memory_limit")
                        .put("whose", limit.whose())
                        .put("limit_bytes", limit.limitBytes())
                        .put("allocated_bytes", limit.gotBytes())
                        .put("held", limit.held()));
    }

    private static void put(ObjectNode node, Stretch stretch) {
        node.put("windows", stretch.windows()).put("throughput_units_per_sec", stretch.unitsPerSec());
        RecordJson.put(node, "latency_p99_ms", stretch.p99Ms());
        RecordJson.put(node, "longest_step_ms", stretch.longestMs());
    }

    private static void put(ObjectNode node, Recovery recovery) {
        switch (recovery) {
            case Recovery.NotNeeded() -> node.put("kind", "not_needed");
            case Recovery.Within(double seconds) -> node.put("kind", "within").put("seconds", seconds);
            case Recovery.NotWithin(double seconds) ->
                node.put("kind", "not_within").put("seconds", seconds);
            case Recovery.Anew(double readyS, double usualS) ->
                node.put("kind", "anew").put("ready_s", readyS).put("usual_ready_s", usualS);
            case Recovery.NotAnew(String reason) -> node.put("kind", "not_anew").put("reason", reason);
        }
    }
}
