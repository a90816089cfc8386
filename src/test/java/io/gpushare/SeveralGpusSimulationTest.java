package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code gpushare bench} on a simulated host with several cards. */
@Timeout(60)
final class SeveralGpusSimulationTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private int gpushare(String command, String... options) {
        Console console =
                new Console(answer, new PrintStream(told, true, StandardCharsets.UTF_8), false, false, Map.of());
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("GPUSHARE_STATE", folder.toString());
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of(options));
        return Gpushare.commands(console, new Interruption(), Path.of("").toAbsolutePath(), environment, () -> {
                    throw new AssertionError("asked the driver");
                })
                .execute(arguments.toArray(String[]::new));
    }

    private JsonNode bench(String... options) {
        List<String> all = new ArrayList<>(
                List.of("--json", "--out", folder.resolve("results").toString()));
        all.addAll(List.of(options));
        int status = gpushare("bench", all.toArray(String[]::new));
        assertThat(status).as(told.toString(StandardCharsets.UTF_8)).isZero();
        try {
            return new ObjectMapper().readTree(answer.toString(StandardCharsets.UTF_8));
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    private static double rate(JsonNode run) {
        return run.path("tenants").path(0).path("throughput_units_per_sec").asDouble();
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("results"))) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    /** The seed 2 of three cards makes the last one slow, whose kernels take 1 / 0.94 of the time. */
    @Test
    void theSlowCardIsShown() throws IOException {
        JsonNode gpus = bench(
                        "--simulate=h200:3@slow-card",
                        "--seed=2",
                        "--mode=exclusive",
                        "--workload=stream",
                        "--duration=5s",
                        "--baseline=none",
                        "--repeat=6")
                .path("gpus");

        assertThat(gpus.valueStream().map(gpu -> gpu.path("index").asInt())).containsExactly(0, 1, 2);
        assertThat(gpus.valueStream().map(gpu -> gpu.path("uuid").asText())).doesNotHaveDuplicates();
        double first = rate(gpus.at("/0/answer/runs/0"));
        assertThat(rate(gpus.at("/1/answer/runs/0"))).isCloseTo(first, within(0.001 * first));
        assertThat(rate(gpus.at("/2/answer/runs/0"))).isCloseTo(0.94 * first, within(0.002 * first));
        assertThat(new ObjectMapper()
                        .readTree(answer.toString(StandardCharsets.UTF_8))
                        .path("compared")
                        .valueStream()
                        .map(said -> said.path("confidence").asText() + ": "
                                + said.path("text").asText()))
                .singleElement()
                .asString()
                .matches("shown: GPU 2 does (5\\.9|6\\.0) % less than GPU [01] \\(n = 6 and 6\\)\\.");
        assertThat(files().filter(name -> name.matches("benchmark_simulated-exclusive_1_.*-gpu[012]-r[1-6]\\.json")))
                .hasSize(18);
    }

    /** Nothing of the model's cards depends on the others. */
    @Test
    void whatTheOtherCardsCostIsToldByBaselinesAtWhichTheyRest() {
        JsonNode compared = bench(
                        "--simulate=h200:2", "--mode=exclusive", "--workload=stream", "--duration=5s", "--repeat=3")
                .path("compared");

        assertThat(compared.valueStream().map(said -> said.path("text").asText()))
                .containsExactly("While 1 other card works, stream does 0.0 % in exclusive (0.0 to 0.0 %, n = 6), which"
                        + " is nothing that matters.");
    }

    @Test
    void theTableHasARowForEachCard() {
        int status = gpushare(
                "bench",
                "--simulate=h200:2",
                "--mode=mps",
                "--workload=stream:2",
                "--duration=5s",
                "--out=" + folder.resolve("results"));

        assertThat(status).as(told.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(answer.toString(StandardCharsets.UTF_8))
                .contains("MPS · 2 tenants on each of 2 GPUs, at the same time")
                .containsPattern("(?m)^ +0 .*calls/s.* VALID$")
                .containsPattern("(?m)^ +1 .*calls/s.* VALID$")
                .contains("Nothing shows that the cards differ by 2 % or more. --repeat 6 would tell.");
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("GPU 1  ").contains("stage 2 of 2: tenants");
    }

    @Test
    void otherCommandsRefuseSeveral() {
        assertThat(gpushare(
                        "stress",
                        "--simulate=h200:2",
                        "--mode=mps",
                        "--workload=stream",
                        "--out=" + folder.resolve("results")))
                .isEqualTo(2);
        assertThat(told.toString(StandardCharsets.UTF_8))
                .contains("only `gpushare bench` runs on several GPUs at the same time");
    }

    @Test
    void whatCannotBeHadOnSeveralIsSaid() {
        for (String option : List.of("--until-precise=5%", "--mps-daemon=/tmp/nvidia-mps")) {
            told.reset();
            assertThat(gpushare("bench", "--gpu=all", "--mode=mps", "--workload=stream:2", option, "--dry-run"))
                    .isEqualTo(2);
            assertThat(told.toString(StandardCharsets.UTF_8))
                    .containsPattern("several GPUs (are measured for the same time|each has an MPS daemon)");
        }
    }

    @Test
    void thePlanThatIsPrintedIsOneThatIsTaken() throws IOException {
        assertThat(gpushare("bench", "--gpu=0,GPU-1234abcd", "--workload=stream:2", "--mode=mps", "--dry-run"))
                .isZero();
        Path plan = folder.resolve("plan.yaml");
        Files.writeString(plan, answer.toString(StandardCharsets.UTF_8));
        assertThat(plan).content().contains("gpu: \"0,GPU-1234abcd\"");
        answer.reset();

        assertThat(gpushare("bench", "--plan=" + plan, "--dry-run")).isZero();

        assertThat(plan).hasContent(answer.toString(StandardCharsets.UTF_8));
    }
}
