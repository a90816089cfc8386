package io.gpushare.load.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.load.LoadShape;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.load.scenario.ScenarioPlan;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LoadWordsTest {
    @TempDir
    Path folder;

    private LoadWords words(String... words) {
        Map<String, String> named = new TreeMap<>();
        for (String word : words) {
            named.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
        }
        return new LoadWords(new TreeMap<>(named), Map.of("X-Key", "secret"), folder);
    }

    private static TenantLoad load(LoadWords words) {
        return words.load(Duration.ofSeconds(10), 3);
    }

    @Test
    void withoutAWordThereIsOneClient() {
        TenantLoad load = load(words());
        assertThat(load.plan().shape()).isEqualTo(new LoadShape.Closed(1, Optional.empty()));
        assertThat(load.plan().warmUp()).isEqualTo(Duration.ofSeconds(2));
        assertThat(load.said()).isEqualTo("1 client");
        assertThat(load.requests().of(0).method()).isEqualTo("GET");
        assertThat(load.requests().of(0).headers()).containsEntry("X-Key", "secret");
    }

    @Test
    void readsALoadByTheClock() {
        TenantLoad load =
                load(words("rate=50/s", "path=/infer?id={{i}}", "body={\"a\": {{i}}}", "warm_up=0", "http=2"));
        assertThat(load.said()).isEqualTo("poisson 50/s");
        assertThat(load.client().http2()).isTrue();
        assertThat(load.plan().warmUp()).isZero();
        assertThat(load.requests().of(7).path()).contains("/infer?id=7");
        assertThat(new String(load.requests().of(7).body().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"a\": 7}");
        assertThat(load.requests().of(7).method()).isEqualTo("POST");
    }

    @Test
    void readsPromptsForALanguageModel() {
        TenantLoad load = load(words("llm=chat", "model=m", "prompt_tokens=3", "output_tokens=5", "rate=2"));
        assertThat(load.path()).isEqualTo("/v1/chat/completions");
        assertThat(new String(load.requests().of(0).body().bytes(), StandardCharsets.UTF_8))
                .contains("\"model\":\"m\"", "\"max_tokens\":5");
        assertThat(load.client().streamsTokens()).isTrue();
    }

    @Test
    void filesLieInTheFolderOfWhoNamesThem() throws Exception {
        Files.writeString(folder.resolve("times.txt"), "0\n0.5\n2\n");
        Files.writeString(folder.resolve("body.json"), "{}");
        assertThat(load(words("arrivals=trace:times.txt", "body_file=body.json"))
                        .said())
                .isEqualTo("trace:times.txt");
    }

    @Test
    void aRateTakesThePlaceOfClientsAndABodyThatOfPrompts() {
        LoadWords llm = words("clients=4", "think=1s", "llm=chat", "model=m", "lengths=gone.txt");
        LoadWords other = llm.over(Map.of("rate", "5", "body", "x"));
        assertThat(other.words()).isEqualTo(new TreeMap<>(Map.of("rate", "5", "body", "x")));
        assertThat(other.over(Map.of("clients", "2", "llm", "chat")).words())
                .isEqualTo(new TreeMap<>(Map.of("clients", "2", "llm", "chat")));
    }

    @Test
    void aScenarioSaysWhenQueriesCome() {
        TenantLoad offline = load(words("scenario=offline", "samples_per_request=32", "official=true"));
        assertThat(offline.plan().shape()).isEqualTo(new LoadShape.Closed(64, Optional.empty()));
        assertThat(offline.scenario()).contains(new ScenarioPlan(Scenario.OFFLINE, true, 32, Optional.empty()));
        TenantLoad stream = load(words("scenario=multi-stream"));
        assertThat(stream.plan().shape()).isEqualTo(new LoadShape.Closed(1, Optional.empty()));
        assertThat(stream.scenario().orElseThrow().samples()).isEqualTo(8);
        TenantLoad server = load(words("scenario=server", "rate=50", "latency_bound=15ms"));
        assertThat(server.said()).isEqualTo("poisson 50/s");
        assertThat(server.scenario().orElseThrow().latencyBound()).contains(Duration.ofMillis(15));
    }

    @Test
    void aScenarioTakesThePlaceOfWhatItSaysItself() {
        LoadWords clients = words("clients=4", "think=1s", "path=/a");
        assertThat(clients.over(Map.of("scenario", "single-stream")).words())
                .isEqualTo(new TreeMap<>(Map.of("scenario", "single-stream", "path", "/a")));
        LoadWords server =
                words("rate=5", "arrivals=constant").over(Map.of("scenario", "server", "latency_bound", "1s"));
        assertThat(server.words())
                .isEqualTo(new TreeMap<>(Map.of("rate", "5", "scenario", "server", "latency_bound", "1s")));
        assertThat(server.over(Map.of("scenario", "offline", "clients", "9")).words())
                .isEqualTo(new TreeMap<>(Map.of("scenario", "offline", "clients", "9")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        rate=fast               | rate: 'fast' is not a number
        rate=0                  | rate is from 0.001
        clients=0               | clients are from 1
        arrivals=poisson        | 'poisson' needs a rate
        arrivals=steps:1,2      | 'steps:1,2' changes the rate in the middle
        model=m                 | model: this is for a load that has llm, too
        http=3                  | http: '3' is neither 1.1 nor 2
        llm=talk                | llm: 'talk' is neither completions nor chat
        path=infer              | path: 'infer' is no path
        timeout=soon            | timeout: 'soon'
        goodput=p99<5ms         | goodput: 'p99<5ms' makes no request good
        body_file=gone.json     | body_file:
        scenario=mobile         | scenario: 'mobile' is no scenario of MLPerf; there are single-stream, multi-stream
        scenario=server         | rate: the scenario server needs one
        official=true           | official: this is for a load that has scenario, too
        ignore_eos=maybe        | ignore_eos: this is for a load that has llm, too
        """)
    void saysWhichWordMakesNoSense(String word, String sentence) {
        assertThatThrownBy(() -> load(words(word)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void refusesWordsThatRuleOneAnotherOut() {
        assertThatThrownBy(() -> load(words("rate=5", "clients=3"))).hasMessageContaining("leave out one or the other");
        assertThatThrownBy(() -> load(words("body=a", "body_file=b"))).hasMessageContaining("there can be one");
        assertThatThrownBy(() -> load(words("llm=chat", "body=b"))).hasMessageContaining("says what is sent");
        assertThatThrownBy(() -> load(words("scenario=single-stream", "clients=2")))
                .hasMessageContaining("clients: the scenario single-stream says itself when queries come");
        assertThatThrownBy(() -> load(words("scenario=server", "rate=5", "arrivals=constant", "latency_bound=1s")))
                .hasMessageContaining("arrivals: the scenario server says itself when queries come");
        assertThatThrownBy(() -> load(words("scenario=offline", "latency_bound=1s")))
                .hasMessageContaining("latency_bound: the scenario server has one");
        assertThatThrownBy(() -> load(words("scenario=server", "rate=1"))).hasMessageContaining("latency_bound:");
        assertThatThrownBy(() -> words("rat=5")).hasMessageContaining("a load has no 'rat'. Did you mean rate?");
    }
}
