package io.gpushare.load.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.failure.GpushareException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RequestsTest {
    @TempDir
    Path folder;

    private static RequestKind kind(String name, double weight, String body) {
        return new RequestKind(name, weight, "POST", Optional.empty(), Map.of(), Optional.of(Template.parse(body)));
    }

    private static String body(Request request) {
        return new String(request.body().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void placesOfATemplateAreFilled() {
        Requests requests = new RequestMix(List.of(kind("one", 1, "{\"id\": {{i}}, \"x\": {{ random }}}")), 1);
        assertThat(body(requests.of(0))).matches("\\{\"id\": 0, \"x\": \\d+}");
        assertThat(body(requests.of(41))).startsWith("{\"id\": 41,");
        assertThat(body(requests.of(41))).isEqualTo(body(requests.of(41))).isNotEqualTo(body(requests.of(42)));
    }

    @Test
    void otherPlacesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Template.parse("{{now}}"))
                .withMessage("there is no {{now}} in a template; there are {{i}} and {{random}}");
        assertThat(Template.parse("{\"a\": {\"b\": 1}}").render(0, new SplittableRandom(1)))
                .isEqualTo("{\"a\": {\"b\": 1}}");
    }

    @Test
    void kindsAreDrawnByTheirWeights() {
        Requests requests = new RequestMix(List.of(kind("often", 3, "a"), kind("seldom", 1, "b")), 9);
        long often = LongStream.range(0, 10_000)
                .filter(i -> requests.of(i).kind() == 0)
                .count();
        assertThat(often).isCloseTo(7500, within(200L));
        assertThat(requests.kinds()).containsExactly("often", "seldom");
    }

    @Test
    void aFileHoldsAMix() throws IOException {
        Files.writeString(folder.resolve("big.json"), "{\"n\": {{i}}}");
        Path file = Files.writeString(folder.resolve("mix.yaml"), """
                requests:
                  - name: small
                    weight: 3
                    path: /v1/small?i={{i}}
                    headers: {X-Kind: small}
                  - body_file: big.json
                """);
        List<RequestKind> kinds = RequestFile.read(file, Map.of("x-kind", "any", "Accept", "*/*"));
        assertThat(kinds).extracting(RequestKind::name).containsExactly("small", "request 2");
        assertThat(kinds).extracting(RequestKind::method).containsExactly("GET", "POST");
        Request small = kinds.getFirst().render(0, 5, new SplittableRandom(1));
        assertThat(small.path()).contains("/v1/small?i=5");
        assertThat(small.headers())
                .containsEntry("Accept", "*/*")
                .containsValue("small")
                .doesNotContainValue("any");
        Request big = kinds.getLast().render(1, 6, new SplittableRandom(1));
        assertThat(body(big)).isEqualTo("{\"n\": 6}");
        assertThat(big.headers()).containsEntry("Content-Type", "application/json");
    }

    @Test
    void aFileIsReadStrictly() throws IOException {
        Path file = folder.resolve("mix.yaml");
        Files.writeString(file, "requests:\n  - wait: 3\n");
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> RequestFile.read(file, Map.of()))
                .withMessageContaining("mix.yaml, line 2: there is no property 'requests[0].wait'");
        Files.writeString(file, "requests:\n  - weight: -1\n");
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> RequestFile.read(file, Map.of()))
                .withMessageContaining("a weight must be above 0, got -1.0");
        Files.writeString(file, "requests:\n  - body: a\n    body_file: b\n");
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> RequestFile.read(file, Map.of()))
                .withMessageContaining("there is no such file");
    }

    @Test
    void promptsAreAsLongAsAskedAndDiffer() throws IOException {
        LlmRequests requests = new LlmRequests(
                LlmApi.CHAT,
                Optional.of("tiny"),
                new TokenLengths.Drawn(new TokenCount.Fixed(20), new TokenCount.Fixed(7)),
                true,
                Map.of("Authorization", "Bearer x"),
                1);
        JsonNode first = new ObjectMapper().readTree(requests.of(0).body().bytes());
        assertThat(first.path("messages").path(0).path("content").asText().split(" "))
                .hasSize(20);
        assertThat(first.path("max_tokens").asInt()).isEqualTo(7);
        assertThat(first.path("stream").asBoolean()).isTrue();
        assertThat(first.path("ignore_eos").asBoolean()).isTrue();
        assertThat(first.path("model").asText()).isEqualTo("tiny");
        assertThat(requests.of(1)).isNotEqualTo(requests.of(0));
        assertThat(requests.of(0)).isEqualTo(requests.of(0));
        assertThat(requests.of(0).headers()).containsEntry("Authorization", "Bearer x");
    }

    @Test
    void lengthsAreDrawnOrListed() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        TokenCount normal = TokenCount.parse("normal:100:20");
        double[] drawn =
                DoubleStream.generate(() -> normal.draw(random)).limit(5000).toArray();
        assertThat(DoubleStream.of(drawn).average().orElseThrow()).isCloseTo(100, within(1.5));
        assertThat(DoubleStream.of(drawn)
                        .map(x -> Math.pow(x - 100, 2))
                        .average()
                        .orElseThrow())
                .isCloseTo(400, within(40.0));
        Path file = Files.writeString(folder.resolve("pairs"), "# prompt, output\n512,128\n64 16\n");
        TokenLengths.Listed listed = TokenLengths.read(file);
        assertThat(listed.of(0, random)).isEqualTo(new TokenLengths.Pair(512, 128));
        assertThat(listed.of(3, random)).isEqualTo(new TokenLengths.Pair(64, 16));
    }

    @Test
    void wrongLengthsAreRefused() throws IOException {
        for (String wrong : List.of("0", "many", "normal:5", "normal:0:1", "normal:5:-1")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> TokenCount.parse(wrong));
        }
        Path file = Files.writeString(folder.resolve("pairs"), "512,128\n64\n");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenLengths.read(file))
                .withMessage(file + ", line 2: '64' is no pair, as 512,128");
    }
}
