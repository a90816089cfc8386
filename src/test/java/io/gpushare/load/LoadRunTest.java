package io.gpushare.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.account.RequestRecord;
import io.gpushare.load.account.Tally.Second;
import io.gpushare.load.bound.BoundText;
import io.gpushare.load.http.TestServer;
import io.gpushare.load.request.LlmApi;
import io.gpushare.load.request.LlmRequests;
import io.gpushare.load.request.TokenCount;
import io.gpushare.load.request.TokenLengths;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class LoadRunTest extends AgainstAServer {
    @Test
    void anOpenLoopSendsAsManyAsItShould() throws Exception {
        serving(TestServer.Call::ok);
        LoadOutcome outcome = load(rate(500), SHORT);
        LoadSummary summary = outcome.summary();
        assertThat(outcome.end()).isEqualTo(new LoadEnd.Whole());
        assertThat(summary.scheduled()).isEqualTo(250);
        assertThat(summary.done()).isEqualTo(250);
        assertThat(summary.errors()).isZero();
        // Those of the warm-up, too.
        assertThat(server.requests()).isEqualTo(350);
        // In half a second: on a busy machine answers to the warm-up may come late, and are answers in that time.
        assertThat(summary.requestThroughput()).isBetween(400.0, 710.0);
    }

    @Test
    void aClosedLoopHasOneRequestAClientUnderWay() throws Exception {
        serving(call -> {
            Thread.sleep(10);
            return call.ok();
        });
        LoadOutcome outcome = load(new LoadShape.Closed(4, Optional.empty()), SHORT);
        assertThat(server.accepted()).isEqualTo(4);
        assertThat(outcome.mostUnderWay()).isLessThanOrEqualTo(4);
        assertThat(outcome.summary().requestThroughput()).isBetween(100.0, 400.0);
        assertThat(outcome.summary().errors()).isZero();
    }

    @Test
    void clientsThink() throws Exception {
        serving(TestServer.Call::ok);
        LoadOutcome outcome = load(new LoadShape.Closed(5, Optional.of(Duration.ofMillis(100))), SHORT);
        assertThat(outcome.summary().done()).isBetween(8L, 30L);
    }

    @Test
    void slowAnswersHoldNothingBack() throws Exception {
        serving(call -> {
            Thread.sleep(500);
            return call.ok();
        });
        LoadSummary summary = load(rate(200), SHORT).summary();
        assertThat(summary.scheduled()).isEqualTo(100);
        assertThat(summary.done()).isEqualTo(100);
        assertThat(ms(summary, LoadMetric.REQUEST_LATENCY, "p50")).isBetween(499.0, 700.0);
    }

    /** The server answers nothing for 200 ms of each second. */
    @Test
    void aStallShowsInTheCorrectedLatencyOnly() throws Exception {
        long began = System.nanoTime();
        serving(call -> {
            long intoMs = (System.nanoTime() - began) / 1_000_000 % 1000;
            if (intoMs < 200) {
                Thread.sleep(200 - intoMs);
            }
            return call.ok();
        });
        connections = OptionalInt.of(2);
        LoadSummary summary = load(rate(500), Duration.ofSeconds(1)).summary();
        assertThat(summary.done()).isEqualTo(500);
        assertThat(ms(summary, LoadMetric.REQUEST_LATENCY, "p99")).isGreaterThan(150);
        assertThat(ms(summary, LoadMetric.REQUEST_LATENCY_UNCORRECTED, "p99")).isLessThan(100);
    }

    @Test
    void streamsAreMeasuredTokenByToken() throws Exception {
        serving(call -> {
            call.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            long next = System.nanoTime() + 60_000_000;
            for (int i = 0; i < 11; i++) {
                Time.real().sleepUntil(next);
                call.chunk("data: {\"choices\": [{\"text\": \"a\"}]}\n\n");
                next += 20_000_000;
            }
            call.chunk("data: [DONE]\n\n");
            return call.say("0\r\n\r\n");
        });
        requests = new LlmRequests(
                LlmApi.COMPLETIONS,
                Optional.empty(),
                new TokenLengths.Drawn(new TokenCount.Fixed(5), new TokenCount.Fixed(11)),
                false,
                Map.of(),
                1);
        goal = BoundText.parseGoal("ttft<2s,tpot<2s");
        LoadSummary summary = load(rate(50), Duration.ofSeconds(1)).summary();
        assertThat(summary.done()).isEqualTo(50);
        assertThat(summary.tokens()).isEqualTo(550);
        assertThat(ms(summary, LoadMetric.TIME_TO_FIRST_TOKEN, "p50")).isBetween(59.9, 90.0);
        assertThat(ms(summary, LoadMetric.INTER_TOKEN_LATENCY, "p50")).isBetween(15.0, 25.0);
        assertThat(ms(summary, LoadMetric.TIME_PER_OUTPUT_TOKEN, "p50")).isBetween(18.0, 25.0);
        assertThat(summary.goodShare()).isEqualTo(1);
    }

    @Test
    void theListenerLearnsOfEverySecondAndEveryRequest() throws Exception {
        serving(TestServer.Call::ok);
        List<RequestRecord> ended = Collections.synchronizedList(new ArrayList<>());
        List<Long> completed = new ArrayList<>();
        listener = new LoadListener() {
            @Override
            public void second(Duration since, boolean measuring, double seconds, Second second, long underWay) {
                completed.add(second.completed());
            }

            @Override
            public void ended(RequestRecord request, long measurementNanos) {
                assertThat(request.intendedNanos()).isGreaterThanOrEqualTo(measurementNanos);
                ended.add(request);
            }
        };
        load(rate(100), Duration.ofSeconds(1));
        assertThat(ended).hasSize(100);
        assertThat(ended).extracting(RequestRecord::number).doesNotHaveDuplicates();
        assertThat(completed.stream().mapToLong(Long::longValue).sum()).isEqualTo(120);
        assertThat(completed).hasSizeGreaterThanOrEqualTo(2);
    }
}
