package io.gpushare.sampling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.sampling.InstrumentReport.CallLatency;
import io.gpushare.sampling.InstrumentReport.CallReport;
import io.gpushare.sampling.InstrumentReport.LoopReport;
import io.gpushare.sampling.InstrumentReport.RingReport;

/** The sampler's own error as the result file shows it. */
public final class InstrumentJson {
    private InstrumentJson() {}

    public static ObjectNode of(InstrumentReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode calls = node.putArray("calls");
        report.calls().forEach(call -> put(calls.addObject(), call));
        ArrayNode loops = node.putArray("loops");
        report.loops().forEach(loop -> put(loops.addObject(), loop));
        ArrayNode rings = node.putArray("rings");
        report.rings().forEach(ring -> put(rings.addObject(), ring));
        return node;
    }

    private static void put(ObjectNode node, CallReport call) {
        node.put("name", call.name()).put("calls", call.calls()).put("failures", call.failures());
        switch (call.latency()) {
            case Reading.Value<CallLatency>(CallLatency latency) ->
                node.put("latency_p50_us", latency.p50Nanos() / 1e3)
                        .put("latency_p99_us", latency.p99Nanos() / 1e3)
                        .put("latency_max_us", latency.maxNanos() / 1e3);
            case Reading.Absent<CallLatency>(Absence absence) ->
                node.putNull("latency_p50_us")
                        .putNull("latency_p99_us")
                        .putNull("latency_max_us")
                        .put("latency_absent", absence.reason());
        }
    }

    private static void put(ObjectNode node, LoopReport loop) {
        node.put("name", loop.name())
                .put("period_ms", loop.periodNanos() / 1e6)
                .put("ticks_due", loop.due())
                .put("ticks_taken", loop.taken())
                .put("ticks_missed", loop.missed())
                .put("ticks_failed", loop.failed())
                .put("lateness_p50_us", loop.latenessP50Nanos() / 1e3)
                .put("lateness_p99_us", loop.latenessP99Nanos() / 1e3)
                .put("lateness_max_us", loop.latenessMaxNanos() / 1e3);
        switch (loop.cpuSharePercent()) {
            case Reading.Value<Double>(Double share) -> node.put("cpu_share_percent", share);
            case Reading.Absent<Double>(Absence absence) ->
                node.putNull("cpu_share_percent").put("cpu_share_absent", absence.reason());
        }
    }

    private static void put(ObjectNode node, RingReport ring) {
        node.put("table", ring.table()).put("samples", ring.samples()).put("lost", ring.lost());
    }
}
