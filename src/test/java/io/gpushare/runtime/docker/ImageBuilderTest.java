package io.gpushare.runtime.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.outcome.GpushareException;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against the engine of DOCKER_HOST, or of the default socket. */
@Tag("docker")
@Timeout(60)
class ImageBuilderTest {
    private static Engine engine;

    @TempDir
    Path root;

    private Path folder;
    private final List<String> lines = new ArrayList<>();
    private final Launches launches = Launches.ofBusybox().image("gpushare-test/built:1");

    @BeforeAll
    static void makeABase() throws IOException {
        engine = TestEngine.withBusybox();
    }

    @BeforeEach
    void writeAWorkload() throws IOException {
        folder = Files.createDirectory(root.resolve("shell"));
        Files.writeString(root.resolve("shared.txt"), "shared by all\n");
        Files.writeString(root.resolve("secret.txt"), "stays here\n");
        Files.writeString(root.resolve(".dockerignore"), "secret.txt\n");
    }

    @Test
    void buildsWithTheFolderAboveAndTheGivenBase() throws Exception {
        dockerfile("ARG BASE=gpushare-test/none", "FROM $BASE", "COPY . /data/", "USER 1234:1234");

        BuiltImage image = build(Optional.of(TestEngine.IMAGE));

        assertThat(image.id()).startsWith("sha256:");
        assertThat(image.sizeBytes()).isPositive();
        assertThat(lines).anyMatch(line -> line.startsWith("Step 3/"));
        HeardOutput heard = new HeardOutput();
        try (DockerRuntime runtime = DockerRuntime.open(engine, DockerOptions.withoutGpu(List.of()))) {
            Tenant tenant =
                    runtime.launch(launches.shell(0, "id -u; cat /data/shared.txt; ls /data/secret.txt"), heard);
            assertThat(tenant.exit().get(20, TimeUnit.SECONDS)).isEqualTo(new TenantExit.Exited(1));
        }
        assertThat(heard.text()).isEqualTo("1234\nshared by all\n");
    }

    @Test
    void saysWhichStepFailedAndWhatItSaidLast() throws Exception {
        dockerfile("FROM " + TestEngine.IMAGE, "RUN echo it went wrong here && cat /nowhere");

        assertThatThrownBy(() -> build(Optional.empty()))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        e -> assertThat(e.advice())
                                .hasValueSatisfying(advice -> assertThat(advice).contains("it went wrong here")))
                .hasMessageContaining("the image of the workload shell could not be built: Step 2/")
                .hasMessageContaining("returned a non-zero code: 1");
    }

    @Test
    void saysThatThereIsNoDockerfile() {
        assertThatThrownBy(() -> build(Optional.empty()))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("there is no " + folder.resolve("Dockerfile"));
    }

    @Test
    void saysThatTheBaseIsNotThere() throws Exception {
        dockerfile("FROM gpushare-test.invalid/none:1");

        assertThatThrownBy(() -> build(Optional.empty()))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("gpushare-test.invalid");
    }

    private void dockerfile(String... steps) throws IOException {
        Files.write(folder.resolve("Dockerfile"), List.of(steps));
    }

    private BuiltImage build(Optional<String> base) throws InterruptedException {
        Workload shell = launches.workload(List.of("sh", "-c"));
        Workload here = new Workload(
                shell.name(),
                shell.description(),
                shell.kind(),
                shell.unit(),
                shell.gpu(),
                folder,
                shell.command(),
                shell.image(),
                shell.launch(),
                shell.readyTimeout(),
                shell.network(),
                shell.memoryBytes(),
                shell.cpus(),
                shell.parameters(),
                shell.environment(),
                shell.digest());
        try (ImageBuilder builder = ImageBuilder.open(engine)) {
            return builder.build(here, base, lines::add);
        }
    }
}
