package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gpushare.fake.EngineTurn;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bench} as a person runs it, with tenants in containers of an image that {@code workloads build} made. */
@Tag("docker")
@ExtendWith(EngineTurn.class)
final class BenchDockerTest {
    private static final Path BASE = Path.of("target/debian-base.tar").toAbsolutePath();
    private static final String BASE_IMAGE = "gpushare-test/debian-base:1";
    private static final String SPIN = "--gpu none --runtime docker --baseline none ";

    @TempDir
    Path temporary;

    private BenchProgram program;

    @BeforeAll
    static void buildTheImage(@TempDir Path folder) throws Exception {
        CommandRunner runner = new CommandRunner(System.getenv());
        assumeTrue(runner.find("docker").isPresent(), "the docker command is not installed");
        assumeTrue(docker(runner, "version").succeeded(), "no engine answers");
        assumeTrue(runner.find("apt-get").isPresent(), "the image's base is made of Debian packages");
        makeBase(runner);
        docker(runner, "import", BASE.toString(), BASE_IMAGE).requireSuccess("import the image's base");
        new BenchProgram(folder, Map.of())
                .gpushare("workloads build spin --base " + BASE_IMAGE)
                .requireSuccess("build the image of spin");
    }

    private static void makeBase(CommandRunner runner) throws IOException, InterruptedException {
        if (!Files.exists(BASE)) {
            Files.createDirectories(BASE.getParent());
            runner.run(Command.of("workloads/debian-base", BASE.toString()).timeout(Duration.ofMinutes(2)))
                    .requireSuccess("make the image's base");
        }
    }

    private static CommandResult docker(CommandRunner runner, String... arguments) throws InterruptedException {
        return runner.run(Command.of("docker", arguments).timeout(Duration.ofSeconds(60)));
    }

    @BeforeEach
    void startInAFolderOfItsOwn() {
        program = new BenchProgram(temporary, Map.of());
    }

    private String containersOf(String group) throws InterruptedException {
        return program.shell("docker ps --all --quiet --filter label=io.gpushare.run=" + group)
                .requireSuccess("list containers")
                .stdout();
    }

    @Test
    void measuresFourContainersAndLeavesOnlyTheResult() throws Exception {
        CommandResult ran = program.gpushare("bench --out results --workload spin:4 --duration 2s " + SPIN);

        RunResult run = program.onlyResult();
        assertThat(ran.exitCode()).isEqualTo(run.verdict().valid() ? 0 : 1);
        assertThat(run.tenants()).hasSize(4).allSatisfy(tenant -> {
            assertThat(tenant.problem()).isEmpty();
            assertThat(tenant.work().units()).isPositive();
            assertThat(tenant.start().launched().path("image_id").asText()).startsWith("sha256:");
            assertThat(tenant.host().asOptional()).isPresent();
        });
        assertThat(containersOf(run.group())).isEmpty();
        assertThat(BenchProgram.processesOf(run.group())).isEmpty();
    }

    @Test
    void loadsServersInContainersThroughAPortOfThisMachine() throws Exception {
        Files.writeString(temporary.resolve("plan.yaml"), """
            gpushare: 1
            mode: time-slicing
            tenants:
              - name: files
                command: [python3, -m, http.server, '${PORT}', --bind, '${HOST}', --directory, /tmp]
                image: gpushare-test/debian-base:1
                serve: {ready: {http: /}}
                load: {rate: 20/s, warm_up: 0}
                count: 2
            """);
        program.gpushare("bench --out results --plan plan.yaml --duration 2s " + SPIN);

        RunResult run = program.onlyResult();
        assertThat(run.tenants()).hasSize(2).allSatisfy(tenant -> {
            assertThat(tenant.problem()).isEmpty();
            assertThat(tenant.load().orElseThrow().failedShare()).isLessThan(0.1);
            assertThat(tenant.work().units()).isPositive();
            assertThat(tenant.start().launched().path("url").asText()).startsWith("http://127.0.0.1:");
        });
        assertThat(containersOf(run.group())).isEmpty();
    }

    @Test
    void putsALayerOnContainersAndProvesIt() throws Exception {
        program.shell("""
            mkdir -m 755 layer && echo 'int nothing(void) { return 0; }' > layer/nothing.c \
                && gcc -shared -fPIC -o layer/libnothing.so layer/nothing.c && chmod 755 . layer/libnothing.so \
                && echo 'name: nothing' > layer.yaml && echo 'preload: layer/libnothing.so' >> layer.yaml
            """).requireSuccess("make a layer");

        program.gpushare("bench --out results --layer layer.yaml --workload spin:2 --duration 2s " + SPIN);

        RunResult run = program.onlyResult();
        assertThat(run.plan().layer()).contains("nothing");
        assertThat(run.tenants())
                .hasSize(2)
                .allSatisfy(tenant -> assertThat(tenant.problem()).isEmpty());
        assertThat(run.verdict().findings()).extracting(Finding::reason).doesNotContain(Reason.LAYER_UNPROVEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void removesItsContainersAndSavesWhatWasMeasuredWhenItIsInterrupted(String signal) throws Exception {
        CommandResult ended = program.interrupted("--workload spin:4 --duration 1m " + SPIN, 4, signal);

        assertThat(ended.stdout()).startsWith("status 130\n");
        assertThat(BenchProgram.took(ended)).isLessThan(Duration.ofSeconds(10));
        RunResult run = program.onlyResult();
        assertThat(run.verdict().findings()).extracting(Finding::reason).contains(Reason.INTERRUPTED);
        assertThat(run.tenants())
                .hasSize(4)
                // On a busy machine the windows of four may have no time in common yet.
                .allSatisfy(tenant -> assertThat(tenant.work().windows()).anyMatch(window -> window.units() > 0));
        assertThat(containersOf(run.group())).isEmpty();
    }

    @Test
    void doctorNamesTheContainersOfAKilledRunAndCleanupRemovesThem() throws Exception {
        CommandResult killed = program.interrupted("--workload spin:4 --duration 1m " + SPIN, 4, "KILL");

        assertThat(killed.stdout()).startsWith("status 137\n");
        Path journal = program.journals().getFirst();
        String group = BenchProgram.group(journal);
        assertThat(containersOf(group).lines()).hasSize(4);
        assertThat(program.gpushare("doctor --out results").stdout()).contains("4 containers", "gpushare cleanup");

        CommandResult cleanup = program.gpushare("cleanup --out results");

        assertThat(cleanup.exitCode()).as(cleanup.stderr()).isZero();
        assertThat(cleanup.stdout()).contains(journal.getFileName().toString());
        assertThat(containersOf(group)).isEmpty();
        assertThat(BenchProgram.processesOf(group)).isEmpty();
        assertThat(program.journals()).containsExactly(journal);
    }
}
