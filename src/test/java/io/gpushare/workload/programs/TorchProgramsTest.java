package io.gpushare.workload.programs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The PyTorch workloads on this host's CPU, as small as they get. */
class TorchProgramsTest {
    @TempDir
    private Path folder;

    /** Two at a time, as most of it is waiting for the import of PyTorch. */
    @TestFactory
    Stream<DynamicTest> runsSmallOnACpu() {
        ExecutorService two = Executors.newFixedThreadPool(2);
        List<DynamicTest> tests = Stream.of(
                        new Small("resnet-train", "--batch 2 --images 8", 1, "loss"),
                        new Small("resnet-train", "--batch 2 --images 8 --precision bf16 --image-size 40", 1, "loss"),
                        new Small("resnet-infer", "--image-size 32", 1),
                        new Small("bert-train", "--batch 2 --sequence 8", 1, "loss"),
                        new Small("bert-infer", "--sequence 8", 1),
                        // A first token and a later one.
                        new Small(
                                "llm-decode",
                                "--prompt 4 --new-tokens 3",
                                2,
                                "ttft_p50_ms",
                                "ttft_p99_ms",
                                "tpot_mean_ms"),
                        new Small("notebook", "--burst-steps 2 --idle-ms 5", 1, "active_fraction"),
                        new Small("matmul-burn", "--size 32", 1, "tflops"),
                        new Small("matmul-burn", "--size 32 --busy 50", 1, "tflops", "active_fraction"),
                        new Small("stream", "--size-mib 1", 1, "gib_per_s"),
                        new Small("launch-rate", "--kernels 10", 1),
                        new Small("inference-server", "--clients 2", 1),
                        new Small("detect", "--image-size 32 --regions 5", 1),
                        new Small("diffusion", "--image-size 8 --width 8", 1),
                        new Small("diffusion", "--batch 2 --image-size 16 --width 16 --precision bf16", 1),
                        new Small("nccl", "--size-mib 1", 1, "gib_per_s", "ranks"))
                .map(small -> {
                    Future<?> ended = two.submit(small::run);
                    return dynamicTest(small.workload + " " + small.options, () -> rethrowing(ended));
                })
                .toList();
        two.shutdown();
        return tests.stream();
    }

    /** A workload as small as it gets, until it has reported some windows. */
    private record Small(String workload, String options, int windows, List<String> metrics) {
        Small(String workload, String options, int windows, String... metrics) {
            this(workload, options, windows, List.of(metrics));
        }

        Void run() throws Exception {
            assumePackages(workload);
            try (TenantProcess tenant = TenantProcess.of(workload, options.split(" ", -1))) {
                JsonNode hello = tenant.expect("hello");
                assertThat(hello.path("workload").asText()).isEqualTo(workload);
                assertThat(hello.path("versions").has("torch")).isTrue();
                assertThat(hello.path("device").isNull()).isTrue();
                checkSettings(hello.path("settings"));
                tenant.expect("ready");
                tenant.startIn(TenantProcess.FULL_WINDOW_AGO);
                tenant.expect("started");
                JsonNode window = tenant.expect("window");
                assertThat(window.has("active_ns")).isEqualTo(metrics.contains("active_fraction"));
                for (int more = 1; more < windows; more++) {
                    tenant.expect("window");
                }
                tenant.stop();
                JsonNode result = tenant.toResult().getLast();

                assertThat(tenant.exitStatus()).isZero();
                assertThat(result.path("steps").asLong()).isPositive();
                assertThat(result.path("units").asDouble())
                        .isGreaterThanOrEqualTo(result.path("steps").asDouble());
                for (String metric : metrics) {
                    assertThat(result.path("metrics").path(metric).asDouble())
                            .as("%s in %s", metric, result)
                            .isPositive();
                }
            }
            return null;
        }

        private void checkSettings(JsonNode settings) {
            boolean half = options.contains("bf16");
            assertThat(settings.path("precision").asText()).isEqualTo(half ? "bf16" : "fp32");
            assertThat(settings.path("device").asText()).isEqualTo("cpu");
            assertThat(settings.has("batch")).isTrue();
            if (workload.equals("resnet-train")) {
                assertThat(settings.path("memory_format").asText()).isEqualTo(half ? "channels_last" : "contiguous");
            }
        }
    }

    private static void rethrowing(Future<?> ended) throws Throwable {
        try {
            ended.get();
        } catch (ExecutionException failed) {
            throw requireNonNull(failed.getCause());
        }
    }

    @ParameterizedTest
    @CsvSource({"resnet-train", "llm-decode", "bert-infer"})
    void saysWhenPyTorchIsMissing(String workload) throws Exception {
        assumeTrue(Files.isExecutable(TenantProcess.PYTHON), TenantProcess.PYTHON + " is not installed");
        try (TenantProcess tenant = TenantProcess.withoutPackages(workload)) {
            assertFails(
                    tenant,
                    "setup",
                    "install torch for it, as with "
                            + TenantProcess.PYTHON.toRealPath().getParent());
        }
    }

    @Test
    void saysWhenFlaskIsMissing() throws Exception {
        assumeTrue(Files.isExecutable(TenantProcess.PYTHON), TenantProcess.PYTHON + " is not installed");
        try (TenantProcess tenant = TenantProcess.withoutPackages("inference-server")) {
            assertFails(tenant, "setup", "Flask cannot be imported by /");
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

    @ParameterizedTest
    @CsvSource({
        "detect, --precision bf16, on a CPU the detectors of torchvision need --precision fp32",
        "diffusion, --width 12, --width must be a multiple of 8",
        "matmul-burn, --busy 101, --busy is a share of the time in percent: 101 is too much",
    })
    void saysWhatItCannotDo(String workload, String options, String why) throws Exception {
        assumePackages(workload);
        try (TenantProcess tenant = TenantProcess.of(workload, options.split(" ", -1))) {
            assertFails(tenant, "setup", why);
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

    static void assertFails(TenantProcess tenant, String kind, String words) throws IOException, InterruptedException {
        JsonNode error = tenant.expect("error");
        assertThat(error.path("kind").asText()).isEqualTo(kind);
        assertThat(error.path("message").asText()).contains(words);
        assertThat(tenant.exitStatus()).isEqualTo(1);
    }

    /** Looks for files, as importing PyTorch to find out takes seconds. */
    static void assumePackages(String workload) {
        List<String> packages = switch (workload) {
            case "resnet-train", "resnet-infer", "detect" -> List.of("torch", "torchvision");
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
