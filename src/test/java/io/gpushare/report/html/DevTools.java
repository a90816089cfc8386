package io.gpushare.report.html;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks the protocol of Chromium's developer tools over its socket. Remembers every event. */
final class DevTools implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long ANSWER_S = 20;

    private final HttpClient client = HttpClient.newHttpClient();
    private final AtomicInteger calls = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    DevTools(URI address) {
        socket =
                client.newWebSocketBuilder().buildAsync(address, new Messages()).join();
    }

    static ObjectNode parameters() {
        return JSON.createObjectNode();
    }

    /** @param session of a tab, or empty for the browser itself */
    JsonNode call(String session, String method, ObjectNode parameters) {
        int id = calls.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        open.put(id, answer);
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        socket.sendText(message.toString(), true).join();
        try {
            JsonNode said = answer.get(ANSWER_S, TimeUnit.SECONDS);
            if (said.has("error")) {
                throw new AssertionError(method + ": " + said.path("error"));
            }
            return said.path("result");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError(method + " was interrupted", interrupted);
        } catch (ExecutionException | TimeoutException failure) {
            throw new AssertionError(method + " was not answered", failure);
        }
    }

    List<JsonNode> events(String session, String method) {
        return events.stream()
                .filter(event -> event.path("method").asText().equals(method)
                        && event.path("sessionId").asText().equals(session))
                .map(event -> event.path("params"))
                .toList();
    }

    @Override
    public void close() {
        socket.abort();
        client.shutdownNow();
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder partial = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            partial.append(text);
            if (last) {
                receive(partial.toString());
                partial.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedFuture(text);
        }

        private void receive(String text) {
            try {
                JsonNode message = JSON.readTree(text);
                CompletableFuture<JsonNode> answer =
                        open.remove(message.path("id").asInt());
                if (answer == null) {
                    events.add(message);
                } else {
                    answer.complete(message);
                }
            } catch (JsonProcessingException noJson) {
                throw new IllegalStateException("the browser said: " + text, noJson);
            }
        }
    }
}
