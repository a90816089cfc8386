package io.gpushare.sampling.journal;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.results.ReadingJson;
import io.gpushare.sampling.journal.JournalReplay.Outcome;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.SampledMetric;
import io.gpushare.sampling.samples.Session;
import io.gpushare.sampling.samples.Table;
import io.gpushare.sampling.summary.GpuClockEvents;
import io.gpushare.sampling.summary.GpuEnergy;
import io.gpushare.sampling.summary.MetricSummary;
import io.gpushare.sampling.summary.PhaseEnergy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** The result file without its columns: small, whatever the length of the run. */
final class MonitorDocument {
    static final int SCHEMA_VERSION = 1;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private MonitorDocument() {}

    static ObjectNode of(
            Outcome outcome,
            JournalContent content,
            List<MetricSummary> summary,
            List<GpuEnergy> energy,
            List<GpuClockEvents> clocks,
            List<String> warnings) {
        Session session = outcome.session();
        long endUnixNanos = session.startUnixNanos() + outcome.endNanos();
        ObjectNode document = JSON.objectNode()
                .put("schema_version", SCHEMA_VERSION)
                .put("kind", "gpu_monitor")
                .put("tool_version", session.toolVersion())
                .put("state", outcome.instrument().isPresent() ? "complete" : "interrupted")
                .put("start_utc", utc(session.startUnixNanos()))
                .put("start_unix_ns", session.startUnixNanos())
                .put("end_utc", utc(endUnixNanos))
                .put("duration_s", outcome.endNanos() / 1e9)
                .put("sampling_interval_ms", session.intervalNanos() / 1e6);
        document.setAll((ObjectNode) session.identity());
        document.set("phases", phases(content.borders(), outcome.endNanos()));
        ArrayNode energies = document.putArray("energy");
        energy.forEach(gpu -> put(energies.addObject(), gpu));
        ArrayNode clockEvents = document.putArray("clock_events");
        clocks.forEach(gpu -> put(clockEvents.addObject(), gpu));
        ArrayNode summaries = document.putArray("summary");
        summary.forEach(metric -> put(summaries.addObject(), metric));
        outcome.instrument()
                .ifPresentOrElse(
                        instrument -> document.set("instrument", instrument),
                        () -> document.putNull("instrument")
                                .put(
                                        "instrument_absent",
                                        "the run was interrupted before the sampler reported on itself"));
        ArrayNode processes = document.putArray("processes");
        content.processes()
                .forEach(process ->
                        ReadingJson.put(processes.addObject().put("pid", process.pid()), "name", process.name()));
        ArrayNode texts = document.putArray("warnings");
        warnings.forEach(texts::add);
        document.set("definitions", definitions());
        return document;
    }

    /** What stands before a table's columns. */
    static ObjectNode tableHead(Table table, long rows, AbsencePeriods absences, long endNanos) {
        ObjectNode node = JSON.objectNode()
                .put("name", table.name())
                .put("subject_kind", lowerCase(table.subject().kind()))
                .put("subject", table.subject().id())
                .put("shape", lowerCase(table.shape()))
                .put("rows", rows);
        ArrayNode metrics = node.putArray("metrics");
        for (SampledMetric metric : table.metrics()) {
            metrics.addObject()
                    .put("name", metric.name())
                    .put("unit", metric.unit())
                    .put("kind", lowerCase(metric.kind()));
        }
        absences.putInto(node, endNanos);
        return node;
    }

    private static ObjectNode definitions() {
        return JSON.objectNode()
                .put("elapsed_ms", "monotonic time since start_utc; what the driver recorded has the driver's time")
                .put("mean", "arithmetic mean of the samples, each counting the same")
                .put(
                        "p95",
                        "nearest rank: the smallest sample with 95 % of the samples at or below it; at most 0.5 % too"
                                + " high")
                .put("counter_joules", "difference of the GPU's energy counter, read at both ends of the phase")
                .put(
                        "integral_joules",
                        "trapezoids between neighbouring power samples, cut at the instants at which the counter was"
                                + " read; covered time only")
                .put(
                        "disagreement_percent",
                        "(integral_joules / coverage - counter_joules) / counter_joules; flagged beyond 5 % in phases"
                                + " of 4 s or more");
    }

    private static ArrayNode phases(List<PhaseBorder> borders, long endNanos) {
        ArrayNode phases = JSON.arrayNode();
        for (int i = 0; i < borders.size(); i++) {
            PhaseBorder border = borders.get(i);
            if (border.name().equals(PhaseBorder.END)) {
                break;
            }
            long until = i + 1 < borders.size() ? borders.get(i + 1).elapsedNanos() : endNanos;
            phases.addObject()
                    .put("name", border.name())
                    .put("start_ms", border.elapsedNanos() / 1e6)
                    .put("end_ms", until / 1e6);
        }
        return phases;
    }

    private static void put(ObjectNode node, GpuEnergy energy) {
        node.put("gpu", energy.gpu().id());
        put(node.putObject("total"), energy.total());
        ArrayNode phases = node.putArray("phases");
        energy.phases().forEach(phase -> put(phases.addObject(), phase));
    }

    private static void put(ObjectNode node, PhaseEnergy phase) {
        node.put("phase", phase.phase())
                .put("start_ms", phase.startNanos() / 1e6)
                .put("end_ms", phase.endNanos() / 1e6);
        ReadingJson.put(node, "counter_joules", phase.counterJoules());
        ReadingJson.put(node, "integral_joules", phase.integral().map(PhaseEnergy.Integral::joules));
        ReadingJson.put(node, "integral_source", phase.integral().map(integral -> lowerCase(integral.source())));
        ReadingJson.put(node, "coverage_percent", phase.integral().map(PhaseEnergy.Integral::coveragePercent));
        ReadingJson.put(node, "disagreement_percent", phase.disagreementPercent());
        node.put("disagrees", phase.disagrees());
    }

    private static void put(ObjectNode node, GpuClockEvents clocks) {
        node.put("gpu", clocks.gpu().id()).put("samples", clocks.samples());
        ObjectNode shares = node.putObject("percent_of_samples");
        clocks.percentOfSamples().forEach((event, percent) -> shares.put(lowerCase(event), percent));
    }

    private static void put(ObjectNode node, MetricSummary summary) {
        node.put("subject_kind", lowerCase(summary.subject().kind()))
                .put("subject", summary.subject().id())
                .put("metric", summary.metric().name())
                .put("unit", summary.metric().unit())
                .put("absent", summary.absent());
        summary.levels()
                .ifPresentOrElse(
                        levels -> node.put("n", levels.n())
                                .put("min", levels.min())
                                .put("mean", levels.mean())
                                .put("p95", levels.p95())
                                .put("max", levels.max()),
                        () -> node.put("n", 0)
                                .putNull("min")
                                .putNull("mean")
                                .putNull("p95")
                                .putNull("max"));
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String utc(long unixNanos) {
        return Instant.ofEpochSecond(0, unixNanos).toString();
    }
}
