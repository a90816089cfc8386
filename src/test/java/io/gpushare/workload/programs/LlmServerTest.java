package io.gpushare.workload.programs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The server of a language model, which needs PyTorch and nothing else. */
@Timeout(120)
class LlmServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static Process server;
    private static String address;

    @BeforeAll
    static void start() throws Exception {
        TorchProgramsTest.assumePackages("llm-decode");
        try (ServerSocket free = new ServerSocket(0)) {
            address = "http://127.0.0.1:" + free.getLocalPort();
        }
        server = new ProcessBuilder(
                        TenantProcess.PYTHON.toString(),
                        "-u",
                        TenantProcess.WORKLOADS
                                .resolve("llm-server/llm_server.py")
                                .toString(),
                        "--port",
                        address.substring(address.lastIndexOf(':') + 1),
                        "--device",
                        "cpu",
                        "--max-batch",
                        "4",
                        "--max-length",
                        "64")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        int status = 0;
        while (status != 200) {
            assertThat(server.isAlive()).isTrue();
            Thread.sleep(100);
            status = health();
        }
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.destroyForcibly();
        }
    }

    private static int health() throws InterruptedException {
        try {
            return CLIENT.send(
                            HttpRequest.newBuilder(URI.create(address + "/health"))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static HttpRequest asking(String path, String body) {
        return HttpRequest.newBuilder(URI.create(address + path))
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static CompletableFuture<String> text(int words, int tokens) {
        String body = "{\"prompt\": \"" + "some words ".repeat(words) + "\", \"max_tokens\": " + tokens + "}";
        return CLIENT.sendAsync(asking("/v1/completions", body), BodyHandlers.ofString())
                .thenApply(answer -> answer.body().replaceAll("(?s).*\"text\": \"([^\"]*)\".*", "$1"));
    }

    @Test
    void aRequestGetsTheSameAnswerAloneAndInABatch() {
        List<String> alone =
                IntStream.range(1, 8).mapToObj(i -> text(i, 3 + 2 * i).join()).toList();
        List<CompletableFuture<String>> together =
                IntStream.range(1, 8).mapToObj(i -> text(i, 3 + 2 * i)).toList();

        assertThat(together.stream().map(CompletableFuture::join)).containsExactlyElementsOf(alone);
        assertThat(alone).allMatch(text -> text.startsWith(" t")).doesNotHaveDuplicates();
    }

    @Test
    void streamsTokenByToken() throws Exception {
        HttpResponse<String> answer = CLIENT.send(
                asking(
                        "/v1/chat/completions",
                        "{\"messages\": [{\"role\": \"user\", \"content\": \"a b c\"}], \"max_tokens\": 5, \"stream\": true,"
                                + " \"stream_options\": {\"include_usage\": true}}"),
                BodyHandlers.ofString());

        List<String> events = answer.body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
        assertThat(events).hasSize(7).last().isEqualTo("[DONE]");
        assertThat(events.subList(0, 5)).allMatch(event -> event.contains("\"delta\""));
        JsonNode usage = JSON.readTree(events.get(5)).path("usage");
        assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(3);
        assertThat(usage.path("completion_tokens").asInt()).isEqualTo(5);
    }

    @Test
    void refusesWhatItCannotAnswer() throws Exception {
        for (String body : List.of("{}", "no json", "[1]", "{\"prompt\": \"a\", \"max_tokens\": 100}")) {
            assertThat(CLIENT.send(asking("/v1/completions", body), BodyHandlers.ofString())
                            .statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
    }
}
