package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.gpushare.fake.FakeGpus;
import io.gpushare.fake.SlurmTurn;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Samplers on the nodes of a real Slurm, where fake GPUs are. */
@Tag("slurm")
@ExtendWith(SlurmTurn.class)
final class SlurmSamplingTest {
    private static final String OPTIONS = "--runtime slurm --baseline none --env FAKE_GPU_STATE --workloads-dir . ";

    private static final String BENCH = BenchProgram.GPUSHARE + " bench --out results " + OPTIONS;

    /** Both nodes are this machine: the first has its first GPU, the second its second. */
    private static final String GPU = "$((${SLURMD_NODENAME#n} - 1))";

    @TempDir
    Path temporary;

    private FakeGpus gpus;
    private BenchProgram program;

    @BeforeAll
    static void needsACluster() throws InterruptedException {
        CommandRunner runner = new CommandRunner(System.getenv());
        assumeTrue(runner.find("sinfo").isPresent(), "Slurm is not installed");
        CommandResult nodes = runner.run(Command.of("sinfo", "--noheader", "--Node", "--format=%t %G"));
        assumeTrue(
                nodes.stdout().lines().filter(node -> node.contains("mps")).count() >= 2,
                "no Slurm with GPUs on two nodes answers: src/test/slurm/cluster starts one");
    }

    @BeforeEach
    void createGpus() throws Exception {
        gpus = FakeGpus.create(temporary, "h200", "h200");
        program = new BenchProgram(temporary, gpus.environment());
        Path workload = Files.createDirectory(temporary.resolve("fake-tenant"));
        Files.writeString(workload.resolve("workload.yaml"), """
            name: fake-tenant
            description: A program on the fake GPU of its node
            kind: stress
            unit: step
            gpu: required
            command: [./tenant]
            """);
        // The site's MPS, where a test has started it.
        script(workload.resolve("tenant"), """
            if [ -d mps ]; then export CUDA_MPS_PIPE_DIRECTORY=$PWD/mps; fi
            CUDA_VISIBLE_DEVICES=%s exec fake-tenant "$@"
            """.formatted(GPU));
        sampler("");
    }

    private static void script(Path file, String text) throws Exception {
        Files.writeString(file, "#!/bin/bash\n" + text + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    @AfterEach
    void endWhatRuns() {
        gpus.close();
    }

    /** @param before in the shell that becomes the sampler of a node */
    private void sampler(String before) throws Exception {
        script(temporary.resolve("sampler"), """
            export FAKE_GPU_STATE='%s' GPUSHARE_NVML_LIBRARY='%s'
            %s
            exec %s "$@" --gpu %s
            """.formatted(
                gpus.state(), gpus.environment().get("GPUSHARE_NVML_LIBRARY"), before, BenchProgram.GPUSHARE, GPU));
    }

    private String asking(String gres) {
        return "--slurm nodes=2,gres=" + gres + ",sampler=" + temporary.resolve("sampler") + " ";
    }

    private static Set<Reason> reasons(RunResult run) {
        Set<Reason> reasons = new TreeSet<>();
        run.verdict().findings().stream().map(Finding::reason).forEach(reasons::add);
        return reasons;
    }

    private static GpuUse use(RunResult run) {
        return run.gpu().asOptional().orElseThrow(() -> new AssertionError(run.gpu() + " " + run.warnings()));
    }

    private void noSamplerIsLeft() throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        String left = "?";
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            left = program.shell("pgrep --full -- '[-]-out - --interval' || true")
                    .stdout();
        }
        assertThat(left).isEmpty();
    }

    @Test
    void measuresTheGpusOfAllNodesAndFindsAStranger() throws Exception {
        CommandResult ran =
                program.shell("""
            CUDA_VISIBLE_DEVICES=0 setsid fake-tenant --memory-mib 2048 --alone 100 > /dev/null 2>&1 & stranger=$!
            """ + BENCH + asking("gpu:1") + "--workload fake-tenant:4 --duration 2s; kill $stranger");

        RunResult run = program.onlyResult();
        assertThat(reasons(run)).as(ran.stderr()).contains(Reason.FOREIGN_PROCESS);
        assertThat(run.verdict().findings().stream()
                        .filter(finding -> finding.reason() == Reason.FOREIGN_PROCESS)
                        .findFirst()
                        .orElseThrow()
                        .message())
                .contains("fake-tenant, pid ", " of the node n", "2.0 GiB")
                .doesNotContain(";");
        assertThat(use(run).levels("power_w").orElseThrow().n()).isGreaterThan(25);
        assertThat(use(run).counterJoules().asOptional().orElseThrow()).isPositive();
        JsonNode nodes = run.sampling().path("nodes");
        assertThat(nodes.findValuesAsText("node")).containsExactly("n1", "n2");
        assertThat(nodes.path(0).path("instrument").path("loops").size()).isPositive();
        JsonNode samples = BenchProgram.json(
                temporary.resolve("results").resolve(run.sampling().path("file").asText()));
        assertThat(samples.path("nodes").findValuesAsText("node")).containsExactly("n1", "n2");
        assertThat(samples.path("tables").findValuesAsText("subject")).contains("n1", "n2", "host");
        noSamplerIsLeft();
    }

    @Test
    void provesThatTheSitesMpsSharedAGpu() throws Exception {
        CommandResult ran = program.shell("""
            mkdir fake-tenant/mps
            export CUDA_MPS_PIPE_DIRECTORY=$PWD/fake-tenant/mps CUDA_MPS_LOG_DIRECTORY=$PWD
            nvidia-cuda-mps-control -d
            """ + BENCH + asking("mps:25").replace("nodes=2", "nodelist=n1")
                + "--mode mps --workload fake-tenant:2 --duration 2s");

        RunResult run = program.onlyResult();
        assertThat(reasons(run)).as(ran.stderr()).isSubsetOf(Reason.TOO_FEW_SAMPLES);
        assertThat(run.proof().evidence())
                .contains("2 tenants of 2 on GPUs were clients of MPS each time that the driver of the node was asked");
    }

    /** And one on whose node there is no driver. */
    @Test
    void aSamplerThatDiesCostsTheReadingsAndNothingElse() throws Exception {
        sampler("""
            if [ "$SLURMD_NODENAME" = n1 ]; then (sleep 3; kill -9 $$) & else GPUSHARE_NVML_LIBRARY=/nowhere.so; fi
            """);

        CommandResult ran = program.shell(BENCH + asking("gpu:1") + "--workload fake-tenant:4 --duration 3s");

        RunResult run = program.onlyResult();
        assertThat(reasons(run)).as(ran.stderr()).isSubsetOf(Reason.TOO_FEW_SAMPLES);
        assertThat(run.gpu().asOptional()).isEmpty();
        assertThat(run.warnings())
                .anySatisfy(
                        warning -> assertThat(warning)
                                .startsWith(
                                        "GPUs of the node n2 were not sampled: its sampler failed: it ended with status 3: the NVML library /nowhere.so cannot be loaded"))
                .anySatisfy(warning -> assertThat(warning)
                        .startsWith("the samples of the node n1 are not whole, for its sampler failed: "));
        assertThat(run.gpu().toString()).contains("the node n");
    }

    /** A site's dcgm-exporter tells something all the same. */
    @Test
    void tellsThatThereIsNoGpushareOnTheNodes() throws Exception {
        HttpServer exporter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        exporter.createContext("/metrics", exchange -> {
            String series = "DCGM_FI_DEV_POWER_USAGE{UUID=\"GPU-11111111-2222-3333-4444-555555555555\"} 321\n";
            exchange.sendResponseHeaders(200, series.length());
            exchange.getResponseBody().write(series.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        exporter.start();
        try {
            program.shell(BENCH + "--slurm nodelist=n1,gres=gpu:1,sampler=/nowhere/gpushare --workload fake-tenant:1"
                    + " --duration 3s --dcgm 127.0.0.1:" + exporter.getAddress().getPort());
        } finally {
            exporter.stop(0);
        }

        RunResult run = program.onlyResult();
        assertThat(use(run).levels("dcgm_fi_dev_power_usage").orElseThrow().mean())
                .isEqualTo(321);
        assertThat(run.sampling().path("nodes").path(0).path("absent").asText())
                .matches("the node n[12] does not have the program /nowhere/gpushare\\. .*");
        assertThat(run.tenants().getFirst().failed()).isFalse();
    }

    @Test
    void noSamplerOutlivesAKilledRun() throws Exception {
        CommandResult killed =
                program.interrupted(OPTIONS + asking("gpu:1") + "--workload fake-tenant:2 --duration 1m", 2, "KILL");

        assertThat(killed.stdout()).startsWith("status 137\n");
        noSamplerIsLeft();
    }
}
