package io.gpushare.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import io.gpushare.runtime.docker.FakeEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class DockerClientsTest {
    @Test
    void speaksTheVersionThatWasAgreed(@TempDir Path root) throws IOException {
        try (FakeEngine fake = FakeEngine.docker(root.resolve("var/run/docker.sock"), "20.10.24", "1.41", "1.12")
                        .answers("/v1.41/version", "{\"Version\":\"20.10.24\"}");
                DockerClient client = DockerClients.open(found(root))) {
            assertThat(client.versionCmd().exec().getVersion()).isEqualTo("20.10.24");
            assertThat(fake.requests()).containsExactly("/version", "/info", "/v1.41/version");
        }
    }

    @Test
    void reachesASocketInAFolderWithAnOddName(@TempDir Path root) throws IOException {
        Path odd = root.resolve("a 50 % folder");
        try (FakeEngine fake = FakeEngine.docker(odd.resolve("var/run/docker.sock"), "20.10.24", "1.41", "1.12")
                        .answers("/v1.41/version", "{\"Version\":\"20.10.24\"}");
                DockerClient client = DockerClients.open(found(odd))) {
            assertThat(client.versionCmd().exec().getVersion()).isEqualTo("20.10.24");
            assertThat(fake.requests()).endsWith("/v1.41/version");
        }
    }

    private static Engine found(Path root) {
        return switch (new EngineSearch(Map.of(), root, root).find()) {
            case EngineAnswer.Found(Engine engine) -> engine;
            case EngineAnswer.Unusable(EngineProblem problem) -> throw new AssertionError(problem.sentence());
        };
    }
}
