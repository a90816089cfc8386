package io.gpushare.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.load.account.Distribution;
import io.gpushare.load.account.Goal;
import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.arrival.Arrivals;
import io.gpushare.load.arrival.Gaps;
import io.gpushare.load.bound.Bound;
import io.gpushare.load.http.Client;
import io.gpushare.load.http.Endpoint;
import io.gpushare.load.http.Http1Client;
import io.gpushare.load.http.TestServer;
import io.gpushare.load.request.RequestKind;
import io.gpushare.load.request.RequestMix;
import io.gpushare.load.request.Requests;
import io.gpushare.time.Time;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;

/** Loads a real server on this machine in real time: bounds leave room for a machine that is busy. */
abstract class AgainstAServer {
    static final Duration SHORT = Duration.ofMillis(500);
    static final RequestMix GETS =
            new RequestMix(List.of(new RequestKind("get", 1, "GET", Optional.empty(), Map.of(), Optional.empty())), 1);

    TestServer server = TestServer.none();
    Optional<Client> client = Optional.empty();
    OptionalInt connections = OptionalInt.empty();
    Requests requests = GETS;
    Duration timeout = Duration.ofSeconds(5);
    List<Bound> abortIf = List.of();
    Goal goal = Goal.NONE;
    boolean stopsWhenSaturated;
    LoadListener listener = LoadListener.NONE;
    String url = "";

    void serving(TestServer.Behaviour behaviour) throws IOException {
        server = TestServer.start(behaviour);
        url = server.url();
    }

    @AfterEach
    void leavesNoConnectionOpen() throws IOException {
        assertThat(client.orElseThrow().open()).isZero();
        server.close();
    }

    LoadRun run(LoadShape shape, Duration duration) {
        LoadPlan plan =
                new LoadPlan(shape, Duration.ofMillis(200), duration, timeout, 1, goal, abortIf, stopsWhenSaturated);
        return new LoadRun(plan, requests, this::client, Time.real(), listener);
    }

    private Client client() {
        Client.Settings settings = new Client.Settings(false, connections, 1 << 20, requests.streamsTokens());
        Client made = new Http1Client(Endpoint.parse(url, "/"), Time.real(), settings, _ -> {});
        client = Optional.of(made);
        return made;
    }

    LoadOutcome load(LoadShape shape, Duration duration) throws InterruptedException {
        return run(shape, duration).execute();
    }

    static LoadShape rate(double rate) {
        return new LoadShape.Open(new Arrivals.Steady(rate, new Gaps.Constant()), 5000);
    }

    static double ms(LoadSummary summary, LoadMetric metric, String statistic) {
        Distribution distribution = summary.distribution(metric).orElseThrow();
        return (statistic.equals("p50") ? distribution.p50Nanos() : distribution.p99Nanos()) / 1e6;
    }
}
