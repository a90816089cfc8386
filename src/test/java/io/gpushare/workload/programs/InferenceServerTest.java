package io.gpushare.workload.programs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The HTTP side of the inference server, which here serves only the test. */
class InferenceServerTest {
    private static final Pattern LISTENING = Pattern.compile("listening on 127.0.0.1 port (\\d+)");
    private static final String IMAGE = Base64.getEncoder().encodeToString(new byte[3 * 32 * 32]);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private static TenantProcess server;
    private static String address;

    @BeforeAll
    static void start() throws Exception {
        TorchProgramsTest.assumePackages("inference-server");
        server = TenantProcess.of("inference-server", "--serve-only", "--max-batch", "3", "--model", "tiny");
        server.expect("hello");
        server.awaitLog("listening on");
        Matcher listening = LISTENING.matcher(server.log());
        assertThat(listening.find()).as(server.log()).isTrue();
        address = "http://127.0.0.1:" + listening.group(1);
        for (int status = 0; status != 200; ) {
            HttpResponse<String> health = get("/health");
            status = health.statusCode();
            assertThat(status + health.body())
                    .containsAnyOf("503{\"status\":\"loading\"}", "200{\"status\":\"ready\"}");
        }
    }

    @AfterAll
    static void endsOnSigterm() throws Exception {
        if (server == null) {
            return;
        }
        try (TenantProcess running = server) {
            running.terminate();
            assertThat(running.exitStatus()).isEqualTo(143);
        }
    }

    @Test
    void classifiesOneImage() throws Exception {
        JsonNode answer =
                JSON.readTree(post("/predict", "{\"image\":\"" + IMAGE + "\"}").body());

        assertThat(answer.path("class").isInt()).isTrue();
        assertThat(answer.path("probability").asDouble()).isBetween(0.0, 1.0);
        assertThat(answer.path("latency_ms").asDouble())
                .isGreaterThanOrEqualTo(answer.path("device_ms").asDouble());
    }

    @Test
    void classifiesABatchLikeItsImages() throws Exception {
        JsonNode one =
                JSON.readTree(post("/predict", "{\"image\":\"" + IMAGE + "\"}").body());
        JsonNode batch = JSON.readTree(post("/predict/batch", "{\"images\":[\"" + IMAGE + "\",\"" + IMAGE + "\"]}")
                .body());

        assertThat(batch.path("predictions")).hasSize(2);
        for (JsonNode prediction : batch.path("predictions")) {
            assertThat(prediction.path("class")).isEqualTo(one.path("class"));
        }
    }

    @Test
    void refusesWhatIsNoImageAndSaysWhy() throws Exception {
        assertRefused("/predict", "", "must be a JSON object with the field image");
        assertRefused("/predict", "[]", "must be a JSON object with the field image");
        assertRefused("/predict", "{}", "the field image is missing");
        assertRefused("/predict", "{\"image\":3}", "image must be a base64 string");
        assertRefused("/predict", "{\"image\":\"###\"}", "image is not base64");
        assertRefused("/predict", "{\"image\":\"AAAA\"}", "image has 3 bytes, an image has 3072");
        assertRefused("/predict/batch", "{\"images\":[]}", "a list of 1 to 3 images");
        assertRefused("/predict/batch", "{\"images\":[\"" + IMAGE + "\",\"\"]}", "images[1] has 0 bytes");
    }

    @Test
    void answersInJsonAlsoWhatItDoesNotKnow() throws Exception {
        HttpResponse<String> unknown = get("/nothing");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(unknown.body()).has("error")).isTrue();

        HttpResponse<String> tooMuch = post("/predict", "x".repeat(100_000));
        assertThat(tooMuch.statusCode()).isIn(400, 413);
        assertThat(JSON.readTree(tooMuch.body()).has("error")).isTrue();
    }

    @Test
    void countsRequestsImagesAndErrors() throws Exception {
        JsonNode before = JSON.readTree(get("/stats").body());
        post("/predict", "{\"image\":\"" + IMAGE + "\"}");
        post("/predict/batch", "{\"images\":[\"" + IMAGE + "\",\"" + IMAGE + "\",\"" + IMAGE + "\"]}");
        post("/predict", "{}");
        JsonNode after = JSON.readTree(get("/stats").body());

        assertThat(after.path("requests").asInt() - before.path("requests").asInt())
                .isEqualTo(2);
        assertThat(after.path("images").asInt() - before.path("images").asInt()).isEqualTo(4);
        assertThat(after.path("errors").asInt() - before.path("errors").asInt()).isEqualTo(1);
        assertThat(after.path("latency_p99_ms").asDouble())
                .isGreaterThanOrEqualTo(after.path("latency_p50_ms").asDouble());
    }

    private static void assertRefused(String path, String body, String why) throws IOException, InterruptedException {
        HttpResponse<String> answer = post(path, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).path("error").asText()).contains(why);
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return CLIENT.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(requireNonNull(address) + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, BodyHandlers.ofString());
    }
}
