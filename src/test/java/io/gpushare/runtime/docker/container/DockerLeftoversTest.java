package io.gpushare.runtime.docker.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.docker.Launches;
import io.gpushare.runtime.docker.engine.DockerClients;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.EngineProblem;
import io.gpushare.runtime.docker.engine.TestEngine;
import io.gpushare.runtime.docker.image.ContainerLabels;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DockerLeftoversTest {
    private static final RunOwner CURRENT = RunOwner.current();

    @Test
    @Tag("docker")
    void tellsContainersOfADeadOwnerFromThoseInUseAndRemovesThem() throws Exception {
        Engine engine = TestEngine.withBusybox();
        DockerLeftovers leftovers = new DockerLeftovers(() -> new EngineAnswer.Found(engine));
        RunOwner dead = new RunOwner(CURRENT.pid(), "1", CURRENT.boot(), CURRENT.pidNamespace());
        String run = Launches.ofBusybox().runId();
        create(engine, run, dead.text());
        create(engine, run, CURRENT.text());
        create(engine, run, "unreadable");

        List<Leftover> found = ofRun(run, leftovers);
        assertThat(found)
                .extracting(Leftover::ownerState)
                .containsExactlyInAnyOrder(RunOwner.State.GONE, RunOwner.State.RUNNING, RunOwner.State.UNKNOWN);
        for (Leftover leftover : found) {
            leftovers.remove(leftover);
            leftovers.remove(leftover);
        }

        assertThat(ofRun(run, leftovers)).isEmpty();
    }

    @Test
    void findsNothingWhereThereIsNoEngine() throws Exception {
        DockerLeftovers leftovers = new DockerLeftovers(() -> unusable(EngineProblem.Kind.SOCKET_MISSING));

        assertThat(leftovers.find()).isEmpty();
    }

    @Test
    void saysThatItCouldNotLook() {
        DockerLeftovers leftovers = new DockerLeftovers(() -> unusable(EngineProblem.Kind.PERMISSION_DENIED));

        assertThatThrownBy(leftovers::find)
                .isInstanceOf(GpushareException.class)
                .hasMessage("containers of earlier runs cannot be looked for: it is so");
    }

    private static EngineAnswer unusable(EngineProblem.Kind kind) {
        return new EngineAnswer.Unusable(EngineProblem.of(kind, "it is so", "Mend it."));
    }

    private static List<Leftover> ofRun(String run, DockerLeftovers leftovers) throws InterruptedException {
        return leftovers.find().stream()
                .filter(leftover -> leftover.runId().equals(run))
                .toList();
    }

    private static void create(Engine engine, String run, String owner) throws IOException {
        try (DockerClient client = DockerClients.open(engine)) {
            client.createContainerCmd(TestEngine.IMAGE)
                    .withEntrypoint("cat")
                    .withLabels(Map.of(ContainerLabels.RUN, run, ContainerLabels.OWNER, owner))
                    .exec();
        }
    }
}
