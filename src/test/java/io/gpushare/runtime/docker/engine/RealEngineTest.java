package io.gpushare.runtime.docker.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.github.dockerjava.api.DockerClient;
import io.gpushare.fake.EngineTurn;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Against the engine of DOCKER_HOST, or of the default socket. */
@Tag("docker")
@ExtendWith(EngineTurn.class)
class RealEngineTest {
    private Engine engine() {
        Path home = Path.of(System.getProperty("user.home"));
        return switch (new EngineSearch(System.getenv(), home, Path.of("/")).find()) {
            case EngineAnswer.Found(Engine engine) -> engine;
            case EngineAnswer.Unusable(EngineProblem problem) -> abort("no engine answers: " + problem.sentence());
        };
    }

    @Test
    void isAskedInAVersionThatItSpeaks() throws IOException {
        Engine engine = engine();
        try (DockerClient client = DockerClients.open(engine)) {
            assertThat(client.versionCmd().exec().getVersion()).isEqualTo(engine.version());
            assertThat(client.infoCmd().exec().getDockerRootDir()).isEqualTo(engine.dataRoot());
        }
    }

    @Test
    void tellsItsRuntimesAndStorage() {
        Engine engine = engine();

        assertThat(engine.runtimes()).isNotEmpty();
        assertThat(engine.storageDriver()).isNotBlank();
        assertThat(engine.cgroupVersion()).isIn("1", "2");
    }
}
