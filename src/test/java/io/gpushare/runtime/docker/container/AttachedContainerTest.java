package io.gpushare.runtime.docker.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.dockerjava.api.DockerClient;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.fake.EngineTurn;
import io.gpushare.runtime.docker.engine.DockerClients;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineProblem;
import io.gpushare.runtime.docker.engine.TestEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Against the engine of DOCKER_HOST, or of the default socket: a container of somebody else. */
@Tag("docker")
@ExtendWith(EngineTurn.class)
@Timeout(60)
class AttachedContainerTest {
    private static final String NAME =
            "gpushare-test-neighbour-" + ProcessHandle.current().pid();

    private static Engine engine;

    private DockerClient client;

    @BeforeAll
    static void makeAnImage() throws Exception {
        engine = TestEngine.withBusybox();
    }

    @BeforeEach
    void startIt() {
        client = DockerClients.open(engine);
        client.createContainerCmd(TestEngine.IMAGE)
                .withName(NAME)
                .withEntrypoint("sh", "-c", "sleep 600 & while :; do :; done")
                .exec();
        client.startContainerCmd(NAME).exec();
    }

    @AfterEach
    void removeIt() throws Exception {
        remove();
        client.close();
    }

    private void remove() {
        client.listContainersCmd().withShowAll(true).exec().stream()
                .filter(container -> container.getNames()[0].equals("/" + NAME))
                .forEach(container -> client.removeContainerCmd(container.getId())
                        .withForce(true)
                        .exec());
    }

    private AttachedContainer attach() throws InterruptedException {
        return AttachedContainer.of(new EngineAnswer.Found(engine), NAME);
    }

    private static void assertUnable(EngineAnswer engines, String name, String sentence) {
        assertThatExceptionOfType(GpushareException.class)
                .isThrownBy(() -> AttachedContainer.of(engines, name))
                .withMessageContaining(sentence)
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(ExitStatus.UNABLE));
    }

    @Test
    void isKnownByItsProcesses() throws Exception {
        try (AttachedContainer container = attach()) {
            assertThat(container.name()).isEqualTo(NAME);
            assertThat(container.whyGone()).isEmpty();
            assertThat(container.processes())
                    .hasSize(2)
                    .allSatisfy(pid -> assertThat(Files.readString(Path.of("/proc/" + pid + "/comm")))
                            .isIn("sh\n", "sleep\n", "busybox\n"));
        }
        assertThat(client.inspectContainerCmd(NAME).exec().getState().getRunning())
                .isTrue();
    }

    @Test
    void noticesARestartAndAnEndAndARemoval() throws Exception {
        try (AttachedContainer container = attach()) {
            client.restartContainerCmd(NAME).withTimeout(0).exec();
            assertThat(container.whyGone()).contains("it was restarted");
        }
        try (AttachedContainer container = attach()) {
            client.killContainerCmd(NAME).exec();
            client.waitContainerCmd(NAME).start().awaitStatusCode();
            assertThat(container.whyGone()).contains("it ended");
            assertUnable(new EngineAnswer.Found(engine), NAME, "the container " + NAME + " does not run");
            remove();
            assertThat(container.whyGone()).contains("it was removed");
        }
        assertUnable(new EngineAnswer.Found(engine), NAME, "there is no container " + NAME);
    }

    @Test
    void withoutAnEngineNoneIsAttached() {
        assertUnable(
                new EngineAnswer.Unusable(
                        EngineProblem.of(EngineProblem.Kind.SOCKET_MISSING, "no engine runs here", "Start it.")),
                NAME,
                "cannot be attached: no engine runs here");
    }
}
