package io.gpushare.study;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.ServedLoad;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Loads on servers that never ran. */
public final class MadeLoad {
    private static final double SECONDS = 10;

    private MadeLoad() {}

    /** So many requests a second came by the clock, of which each was answered after so long. */
    public static ServedLoad open(double rate, double ms) {
        return open("poisson", rate, rate, ms);
    }

    public static ServedLoad open(String arrivals, double rate, double answered, double ms) {
        ObjectNode asked = asked().put("loop", "open").put("arrivals", arrivals).put("mean_rate", rate);
        return load(arrivals + " " + rate + "/s", Math.round(rate * SECONDS), answered, ms, asked);
    }

    public static ServedLoad closed(int clients, double thinkS, double answered, double ms) {
        ObjectNode asked = asked().put("loop", "closed").put("clients", clients).put("think_s", thinkS);
        return load(clients + " clients", Math.round(answered * SECONDS), answered, ms, asked);
    }

    /** Of which only so many answers were good by a bound of so long. */
    public static ServedLoad within(double boundMs, long good, ServedLoad load) {
        ObjectNode details = load.details().deepCopy();
        ((ObjectNode) details.path("asked")).putObject("goodput_ms").put("request_latency", boundMs);
        return with(load, OptionalLong.of(good), details);
    }

    /** Of which nobody knows how much was asked. */
    public static ServedLoad unknown(ServedLoad load) {
        return with(load, load.good(), JsonNodeFactory.instance.objectNode());
    }

    private static ServedLoad with(ServedLoad load, OptionalLong good, ObjectNode details) {
        return new ServedLoad(
                load.said(),
                load.seconds(),
                load.scheduled(),
                load.answeredPerSec(),
                load.failed(),
                good,
                load.latency(),
                load.latenessP99Ms(),
                load.p99Slowdown(),
                load.scenario(),
                details);
    }

    private static ObjectNode asked() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ServedLoad load(String said, long scheduled, double answered, double ms, ObjectNode asked) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.set("asked", asked);
        return new ServedLoad(
                said,
                SECONDS,
                scheduled,
                answered,
                0,
                OptionalLong.empty(),
                MadeRun.latencies(ms, Math.round(answered * SECONDS)),
                OptionalDouble.of(0.1),
                Reading.notMeasured("no baseline was measured"),
                Optional.empty(),
                details);
    }
}
