package io.gpushare.cli.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.load.LoadPlan;
import io.gpushare.load.LoadShape;
import io.gpushare.load.arrival.Arrivals;
import io.gpushare.load.arrival.Gaps;
import io.gpushare.load.http.Endpoint;
import io.gpushare.load.written.AskedJson;
import io.gpushare.text.Durations;
import io.gpushare.text.Figure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What was asked for, in words.
 *
 * @param arrivals as they were written
 * @param kinds the names of the requests
 */
record LoadAsked(Endpoint target, LoadPlan plan, String arrivals, boolean http2, List<String> kinds) {
    LoadAsked {
        kinds = List.copyOf(kinds);
    }

    boolean open() {
        return plan.shape() instanceof LoadShape.Open;
    }

    Duration warmUp() {
        return plan.warmUp();
    }

    String title() {
        return "Load on " + target + (http2 ? " · HTTP/2" : "") + " · " + shape() + " · "
                + Durations.text(plan.duration());
    }

    private String shape() {
        return switch (plan.shape()) {
            case LoadShape.Open(Arrivals.Steady(double rate, Gaps _), int _) ->
                arrivals + " " + Figure.asTyped(rate) + "/s";
            case LoadShape.Open(Arrivals _, int _) -> arrivals;
            case LoadShape.Closed(int clients, Optional<Duration> think) ->
                clients
                        + (clients == 1 ? " client" : " clients")
                        + think.map(time -> ", thinking " + Durations.text(time))
                                .orElse("");
        };
    }

    /** As in {@code ttft<200 ms}. */
    String goal() {
        return plan.goal().limits().stream()
                .map(limit -> limit.of().shortName() + " < " + Figure.of(limit.nanos() / 1e6) + " ms")
                .collect(Collectors.joining(" and "));
    }

    ObjectNode json() {
        return AskedJson.of(plan, arrivals, http2);
    }
}
