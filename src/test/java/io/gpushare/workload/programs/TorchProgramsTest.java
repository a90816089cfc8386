package io.gpushare.workload.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The PyTorch workloads on this host's CPU, as small as they get. */
class TorchProgramsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "resnet-train, --batch 2 --images 8, loss",
        "resnet-infer, --image-size 32, ''",
        "bert-train, --batch 2 --sequence 8, loss",
        "bert-infer, --sequence 8, ''",
        "llm-decode, --prompt 4 --new-tokens 3, ttft_p50_ms ttft_p99_ms tpot_mean_ms requests",
        "notebook, --burst-steps 2 --idle-ms 5, active_fraction",
        "matmul-burn, --size 32, tflops",
        "stream, --size-mib 1, gib_per_s",
        "launch-rate, --kernels 10, ''",
        "inference-server, --clients 2, ''",
    })
    void runsSmallOnACpu(String workload, String options, String metrics) throws Exception {
        assumePackages(workload);
        try (TenantProcess tenant = TenantProcess.of(workload, options.split(" ", -1))) {
            JsonNode hello = tenant.expect("hello");
            assertThat(hello.path("workload").asText()).isEqualTo(workload);
            assertThat(hello.path("versions").has("torch")).isTrue();
            assertThat(hello.path("device").isNull()).isTrue();
            assertThat(hello.path("settings").path("precision").asText()).isEqualTo("fp32");
            assertThat(hello.path("settings").path("device").asText()).isEqualTo("cpu");
            assertThat(hello.path("settings").has("batch")).isTrue();
            tenant.expect("ready");
            tenant.startIn(Duration.ofMillis(50));
            tenant.expect("started");
            Thread.sleep(200);
            tenant.stop();
            List<JsonNode> said = tenant.toResult();

            assertThat(tenant.exitStatus()).isZero();
            JsonNode result = said.getLast();
            assertThat(result.path("steps").asLong()).isPositive();
            assertThat(result.path("units").asDouble())
                    .isGreaterThanOrEqualTo(result.path("steps").asDouble());
            for (String metric : metrics.split(" ", -1)) {
                assertThat(metric.isEmpty()
                                || result.path("metrics").path(metric).asDouble() > 0)
                        .as("%s in %s", metric, result)
                        .isTrue();
            }
            if (workload.equals("notebook")) {
                assertThat(said.getFirst().path("active_ns").asLong()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"resnet-train", "llm-decode", "bert-infer"})
    void saysWhenPyTorchIsMissing(String workload) throws Exception {
        assumeTrue(Files.isExecutable(TenantProcess.PYTHON), TenantProcess.PYTHON + " is not installed");
        try (TenantProcess tenant = TenantProcess.withoutPackages(workload)) {
            assertFails(tenant, "setup", "install torch");
        }
    }

    @Test
    void saysWhenFlaskIsMissing() throws Exception {
        assumeTrue(Files.isExecutable(TenantProcess.PYTHON), TenantProcess.PYTHON + " is not installed");
        try (TenantProcess tenant = TenantProcess.withoutPackages("inference-server")) {
            assertFails(tenant, "setup", "install flask");
        }
    }

    @Test
    void saysWhenThereIsNoGpu() throws Exception {
        assumePackages("matmul-burn");
        Path program = TenantProcess.programOf("matmul-burn");
        Map<String, String> assigned = Map.of("CUDA_VISIBLE_DEVICES", "GPU-00000000-0000-0000-0000-000000000000");
        try (TenantProcess asked = TenantProcess.run(program, Map.of("CUDA_VISIBLE_DEVICES", ""), "--device", "cuda");
                TenantProcess told = TenantProcess.run(program, assigned)) {
            assertFails(asked, "gpu", "no usable GPU");
            assertFails(told, "gpu", "no usable GPU");
        }
    }

    @Test
    void saysWhenMemoryIsTooSmall() throws Exception {
        assumePackages("stream");
        try (TenantProcess tenant = TenantProcess.of("stream", "--size-mib", "100000000")) {
            tenant.expect("hello");
            assertFails(tenant, "oom", "memory");
        }
    }

    @Test
    void trainsOnTheRealDataSetWhereThereIsOne() throws Exception {
        assumePackages("resnet-train");
        Path program = Files.writeString(folder.resolve("make.py"), """
                import numpy, os, pickle, sys
                for n in range(1, 6):
                    batch = {b"data": numpy.full((2, 3072), n, numpy.uint8), b"labels": [n, 0]}
                    pickle.dump(batch, open(os.path.join(sys.argv[1], "data_batch_%d" % n), "wb"))
                """);
        Path good = Files.createDirectories(folder.resolve("good/cifar-10-batches-py"));
        Path bad = Files.createDirectories(folder.resolve("bad"));
        for (Path data : List.of(good, bad)) {
            try (TenantProcess maker = TenantProcess.run(program, Map.of(), data.toString())) {
                assertThat(maker.exitStatus()).isZero();
            }
        }
        Files.writeString(bad.resolve("data_batch_3"), "no pickle");

        String parent = good.getParent().toString();
        try (TenantProcess trained =
                        TenantProcess.of("resnet-train", "--batch", "2", "--alone", "0.1", "--data", parent);
                TenantProcess refused = TenantProcess.of("resnet-train", "--data", bad.toString())) {
            trained.expect("hello");
            trained.expect("ready");
            trained.expect("started");
            assertThat(trained.toResult().getLast().path("metrics").has("loss")).isTrue();
            refused.expect("hello");
            assertFails(refused, "data", "data_batch_3 is not a batch of CIFAR-10");
        }
    }

    private static void assertFails(TenantProcess tenant, String kind, String words)
            throws IOException, InterruptedException {
        JsonNode error = tenant.expect("error");
        assertThat(error.path("kind").asText()).isEqualTo(kind);
        assertThat(error.path("message").asText()).contains(words);
        assertThat(tenant.exitStatus()).isEqualTo(1);
    }

    /** Looks for files, as importing PyTorch to find out takes seconds. */
    static void assumePackages(String workload) {
        List<String> packages = switch (workload) {
            case "resnet-train", "resnet-infer" -> List.of("torch", "torchvision");
            case "inference-server" -> List.of("torch", "torchvision", "flask");
            default -> List.of("torch");
        };
        for (String name : packages) {
            assumeTrue(
                    Files.isDirectory(Path.of("/usr/lib/python3/dist-packages", name)),
                    "Debian's python3-" + name + " is not installed");
        }
    }
}
