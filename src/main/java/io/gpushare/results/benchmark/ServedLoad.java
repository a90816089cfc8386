package io.gpushare.results.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.EarlyStopping;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.load.scenario.Queries;
import io.gpushare.load.scenario.ScenarioPlan;
import io.gpushare.load.scenario.ScenarioResult;
import io.gpushare.load.written.ScenarioJson;
import io.gpushare.reading.Reading;
import io.gpushare.results.InFile;
import io.gpushare.results.RecordJson;
import io.gpushare.text.Amount;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

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
        @InFile(otherwise = "no baseline was measured") Reading<Double> p99Slowdown,
        @InFile(apart = true) Optional<ScenarioResult> scenario,
        ObjectNode details) {
    /** In the result of a tenant, and in files. */
    public static final String FIELD = "load";

    private static final double TAIL = 0.99;

    /** Where more fail, the latency of the others says little. */
    public static final double MOST_FAILED = 0.01;

    /** Of the requests that are due, this share at least is answered in time by a server that keeps up. */
    private static final double KEEPS_UP = 0.97;

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

    /** @param share 0.99 for the 99th percentile */
    public OptionalDouble latencyMs(double share) {
        return latency.quantileMs(share);
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
        return RecordJson.of(this, scenario.map(ScenarioJson::of));
    }

    public static ServedLoad read(JsonNode node) {
        JsonNode scenario = node.path(ScenarioJson.FIELD);
        return RecordJson.read(
                node,
                ServedLoad.class,
                scenario.isObject() ? Optional.of(ScenarioJson.read(scenario)) : Optional.empty());
    }
}
