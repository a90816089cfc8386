package io.gpushare.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.load.account.Ending;
import io.gpushare.load.account.LoadSummary;
import io.gpushare.load.arrival.Arrivals;
import io.gpushare.load.arrival.Gaps;
import io.gpushare.load.bound.BoundText;
import io.gpushare.load.http.TestServer;
import io.gpushare.load.request.RequestKind;
import io.gpushare.load.request.RequestMix;
import io.gpushare.load.request.Template;
import io.gpushare.time.Time;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever a server does wrong is counted, and the load ends in time. */
@Timeout(60)
final class LoadFaultsTest extends AgainstAServer {
    @Test
    void whatIsTooMuchIsDroppedAndCounted() throws Exception {
        serving(call -> {
            Thread.sleep(1000);
            return call.ok();
        });
        LoadShape shape = new LoadShape.Open(new Arrivals.Steady(100, new Gaps.Constant()), 10);
        LoadSummary summary = load(shape, SHORT).summary();
        assertThat(summary.scheduled()).isEqualTo(50);
        assertThat(summary.dropped()).isEqualTo(50);
        assertThat(server.requests()).isEqualTo(10);
    }

    /** The kernel takes the connection and a part of the body, and nobody reads either. */
    @Test
    void aServerThatNeverReadsIsATimeOut() throws Exception {
        requests = new RequestMix(
                List.of(new RequestKind(
                        "large",
                        1,
                        "POST",
                        Optional.empty(),
                        Map.of(),
                        Optional.of(Template.parse("x".repeat(30_000_000))))),
                1);
        timeout = Duration.ofMillis(300);
        try (ServerSocket silent = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
            url = "http://127.0.0.1:" + silent.getLocalPort();
            LoadSummary summary = load(rate(10), SHORT).summary();
            assertThat(summary.count(Ending.TIMED_OUT)).isEqualTo(5);
        }
    }

    @Test
    void nobodyListening() throws Exception {
        url = "http://127.0.0.1:" + TestServer.freePort();
        LoadSummary summary = load(rate(200), SHORT).summary();
        assertThat(summary.count(Ending.REFUSED)).isEqualTo(100);
        assertThat(summary.errorRate()).isEqualTo(1);
    }

    @Test
    void aNameThatThereIsNot() throws Exception {
        url = "http://no-such-host.invalid";
        LoadSummary summary = load(rate(20), Duration.ofMillis(500)).summary();
        assertThat(summary.count(Ending.NO_NAME)).isEqualTo(10);
    }

    @Test
    void faultsAreCountedByTheirClass() throws Exception {
        serving(call -> switch (call.number() % 5) {
            case 0 -> call.ok();
            case 1 -> call.say("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
            case 2 -> {
                call.say("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
                yield false;
            }
            case 3 -> call.say("HTTP/1.1 429 Later\r\nContent-Length: 0\r\n\r\n");
            default -> {
                call.say("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
                yield false;
            }
        });
        LoadSummary summary = load(rate(200), SHORT).summary();
        for (Ending ending :
                List.of(Ending.DONE, Ending.STATUS_5XX, Ending.SHORT, Ending.STATUS_4XX, Ending.TOO_LARGE)) {
            assertThat(summary.count(ending)).as(ending.key()).isCloseTo(20, within(3L));
        }
        assertThat(summary.statuses().keySet()).containsExactly(200, 429, 500);
    }

    @Test
    void aDripOfGigabytesTakesNoMemoryAndEndsInTime() throws Exception {
        serving(call -> {
            call.say("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
            while (true) {
                call.say("x");
                Thread.sleep(5);
            }
        });
        timeout = Duration.ofMillis(300);
        LoadSummary summary = load(rate(50), SHORT).summary();
        assertThat(summary.done()).isZero();
        // A busy machine may not have sent some of them within their time.
        assertThat(summary.count(Ending.TIMED_OUT)).isBetween(10L, 25L);
    }

    @Test
    void aServerThatDiesIsSeenFromThenOn() throws Exception {
        serving(call -> {
            if (call.number() == 200) {
                server.die();
            }
            return call.ok();
        });
        LoadSummary summary = load(rate(500), SHORT).summary();
        assertThat(summary.scheduled()).isEqualTo(250);
        assertThat(summary.ended()).isEqualTo(250);
        // It takes a busy machine some time to die.
        assertThat(summary.done()).isBetween(80L, 245L);
        assertThat(summary.count(Ending.REFUSED)).isPositive();
    }

    @Test
    void stoppingKeepsWhatWasMeasured() throws Exception {
        serving(call -> {
            Thread.sleep(call.number() < 100 ? 0 : 20_000);
            return call.ok();
        });
        LoadRun run = run(rate(200), Duration.ofMinutes(10));
        Thread.ofVirtual().start(() -> {
            Time.real().pause(Duration.ofMillis(900));
            run.stop();
        });
        LoadOutcome outcome = run.execute();
        assertThat(outcome.end()).isEqualTo(new LoadEnd.Interrupted());
        LoadSummary summary = outcome.summary();
        assertThat(summary.seconds()).isBetween(0.5, 3.0);
        assertThat(summary.done()).isBetween(50L, 65L);
        assertThat(summary.count(Ending.CUT_OFF)).isPositive();
        assertThat(summary.errors()).isZero();
    }

    @Test
    void aBoundEndsItEarly() throws Exception {
        serving(call -> call.say("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"));
        abortIf = List.of(BoundText.parse("error_rate>5%"));
        LoadOutcome outcome = load(rate(100), Duration.ofMinutes(10));
        assertThat(outcome.end()).isEqualTo(new LoadEnd.Aborted(abortIf.getFirst()));
        assertThat(outcome.summary().seconds()).isBetween(1.0, 10.0);
    }

    @Test
    void overSaturationCutsAStepShort() throws Exception {
        Object one = new Object();
        serving(call -> {
            synchronized (one) {
                Thread.sleep(10);
            }
            return call.ok();
        });
        stopsWhenSaturated = true;
        LoadOutcome outcome = load(rate(300), Duration.ofMinutes(10));
        assertThat(outcome.end()).isInstanceOf(LoadEnd.Saturated.class);
        assertThat(outcome.summary().seconds()).isLessThan(20);
    }
}
