package io.gpushare.runtime.docker.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.runtime.docker.FakeEngine;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineProblem;
import io.gpushare.runtime.docker.engine.EngineSearch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class ImagePusherTest {
    private static final String REGISTRY = "registry.example:5000/team";
    private static final String THERE = REGISTRY + "/gpushare/spin";
    private static final String DIGEST = THERE + "@sha256:" + "d".repeat(64);
    private static final String IMAGES = "/v1.41/images/";

    @TempDir
    Path root;

    private FakeEngine fake;
    private final List<String> lines = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        fake = FakeEngine.docker(root.resolve("var/run/docker.sock"), "20.10.24", "1.41", "1.12");
    }

    @AfterEach
    void end() throws IOException {
        fake.close();
    }

    private void answers(String repository, String tag, String push) {
        fake.answers(
                        IMAGES + "sha256:1/tag?repo="
                                + repository.replace(":", "%3A").replace("/", "%2F") + "&tag=" + tag,
                        "")
                .answers(IMAGES + repository.replace("/", "%2F") + "/push?tag=" + tag, push)
                .answers(IMAGES + repository.replace("/", "%2F") + ":" + tag + "/json", """
                    {"Id": "sha256:1", "RepoDigests": ["other/spin@sha256:0", "%s@sha256:%s"]}\
                    """.formatted(
                                repository, "d".repeat(64)));
    }

    private PushedImage push(String name) throws InterruptedException {
        Engine engine = switch (new EngineSearch(Map.of(), root, root).find()) {
            case EngineAnswer.Found(Engine found) -> found;
            case EngineAnswer.Unusable(EngineProblem problem) -> throw new AssertionError(problem.sentence());
        };
        try (ImagePusher pusher = ImagePusher.open(engine, REGISTRY)) {
            return pusher.push(new BuiltImage("spin", name, "sha256:1", 10), lines::add);
        }
    }

    @Test
    void sendsAnImageThereAndTellsItsDigest() throws Exception {
        answers(THERE, "latest", """
            {"status":"The push refers to repository [registry.example:5000/team/gpushare/spin]"}
            {"status":"Pushing","progressDetail":{"current":5,"total":10},"id":"a1"}
            {"status":"Pushed","id":"a1"}
            {"status":"latest: digest: sha256:dd size: 10"}
            """);

        assertThat(push("gpushare/spin")).isEqualTo(new PushedImage(THERE + ":latest", Optional.of(DIGEST)));
        assertThat(lines)
                .containsExactly(
                        "The push refers to repository [registry.example:5000/team/gpushare/spin]",
                        "a1: Pushed",
                        "latest: digest: sha256:dd size: 10");
    }

    @Test
    void keepsTheTagOfItsName() throws Exception {
        answers(THERE, "7", "{\"status\":\"done\"}");

        assertThat(push("gpushare/spin:7").name()).isEqualTo(THERE + ":7");
    }

    @Test
    void saysWhatTheRegistryRefuses() {
        answers(THERE, "latest", """
            {"errorDetail":{"message":"unauthorized: log in first"},"error":"unauthorized: log in first"}
            """);

        assertThatThrownBy(() -> push("gpushare/spin")).isInstanceOfSatisfying(GpushareException.class, e -> {
            assertThat(e.status()).isEqualTo(ExitStatus.FAILED);
            assertThat(e.sentence())
                    .isEqualTo("the image of the workload spin could not be pushed to " + THERE
                            + ":latest: unauthorized: log in first");
            assertThat(e.advice())
                    .hasValueSatisfying(advice -> assertThat(advice).contains("docker push " + THERE + ":latest"));
        });
    }

    @Test
    void saysWhatTheEngineRefuses() {
        assertThatThrownBy(() -> push("gpushare/spin")).hasMessageEndingWith(": page not found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"registry.example", "localhost:5000", "registry.example:5000/team/sub-team", "10.0.0.1:80/a"})
    void takesTheNameOfARegistry(String registry) {
        ImagePusher.require(registry);
    }

    @ParameterizedTest
    @CsvSource({"https://registry.example", "registry.example/", "''", "a b", "registry.example/Team", "-x"})
    void refusesWhatIsNone(String registry) {
        assertThatThrownBy(() -> ImagePusher.require(registry))
                .isInstanceOfSatisfying(
                        GpushareException.class, e -> assertThat(e.status()).isEqualTo(ExitStatus.USAGE))
                .hasMessageContaining("is no registry");
    }
}
