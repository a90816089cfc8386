package io.gpushare.runtime.kubernetes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.gpushare.time.Time;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Answers as it is told to, in the words of a real API server: for what that one cannot be made to say. */
final class FakeApiServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Deque<Answer>> answers = new HashMap<>();
    final List<String> asked = new ArrayList<>();

    private record Answer(int status, String body) {}

    FakeApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    Cluster cluster(Time time) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                .build();
        return Cluster.of(config, "fake", "ml", time);
    }

    /** The last of several is repeated. */
    FakeApiServer on(String methodAndPath, int status, String body) {
        answers.computeIfAbsent(methodAndPath, _ -> new ArrayDeque<>()).add(new Answer(status, body));
        return this;
    }

    FakeApiServer refuses(String methodAndPath, int status, String reason, String message) {
        return on(methodAndPath, status, """
                {"kind": "Status", "apiVersion": "v1", "status": "Failure", "message": "%s", "reason": "%s", "code": %d}
                """.formatted(message, reason, status));
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String request = exchange.getRequestMethod() + " " + path;
        asked.add(request);
        exchange.getRequestBody().readAllBytes();
        Deque<Answer> waiting = answers.get(request);
        Answer answer = waiting == null
                ? new Answer(
                        404,
                        "{\"kind\": \"Status\", \"message\": \"" + path
                                + "\", \"reason\": \"NotFound\", \"code\": 404}")
                : waiting.size() > 1 ? waiting.remove() : waiting.peek();
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    synchronized long timesAsked(String request) {
        return asked.stream().filter(request::equals).count();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
