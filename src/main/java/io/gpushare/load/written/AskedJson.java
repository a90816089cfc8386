package io.gpushare.load.written;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.load.LoadPlan;
import io.gpushare.load.LoadShape;
import io.gpushare.load.account.Goal;
import io.gpushare.load.arrival.Arrivals;
import java.time.Duration;
import java.util.Optional;

/** What was asked for as JSON. */
public final class AskedJson {
    private AskedJson() {}

    /** @param arrivals as they were written, of an open loop */
    public static ObjectNode of(LoadPlan plan, String arrivals, boolean http2) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        switch (plan.shape()) {
            case LoadShape.Open(Arrivals wanted, int most) -> {
                json.put("loop", "open").put("arrivals", arrivals);
                json.put("mean_rate", wanted.meanRate(plan.warmUp(), plan.duration()));
                json.put("max_in_flight", most);
            }
            case LoadShape.Closed(int clients, Optional<Duration> think) -> {
                json.put("loop", "closed").put("clients", clients);
                json.put("think_s", think.map(AskedJson::seconds).orElse(0.0));
            }
        }
        json.put("warm_up_s", seconds(plan.warmUp())).put("duration_s", seconds(plan.duration()));
        json.put("timeout_s", seconds(plan.timeout())).put("seed", plan.seed());
        json.put("http", http2 ? "2" : "1.1");
        if (plan.goal().isSet()) {
            ObjectNode limits = json.putObject("goodput_ms");
            for (Goal.Limit limit : plan.goal().limits()) {
                limits.put(limit.of().key(), limit.nanos() / 1e6);
            }
        }
        return json;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
