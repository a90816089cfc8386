package io.gpushare.load.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gpushare.load.account.Answer;
import io.gpushare.load.account.Ending;
import io.gpushare.load.http.Http2TestServer.Behaviour;
import io.gpushare.load.http.Http2TestServer.Reply;
import io.gpushare.load.request.Request;
import io.gpushare.time.Time;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
final class Http2ClientTest {
    private static final Reply OK = new Reply(200, "ok");

    private final List<AutoCloseable> open = new ArrayList<>();
    private Optional<Client> client = Optional.empty();

    private Http2TestServer serving(int port, Behaviour behaviour) throws Exception {
        Http2TestServer server = Http2TestServer.start(port, behaviour);
        open.add(server);
        return server;
    }

    private Client client(String url, int connections, boolean streams) {
        Client.Settings settings = new Client.Settings(true, OptionalInt.of(connections), 1000, streams);
        Client made = Client.of(Endpoint.parse(url, "/"), Time.real(), settings, _ -> {});
        client = Optional.of(made);
        return made;
    }

    private static Request get(String path) {
        return new Request(0, "GET", Optional.of(path), Map.of("X-A", "b"), Request.Body.NONE);
    }

    private static Answer send(Client client, String path, Duration patience) {
        return client.send(get(path), Time.real().nanos() + patience.toNanos());
    }

    private static Answer send(Client client, String path) {
        return send(client, path, Duration.ofSeconds(20));
    }

    @AfterEach
    void closeAll() throws Exception {
        client.ifPresent(Client::close);
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    @Test
    void sendsWhatItIsGiven() throws Exception {
        ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
        Client sender = client(
                serving(0, (request, body) -> {
                            seen.add(request.getMethod() + " " + request.getPath() + " " + request.getVersion() + " "
                                    + request.getFirstHeader("x-a").getValue() + " " + body);
                            return Optional.of(OK);
                        })
                        .url(),
                1,
                false);
        Request.Body body = new Request.Body("body".repeat(50_000).getBytes(StandardCharsets.US_ASCII));
        Answer answer = sender.send(
                new Request(0, "POST", Optional.of("/x?y=1"), Map.of("X-A", "b"), body),
                Time.real().nanos() + Duration.ofSeconds(20).toNanos());

        assertThat(answer.ending()).isEqualTo(Ending.DONE);
        assertThat(answer.status()).hasValue(200);
        assertThat(answer.receivedBytes()).isEqualTo(2);
        assertThat(answer.sentNanos().orElseThrow())
                .isLessThanOrEqualTo(answer.firstNanos().orElseThrow());
        assertThat(answer.endedNanos())
                .isGreaterThanOrEqualTo(answer.firstNanos().orElseThrow());
        assertThat(seen)
                .singleElement()
                .asString()
                .startsWith("POST /x?y=1 HTTP/2.0 b ")
                .hasSize(23 + 200_000);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 3"})
    void manyRequestsAtOnceShareItsConnections(int connections, int opened) throws Exception {
        ConcurrentLinkedQueue<String> waiting = new ConcurrentLinkedQueue<>();
        Client sender = client(
                serving(0, (request, _) -> {
                            waiting.add(request.getPath());
                            return waiting.size() < 30 ? Optional.empty() : Optional.of(OK);
                        })
                        .url(),
                connections,
                false);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 29; i++) {
                String path = "/" + i;
                answers.add(threads.submit(() -> send(sender, path, Duration.ofSeconds(4))));
            }
            while (waiting.size() < 29) {
                Thread.sleep(5);
            }
            // All of these wait for good; one more comes through beside them.
            assertThat(send(sender, "/last").ending()).isEqualTo(Ending.DONE);
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().ending()).isEqualTo(Ending.TIMED_OUT);
            }
        }
        assertThat(sender.opened()).isEqualTo(opened);
        assertThat(sender.open()).isEqualTo(opened);
        // What was given up took nothing with it.
        assertThat(send(sender, "/after").ending()).isEqualTo(Ending.DONE);
        assertThat(sender.opened()).isEqualTo(opened);
    }

    @ParameterizedTest
    @CsvSource({"200, DONE", "302, DONE", "404, STATUS_4XX", "503, STATUS_5XX"})
    void aStatusIsAnAnswerOrAFailure(int status, Ending ending) throws Exception {
        Client sender =
                client(serving(0, (_, _) -> Optional.of(new Reply(status, "x"))).url(), 1, false);
        assertThat(send(sender, "/").ending()).isEqualTo(ending);
        assertThat(send(sender, "/").status()).hasValue(status);
        assertThat(sender.opened()).isEqualTo(1);
    }

    @Test
    void anAnswerThatIsTooLargeEndsItsRequestAndNoOther() throws Exception {
        Client sender = client(
                serving(
                                0,
                                (request, _) -> Optional.of(
                                        request.getPath().equals("/big") ? new Reply(200, "x".repeat(1_000_000)) : OK))
                        .url(),
                1,
                false);
        assertThat(send(sender, "/big").ending()).isEqualTo(Ending.TOO_LARGE);
        assertThat(send(sender, "/small").ending()).isEqualTo(Ending.DONE);
        assertThat(sender.opened()).isEqualTo(1);
    }

    @Test
    void countsTokensAndWantsTheEndOfTheirStream() throws Exception {
        String events = "data: {\"choices\": [{\"text\": \"a\"}]}\n\n".repeat(3);
        Client sender = client(
                serving(
                                0,
                                (request, _) -> Optional.of(new Reply(
                                        200, events + (request.getPath().equals("/whole") ? "data: [DONE]\n\n" : ""))))
                        .url(),
                1,
                true);
        Answer whole = send(sender, "/whole");
        assertThat(whole.ending()).isEqualTo(Ending.DONE);
        assertThat(whole.tokens().orElseThrow().count()).isEqualTo(3);
        assertThat(send(sender, "/half").ending()).isEqualTo(Ending.SHORT);
    }

    @Test
    void aServerThatIsStartedAnewIsFoundAgain() throws Exception {
        Http2TestServer first = serving(0, (_, _) -> Optional.of(OK));
        Client sender = client(first.url(), 1, false);
        assertThat(send(sender, "/").ending()).isEqualTo(Ending.DONE);
        first.close();
        serving(first.port(), (_, _) -> Optional.of(OK));

        assertThat(send(sender, "/").ending()).isEqualTo(Ending.DONE);
        assertThat(sender.opened()).isEqualTo(2);
    }

    @Test
    void saysWhyNothingCameOfARequest() throws Exception {
        assertThat(send(client("http://localhost:1", 1, false), "/").ending()).isEqualTo(Ending.REFUSED);
        assertThat(send(client("http://nowhere.invalid", 1, false), "/").ending())
                .isEqualTo(Ending.NO_NAME);
        TestServer older = TestServer.start(TestServer.Call::ok);
        open.add(older);
        assertThat(send(client(older.url(), 1, false), "/").ending()).isEqualTo(Ending.NOT_HTTP);
    }

    @Test
    void whoNeverSaysAnythingIsGivenUp() throws Exception {
        ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        open.add(silent);
        Client sender = client("http://localhost:" + silent.getLocalPort(), 1, false);
        assertThat(send(sender, "/", Duration.ofMillis(300)).ending()).isEqualTo(Ending.TIMED_OUT);
    }

    @Test
    void closingCutsOffWhatIsUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        Client sender = client(
                serving(0, (_, _) -> {
                            asked.countDown();
                            return Optional.empty();
                        })
                        .url(),
                1,
                false);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> answer = threads.submit(() -> send(sender, "/"));
            asked.await();
            sender.close();
            assertThat(answer.get().ending()).isEqualTo(Ending.CUT_OFF);
        }
        assertThat(send(sender, "/").ending()).isEqualTo(Ending.CUT_OFF);
        assertThat(sender.open()).isZero();
    }

    /** By other people's code. */
    @Test
    void speaksWithNghttpd(@TempDir Path folder) throws Exception {
        Path program = Path.of("/usr/sbin/nghttpd");
        assumeTrue(Files.isExecutable(program), "nghttpd is not installed (Debian package nghttp2-server)");
        Files.writeString(folder.resolve("file"), "12345");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process nghttpd = new ProcessBuilder(
                        program.toString(), "--no-tls", "-a", "127.0.0.1", "-d", folder.toString(), "" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        open.add(nghttpd::destroyForcibly);
        while (!listens(port)) {
            Thread.sleep(20);
        }
        Client sender = client("http://127.0.0.1:" + port, 2, false);
        for (int i = 0; i < 50; i++) {
            Answer answer = send(sender, "/file");
            assertThat(answer.ending()).isEqualTo(Ending.DONE);
            assertThat(answer.receivedBytes()).isEqualTo(5);
        }
        assertThat(send(sender, "/none").ending()).isEqualTo(Ending.STATUS_4XX);
        assertThat(sender.repeated()).isZero();
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }
}
