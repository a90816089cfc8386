package io.gpushare.load.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gpushare.load.account.Answer;
import io.gpushare.load.account.Ending;
import io.gpushare.load.request.Request;
import io.gpushare.time.Time;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class Http1ClientTest {
    private static final Request GET = new Request(0, "GET", Optional.empty(), Map.of("X-A", "b"), Request.Body.NONE);
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private TestServer server = TestServer.none();
    private Http1Client client = client("http://localhost:1", false);

    private void serving(TestServer.Behaviour behaviour) throws IOException {
        server = TestServer.start(behaviour);
        client = client(server.url() + "/a?b=c", false);
    }

    private static Http1Client client(String url, boolean streams) {
        return new Http1Client(
                Endpoint.parse(url, "/"),
                Time.real(),
                new Client.Settings(false, OptionalInt.empty(), 1000, streams),
                _ -> {});
    }

    private Answer send(Request request) {
        return client.send(request, Time.real().nanos() + Duration.ofSeconds(10).toNanos());
    }

    private Answer sendWithin(Duration patience) {
        return client.send(GET, Time.real().nanos() + patience.toNanos());
    }

    @AfterEach
    void closeAll() throws IOException {
        client.close();
        assertThat(client.open()).isZero();
        server.close();
    }

    @Test
    void sendsWhatItIsGiven() throws IOException {
        String[] seen = new String[2];
        serving(call -> {
            seen[0] = call.head();
            seen[1] = call.body();
            return call.ok();
        });
        Request.Body body = new Request.Body("grüß".getBytes(StandardCharsets.UTF_8));
        Answer answer = send(new Request(0, "POST", Optional.of("/x"), Map.of("X-A", "b"), body));
        assertThat(seen[0])
                .startsWith("POST /x HTTP/1.1\r\n")
                .contains("Host: " + server.url().substring(7) + "\r\n", "X-A: b\r\n", "Content-Length: 6\r\n");
        assertThat(seen[1]).isEqualTo("grüß");
        assertThat(answer.ending()).isEqualTo(Ending.DONE);
        assertThat(answer.status()).hasValue(200);
        assertThat(answer.receivedBytes()).isEqualTo(2);
        send(GET);
        assertThat(seen[0]).startsWith("GET /a?b=c HTTP/1.1\r\n").doesNotContain("Content-Length");
    }

    @Test
    void keepsConnections() throws IOException {
        serving(TestServer.Call::ok);
        for (int i = 0; i < 5; i++) {
            assertThat(send(GET).ending()).isEqualTo(Ending.DONE);
        }
        assertThat(server.accepted()).isEqualTo(1);
        assertThat(client.opened()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok', DONE, 2",
        "'HTTP/1.0 200 OK\r\n\r\nuntil the end', DONE, 13",
        "'HTTP/1.1 200 OK\nContent-Length: 3\n\nabc', DONE, 3",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nX: y\r\n\r\n',"
                + " DONE, 13",
        "'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n', DONE, 0",
        "'HTTP/1.1 204 No Content\r\n\r\n', DONE, 0",
        "'HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n', DONE, 0",
        "'HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n', STATUS_4XX, 0",
        "'HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n', STATUS_5XX, 0",
        "'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf', SHORT, 4",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf', SHORT, 4",
        "'HTTP/1.1 200 O', SHORT, 0",
        "'', SHORT, 0",
        "'HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n', TOO_LARGE, 0",
        "'SSH-2.0-OpenSSH_9.2\r\n', NOT_HTTP, 0",
        "'HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n', NOT_HTTP, 0",
        "'HTTP/1.1 200 OK\r\nno colon\r\n\r\n', NOT_HTTP, 0",
        "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n', NOT_HTTP, 0"
    })
    void readsAnswersAndTellsWhatIsWrongWithThem(String said, Ending ending, long bytes) throws IOException {
        serving(call -> {
            call.say(said);
            return false;
        });
        Answer answer = send(GET);
        assertThat(answer.ending()).isEqualTo(ending);
        assertThat(answer.receivedBytes()).isEqualTo(bytes);
        assertThat(answer.sentNanos()).isPresent();
    }

    @Test
    void aBodyWithoutEndIsNotReadToIt() throws IOException {
        serving(call -> {
            call.say(CHUNKED);
            while (true) {
                call.chunk("x".repeat(400));
            }
        });
        Answer answer = send(GET);
        assertThat(answer.ending()).isEqualTo(Ending.TOO_LARGE);
        assertThat(answer.receivedBytes()).isLessThanOrEqualTo(1000);
        assertThat(client.open()).isZero();
    }

    @Test
    void headersWithoutEndAreNotReadToIt() throws IOException {
        serving(call -> {
            call.say("HTTP/1.1 200 OK\r\n");
            while (true) {
                call.say("X: " + "y".repeat(1000) + "\r\n");
            }
        });
        assertThat(send(GET).ending()).isEqualTo(Ending.NOT_HTTP);
    }

    @Test
    void aResetIsTold() throws IOException {
        serving(TestServer.Call::reset);
        assertThat(send(GET).ending()).isEqualTo(Ending.RESET);
    }

    @Test
    void aSlowDripEndsAtTheDeadline() throws IOException {
        serving(call -> {
            call.say(CHUNKED);
            while (true) {
                call.chunk("x");
                Thread.sleep(20);
            }
        });
        long before = System.nanoTime();
        assertThat(sendWithin(Duration.ofMillis(200)).ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(System.nanoTime() - before).isBetween(190_000_000L, 3_000_000_000L);
    }

    @Test
    void silenceEndsAtTheDeadline() throws IOException {
        serving(_ -> {
            Thread.sleep(5_000);
            return false;
        });
        assertThat(sendWithin(Duration.ofMillis(100)).ending()).isEqualTo(Ending.TIMED_OUT);
    }

    @Test
    void aDeadlineThatHasPassedSendsNothing() throws IOException {
        serving(TestServer.Call::ok);
        assertThat(sendWithin(Duration.ofMillis(-1)).ending()).isEqualTo(Ending.TIMED_OUT);
        assertThat(server.requests()).isZero();
    }

    @Test
    void aPortWhereNobodyListensRefuses() throws IOException {
        client = client("http://127.0.0.1:" + TestServer.freePort(), false);
        Answer answer = send(GET);
        assertThat(answer.ending()).isEqualTo(Ending.REFUSED);
        assertThat(answer.sentNanos()).isEmpty();
    }

    @Test
    void aNameThatThereIsNotIsTold() {
        client = client("http://no-such-host.invalid:80", false);
        assertThat(send(GET).ending()).isEqualTo(Ending.NO_NAME);
    }

    @Test
    void aServerThatSpeaksNoTlsIsTold() throws IOException {
        server = TestServer.start(TestServer.Call::ok);
        client = client(server.url().replace("http:", "https:"), false);
        assertThat(sendWithin(Duration.ofSeconds(1)).ending()).isIn(Ending.TLS, Ending.TIMED_OUT);
    }

    @Test
    void aConnectionThatWasClosedMeanwhileIsReplacedOnce() throws Exception {
        serving(call -> {
            call.ok();
            // It keeps the connection, as it says, and then changes its mind.
            return call.number() % 2 == 1;
        });
        for (int i = 0; i < 3; i++) {
            assertThat(send(GET).ending()).isEqualTo(Ending.DONE);
            Thread.sleep(50);
        }
        assertThat(client.repeated()).isPositive();
        assertThat(client.opened()).isEqualTo(client.repeated() + 1);
    }

    @Test
    void waitsForAConnectionThatIsFree() throws Exception {
        server = TestServer.start(call -> {
            Thread.sleep(300);
            return call.ok();
        });
        client = new Http1Client(
                Endpoint.parse(server.url(), "/"),
                Time.real(),
                new Client.Settings(false, OptionalInt.of(1), 1000, false),
                _ -> {});
        Thread first = Thread.ofVirtual().start(() -> send(GET));
        while (server.requests() == 0) {
            Thread.sleep(1);
        }
        assertThat(sendWithin(Duration.ofMillis(50)).ending()).isEqualTo(Ending.NO_CONNECTION_FREE);
        assertThat(send(GET).ending()).isEqualTo(Ending.DONE);
        first.join();
        assertThat(server.accepted()).isEqualTo(1);
    }

    @Test
    void closingCutsOffWhatIsUnderWay() throws Exception {
        serving(_ -> {
            Thread.sleep(20_000);
            return false;
        });
        Answer[] answer = new Answer[1];
        Thread sending = Thread.ofVirtual().start(() -> answer[0] = send(GET));
        while (server.requests() == 0) {
            Thread.sleep(1);
        }
        client.close();
        sending.join(5_000);
        assertThat(answer[0].ending()).isEqualTo(Ending.CUT_OFF);
    }

    private Answer streamed(String... events) throws IOException {
        server = TestServer.start(call -> {
            call.say(CHUNKED);
            for (String event : events) {
                call.chunk("data: " + event + "\n\n");
            }
            return call.say("0\r\n\r\n");
        });
        client = client(server.url(), true);
        return send(GET);
    }

    @Test
    void eventsWithTextAreTokens() throws IOException {
        Answer answer = streamed(
                "{\"choices\": [{\"delta\": {\"role\": \"assistant\", \"content\": \"\"}}]}",
                "{\"choices\": [{\"delta\": {\"content\": \"Hel\"}}]}",
                "{\"choices\": [{\"delta\": {\"content\": \"lo\"}}]}",
                "{\"choices\": [{\"delta\": {\"reasoning_content\": \"hm\"}}]}",
                "{\"choices\": [{\"text\": \"!\", \"finish_reason\": \"length\"}]}",
                "{\"choices\": [], \"usage\": {\"completion_tokens\": 9}}",
                "[DONE]");
        assertThat(answer.ending()).isEqualTo(Ending.DONE);
        assertThat(answer.tokens().orElseThrow().count()).isEqualTo(4);
        assertThat(answer.tokens().orElseThrow().stated()).hasValue(9);
    }

    @Test
    void aStreamThatEndsInTheMiddleIsShort() throws IOException {
        assertThat(streamed("{\"choices\": [{\"text\": \"a\"}]}").ending()).isEqualTo(Ending.SHORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[DONE]", "{\"choices\": []}"})
    void aStreamWithoutTokensIsNone(String event) throws IOException {
        assertThat(streamed(event).ending()).isEqualTo(Ending.NO_TOKENS);
    }

    @Test
    void errorsWithinAStreamAreErrors() throws IOException {
        assertThat(streamed("{\"error\": {\"message\": \"out of memory\"}}").ending())
                .isEqualTo(Ending.STATUS_5XX);
    }

    @Test
    void eventsThatAreNoJsonAreNone() throws IOException {
        assertThat(streamed("{").ending()).isEqualTo(Ending.NOT_HTTP);
    }

    @Test
    void urlsAreRead() {
        assertThat(Endpoint.parse("localhost:8000", "/x")).hasToString("http://localhost:8000/x");
        assertThat(Endpoint.parse("https://h/a?key=secret", "/x")).hasToString("https://h/a?…");
        assertThat(Endpoint.parse("https://h/a?key=secret", "/x").path()).isEqualTo("/a?key=secret");
        assertThat(Endpoint.parse("http://[::1]:80/", "/x").host()).isEqualTo("::1");
        assertThat(Endpoint.parse("http://[::1]:81", "/x")).hasToString("http://[::1]:81/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://h", "http://", "http://a b", "http://u:p@h", "http://h:99999", "http://h:0", ""})
    void otherUrlsAreRefused(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> Endpoint.parse(url, "/"));
    }
}
