package io.gpushare.runtime.docker.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gpushare.failure.GpushareException;
import io.gpushare.fake.EngineTurn;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantExit;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.docker.DockerRuntime;
import io.gpushare.runtime.docker.HeardOutput;
import io.gpushare.runtime.docker.Launches;
import io.gpushare.runtime.docker.container.DockerLeftovers;
import io.gpushare.runtime.docker.engine.Engine;
import io.gpushare.runtime.docker.engine.EngineAnswer;
import io.gpushare.runtime.docker.engine.TestEngine;
import io.gpushare.workload.Workload;
import io.gpushare.workload.WorkloadCatalog;
import io.gpushare.workload.WorkloadFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the engine of DOCKER_HOST, or of the default socket. */
@Tag("docker")
@ExtendWith(EngineTurn.class)
@Timeout(60)
class ImageBuilderTest {
    private static final String YAML = """
        name: shell
        description: A few words of shell.
        kind: stress
        unit: word
        gpu: none
        command: [sh, -c]
        image: gpushare-test/built:1
        """;

    private static Engine engine;

    @TempDir
    Path root;

    private WorkloadFolders folders;
    private final List<String> lines = new ArrayList<>();
    private final Launches launches = Launches.ofBusybox();

    @BeforeAll
    static void makeABase() throws IOException {
        engine = TestEngine.withBusybox();
    }

    @BeforeEach
    void writeAWorkload() {
        folders = new WorkloadFolders(root);
        folders.add("shell", YAML);
    }

    @Test
    void buildsWithWhatTheWorkloadSharesAndTheGivenBase() throws Exception {
        folders.write("shared.txt", "shared by all\n");
        folders.write("other.txt", "of somebody else\n");
        folders.write("shell/secret.txt", "stays here\n");
        folders.write(".dockerignore", "shell/secret.txt\n");
        folders.add("shell", YAML + "shares: [shared.txt]\n");
        dockerfile("ARG BASE=gpushare-test/none", "FROM $BASE", "COPY . /data/", "USER 1234:1234");

        BuiltImage image = build(Optional.of(TestEngine.IMAGE));

        assertThat(image.id()).startsWith("sha256:");
        assertThat(image.sizeBytes()).isPositive();
        assertThat(lines).anyMatch(line -> line.startsWith("Step 3/"));
        assertThat(said("id -u; cat /data/shared.txt; ls /data /data/shell"))
                .isEqualTo(
                        "1234\nshared by all\n/data:\nshared.txt\nshell\n\n/data/shell:\nDockerfile\nworkload.yaml\n");
    }

    @Test
    void putsNothingIntoAnImageThatALinkLeadsTo() throws Exception {
        dockerfile("FROM " + TestEngine.IMAGE, "COPY . /data/");
        Workload before = workload();
        Path outside = Files.createDirectory(root.resolve("outside"));
        Files.writeString(outside.resolve("key"), "secret");
        Files.createSymbolicLink(root.resolve("shell/x"), outside);

        assertThatThrownBy(() -> build(before, Optional.empty()))
                .isInstanceOf(GpushareException.class)
                .hasMessageContaining("has a link that leads out of it: x points to " + outside);
    }

    @Test
    void refusesAnImageOnceTheProgramWasEdited() throws Exception {
        dockerfile("FROM " + TestEngine.IMAGE, "COPY . /data/");
        folders.write("shell/program", "one");
        build(Optional.empty());
        try (DockerRuntime runtime = open()) {
            runtime.require(List.of(workload()));
            assertThat(runtime.doubts(workload(), Map.of())).isEmpty();
            assertThat(runtime.description().at("/images/shell/workload_digest").asText())
                    .isEqualTo(workload().digest());

            folders.write("shell/program", "two");
            assertThatThrownBy(() -> runtime.require(List.of(workload())))
                    .isInstanceOf(GpushareException.class)
                    .hasMessageStartingWith("the image gpushare-test/built:1 is older than the files of the workload");
        }
    }

    @Test
    void marksAnImageWithWhatWasReallySent() throws Exception {
        dockerfile("FROM " + TestEngine.IMAGE, "COPY . /data/");
        Workload before = workload();
        folders.write("shell/program", "written while another image was built");

        build(before, Optional.empty());

        try (DockerRuntime runtime = open()) {
            runtime.require(List.of(workload()));
        }
    }

    @ParameterizedTest
    @CsvSource({"+0,65532", "00:0,65532", "toor,65532", "nobody-knows,65532", "app,1234", "app:0,1234"})
    void runsAsTheImagesUserUnlessThatIsRoot(String user, int id) throws Exception {
        folders.write("shell/passwd", "root:x:0:0::/:\ntoor:x:0:0::/:\napp:x:1234:1234::/:\n");
        dockerfile("FROM " + TestEngine.IMAGE, "COPY shell/passwd /etc/passwd", "USER " + user);
        build(Optional.empty());
        HeardOutput heard = new HeardOutput();

        try (DockerRuntime runtime = open()) {
            assertThat(runtime.userId(workload())).hasValue(id);
            Tenant tenant = runtime.launch(launch("id -u; cat"), heard);
            assertThat(tenant.description().path("user_id").asInt()).isEqualTo(id);
            heard.await(id + "\n");
        }
        assertThat(new DockerLeftovers(() -> new EngineAnswer.Found(engine)).find())
                .noneMatch(container -> container.runId().equals("reading-an-image"));
    }

    @Test
    void doesNotCheckTheHealthOfATenant() throws Exception {
        dockerfile("FROM " + TestEngine.IMAGE, "HEALTHCHECK --interval=10ms CMD [\"touch\", \"/tmp/checked\"]");
        build(Optional.empty());

        assertThat(said("sleep 0.3; ls /tmp; echo done")).isEqualTo("done\n");
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
                .hasMessageContaining("there is no " + root.resolve("shell/Dockerfile"));
    }

    @Test
    void saysWhatToDoWithoutARegistry() throws Exception {
        dockerfile("FROM gpushare-test.invalid/none:1");

        assertThatThrownBy(() -> build(Optional.empty()))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        e -> assertThat(e.advice())
                                .hasValueSatisfying(advice -> assertThat(advice)
                                        .contains(
                                                "gpushare workloads build shell --base IMAGE",
                                                "workloads/debian-base")))
                .hasMessageContaining("gpushare-test.invalid");
    }

    @Test
    void saysWhichFilesABuildSees() throws Exception {
        folders.write("beside.txt", "not shared\n");
        dockerfile("FROM " + TestEngine.IMAGE, "COPY beside.txt /data/");

        assertThatThrownBy(() -> build(Optional.empty()))
                .isInstanceOfSatisfying(
                        GpushareException.class,
                        e -> assertThat(e.advice())
                                .hasValueSatisfying(advice -> assertThat(advice).contains("under `shares`")));
    }

    private void dockerfile(String... steps) {
        folders.write("shell/Dockerfile", String.join("\n", steps) + "\n");
    }

    private Workload workload() {
        return WorkloadCatalog.read(root.resolve("shell/workload.yaml"));
    }

    private BuiltImage build(Optional<String> base) throws InterruptedException {
        return build(workload(), base);
    }

    private BuiltImage build(Workload workload, Optional<String> base) throws InterruptedException {
        try (ImageBuilder builder = ImageBuilder.open(engine)) {
            return builder.build(workload, base, lines::add);
        }
    }

    private static DockerRuntime open() {
        return DockerRuntime.open(engine, Launches.withoutGpu(List.of()));
    }

    private TenantLaunch launch(String script) {
        return new TenantLaunch(
                launches.runId(),
                0,
                workload(),
                List.of(script),
                Map.of(),
                launches.placement(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty());
    }

    private String said(String script) throws Exception {
        HeardOutput heard = new HeardOutput();
        try (DockerRuntime runtime = open()) {
            Tenant tenant = runtime.launch(launch(script), heard);
            assertThat(tenant.exit().get(20, TimeUnit.SECONDS)).isEqualTo(new TenantExit.Exited(0));
        }
        return heard.text();
    }
}
