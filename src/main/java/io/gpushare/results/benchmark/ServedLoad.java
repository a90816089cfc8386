package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.EarlyStopping;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.load.scenario.Queries;
import io.gpushare.load.scenario.ScenarioPlan;
import io.gpushare.load.scenario.ScenarioResult;
import io.gpushare.load.written.ScenarioJson;
import io.gpushare.reading.Reading;
import io.gpushare.results.ReadingJson;
import io.gpushare.text.Amount;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The load on a tenant that serves, and how it went, of all requests that were due in the measured time, whenever their
 * answers came.
 *
 * @param said when requests were sent, in words: {@code poisson 50/s}
 * @param scheduled requests that were due
 * @param answeredPerSec answers that came in the measured time
 * @param failed requests that went wrong, or were dropped because too many were under way
 * @param good answers that kept the bounds that were asked for; empty without bounds
 * @param latency from when a request was due to the end of its answer
 * @param latenessP99Ms by how much requests were sent too late: the load generator's own fault
 * @param p99Slowdown p99 of the latency / that of the baseline
 * @param scenario what it comes to by the rules of MLPerf's scenarios; empty where none was asked for
 * @param details all that the load generator measured
 */
public record ServedLoad(
        String said,
        double seconds,
        long scheduled,
        double answeredPerSec,
        long failed,
        OptionalLong good,
        LatencyCounts latency,
        OptionalDouble latenessP99Ms,
        Reading<Double> p99Slowdown,
        Optional<ScenarioResult> scenario,
        ObjectNode details) {
    /** In the result of a tenant, and in files. */
    public static final String FIELD = "load";

    private static final double TAIL = 0.99;
    private static final double NANOS_PER_MS = 1e6;

    /** Where more fail, the latency of the others says little. */
    public static final double MOST_FAILED = 0.01;

    /** Of the requests that are due, this share at least is answered in time by a server that keeps up. */
    private static final double KEEPS_UP = 0.97;

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    public double scheduledPerSec() {
        return seconds > 0 ? scheduled / seconds : 0;
    }

    public double failedShare() {
        return scheduled > 0 ? (double) failed / scheduled : 0;
    }

    /** Of requests that come by the clock: then latency depends on how long was measured. */
    public boolean fellBehind() {
        return answeredPerSec < (KEEPS_UP - failedShare()) * scheduledPerSec();
    }

    /** Of all that were due. */
    public OptionalDouble goodShare() {
        return good.isPresent() && scheduled > 0
                ? OptionalDouble.of((double) good.getAsLong() / scheduled)
                : OptionalDouble.empty();
    }

    public OptionalDouble goodPerSec() {
        return good.isPresent() && seconds > 0 ? OptionalDouble.of(good.getAsLong() / seconds) : OptionalDouble.empty();
    }

    /** @param share 0.99 for the 99th percentile */
    public OptionalDouble latencyMs(double share) {
        OptionalDouble nanos = latency.quantileNanos(share);
        return nanos.isPresent() ? OptionalDouble.of(nanos.getAsDouble() / NANOS_PER_MS) : OptionalDouble.empty();
    }

    /** Absent with the reason, where it would be a guess. */
    public Reading<Double> p99Ms() {
        if (failedShare() > MOST_FAILED) {
            return Reading.notMeasured("more than 1 % of the requests failed");
        }
        if (!EarlyStopping.isValidated(TAIL, latency.count())) {
            return Reading.notMeasured("the p99 of " + Amount.of(latency.count(), "answer") + " is a guess; "
                    + EarlyStopping.minimumCount(TAIL) + " are the least to trust it");
        }
        return Reading.of(latencyMs(TAIL).orElseThrow());
    }

    ServedLoad against(Optional<ServedLoad> alone) {
        return with(
                alone.map(baseline -> p99Ms().join(baseline.p99Ms(), (shared, own) -> shared / own))
                        .orElseGet(() -> Reading.notMeasured("no baseline was measured")),
                scenario);
    }

    private ServedLoad with(Reading<Double> newP99Slowdown, Optional<ScenarioResult> newScenario) {
        return new ServedLoad(
                said,
                seconds,
                scheduled,
                answeredPerSec,
                failed,
                good,
                latency,
                latenessP99Ms,
                newP99Slowdown,
                newScenario,
                details);
    }

    /**
     * Both together; the details are those of the second. A scenario is judged by the queries of both, which are no
     * official run.
     */
    ServedLoad followedBy(ServedLoad next) {
        ServedLoad both = joined(next);
        return scenario.isPresent() ? both.judgedBy(scenario.get().plan().shortened()) : both;
    }

    /** As it was measured, and as whole as it is. */
    public ServedLoad judgedBy(ScenarioPlan plan) {
        Queries queries = new Queries(true, seconds, failed, scheduledPerSec(), answeredPerSec, latency, latenessP99Ms);
        return with(p99Slowdown, Optional.of(ScenarioResult.of(plan, queries)));
    }

    private ServedLoad joined(ServedLoad next) {
        double all = seconds + next.seconds;
        return new ServedLoad(
                said,
                all,
                scheduled + next.scheduled,
                all > 0 ? (answeredPerSec * seconds + next.answeredPerSec * next.seconds) / all : 0,
                failed + next.failed,
                good.isPresent() && next.good.isPresent()
                        ? OptionalLong.of(good.getAsLong() + next.good.getAsLong())
                        : OptionalLong.empty(),
                latency.plus(next.latency),
                latenessP99Ms.isPresent() && next.latenessP99Ms.isPresent()
                        ? OptionalDouble.of(Math.max(latenessP99Ms.getAsDouble(), next.latenessP99Ms.getAsDouble()))
                        : latenessP99Ms.isPresent() ? latenessP99Ms : next.latenessP99Ms,
                p99Slowdown,
                Optional.empty(),
                next.details);
    }

    /** As {@link #read} reads it. */
    public ObjectNode json() {
        ObjectNode node = JSON.objectNode()
                .put("said", said)
                .put("seconds", seconds)
                .put("scheduled", scheduled)
                .put("answered_per_sec", answeredPerSec)
                .put("failed", failed);
        if (good.isPresent()) {
            node.put("good", good.getAsLong());
        } else {
            node.putNull("good");
        }
        ObjectNode counts = node.putObject("latency");
        latency.counts().forEach((bucket, count) -> counts.put(Integer.toString(bucket), count));
        if (latenessP99Ms.isPresent()) {
            node.put("lateness_p99_ms", latenessP99Ms.getAsDouble());
        } else {
            node.putNull("lateness_p99_ms");
        }
        ReadingJson.put(node, "p99_slowdown", p99Slowdown);
        scenario.ifPresent(result -> node.set(ScenarioJson.FIELD, ScenarioJson.of(result)));
        node.set("details", details.deepCopy());
        return node;
    }

    public static ServedLoad read(JsonNode node) {
        Map<Integer, Long> counts = new TreeMap<>();
        node.path("latency")
                .properties()
                .forEach(bucket -> counts.merge(
                        Math.min(Integer.parseInt(bucket.getKey()), LatencyCounts.LAST_BUCKET),
                        bucket.getValue().asLong(),
                        Long::sum));
        JsonNode lateness = node.path("lateness_p99_ms");
        return new ServedLoad(
                node.path("said").asText(),
                node.path("seconds").asDouble(),
                node.path("scheduled").asLong(),
                node.path("answered_per_sec").asDouble(),
                node.path("failed").asLong(),
                node.path("good").isNumber() ? OptionalLong.of(node.path("good").asLong()) : OptionalLong.empty(),
                LatencyCounts.of(counts),
                lateness.isNumber() ? OptionalDouble.of(lateness.asDouble()) : OptionalDouble.empty(),
                node.has("p99_slowdown")
                        ? ReadingJson.get(node, "p99_slowdown", JsonNode::asDouble)
                        : Reading.notMeasured("no baseline was measured"),
                node.path(ScenarioJson.FIELD).isObject()
                        ? Optional.of(ScenarioJson.read(node.path(ScenarioJson.FIELD)))
                        : Optional.empty(),
                JsonFields.objectOf(node.path("details")));
    }
}
