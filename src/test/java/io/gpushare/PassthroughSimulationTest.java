package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.yaml.YamlText;
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

/** {@code gpushare passthrough} on simulated machines. */
@Timeout(60)
final class PassthroughSimulationTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    private int gpushare(String... options) {
        answer.reset();
        told.reset();
        Console console =
                new Console(answer, new PrintStream(told, true, StandardCharsets.UTF_8), false, false, Map.of());
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("GPUSHARE_STATE", folder.toString());
        List<String> arguments = new ArrayList<>(List.of("passthrough", "--out=" + folder.resolve("results")));
        if (Stream.of(options).noneMatch(option -> option.startsWith("--duration"))) {
            arguments.add("--duration=24s");
        }
        arguments.addAll(List.of(options));
        return Gpushare.commands(console, new Interruption(), Path.of("").toAbsolutePath(), environment, () -> {
                    throw new AssertionError("asked the driver");
                })
                .execute(arguments.toArray(String[]::new));
    }

    private JsonNode json(String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("--json");
        assertThat(gpushare(all.toArray(String[]::new)))
                .as(told.toString(StandardCharsets.UTF_8))
                .isZero();
        return tree(answer.toString(StandardCharsets.UTF_8));
    }

    private static JsonNode tree(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    private String said() {
        return told.toString(StandardCharsets.UTF_8);
    }

    private static List<String> verdicts(JsonNode found) {
        return found.path("gpus")
                .valueStream()
                .map(gpu -> gpu.path("verdict").asText())
                .toList();
    }

    /** A third of the combinations: learnt from some of them, and tried on the others. */
    @Test
    void tellsWhichOfFourGpusWorksByNoisySensors() {
        JsonNode found = json("--simulate=h200:4", "--combinations=27");

        assertThat(found.path("combinations").asInt()).isEqualTo(81);
        assertThat(found.path("states_measured").asInt()).isEqualTo(27);
        assertThat(found.path("answer").asText()).startsWith("tells");
        for (JsonNode gpu : found.path("gpus")) {
            assertThat(gpu.path("states").asInt()).isEqualTo(27);
            assertThat(gpu.path("told_right").asInt()).isBetween(18, 27);
            assertThat(gpu.path("load_error").asDouble()).isBetween(0.05, 0.3);
            assertThat(gpu.path("as_well_by_chance").asDouble()).isEqualTo(0.001);
            assertThat(gpu.path("told_most_by").asText())
                    .isEqualTo("gpu" + (gpu.path("index").asInt() + 1) + "_zone_temp_c");
        }
        assertThat(found.at("/ramp/left_out_s").asDouble()).isEqualTo(10);
        assertThat(folder.resolve("results/simulated-passthrough"))
                .isDirectoryContaining("glob:**/passthrough.{json,md,txt,png}");
    }

    @Test
    void saysThatItCannotTellFromNoiseAlone() {
        JsonNode found = json("--simulate=h200:2@blind-sensors");

        assertThat(found.path("answer").asText()).isEqualTo("cannot_tell");
        assertThat(verdicts(found)).containsOnly("cannot_tell");
        assertThat(found.path("text").asText())
                .isEqualTo("Cannot tell. What the sensors show says no more of which GPU works than chance does.");
    }

    @Test
    void recordsTheGapsOfABaseboardThatFailsAtTimesAndGoesOn() throws IOException {
        JsonNode found = json("--simulate=h200:2@flaky-sensors", "--duration=60s", "--combinations=4");

        assertThat(found.path("states_measured").asInt()).isEqualTo(4);
        assertThat(found.path("sensors"))
                .isNotEmpty()
                .allSatisfy(sensor ->
                        assertThat(sensor.path("states_with_gaps").asInt()).isPositive());
        Path results = folder.resolve("results/simulated-passthrough");
        JsonNode state = YamlText.read(Files.readString(results.resolve("round-1/idle-idle/state.yaml")));
        assertThat(state.path("sensors")
                        .valueStream()
                        .flatMap(sensor -> sensor.path("absences").valueStream())
                        .map(JsonNode::asText))
                .isNotEmpty()
                .allMatch(reason -> reason.matches("no answer \\(.*ipmitool.*\\)|no data yet \\(na\\)"));
        try (Stream<Path> files = Files.list(results.resolve("round-1/idle-idle"))) {
            Path samples = files.filter(
                            file -> file.getFileName().toString().matches("gpu_monitor_\\d{8}T\\d{6}Z_.*\\.json"))
                    .findFirst()
                    .orElseThrow();
            assertThat(samples).content().contains("\"ipmitool\":\"simulated\"", "did not end within 10 s");
        }
    }

    @Test
    void goesOnWithWhatIsMissingAndAnalysesAll() throws IOException {
        assertThat(gpushare("--simulate=h200:2", "--combinations=2")).as(said()).isZero();
        assertThat(said()).contains("4 states of 2 GPUs, 24s each.", "[4/4] reference-after");
        assertThat(answer.toString(StandardCharsets.UTF_8))
                .contains("Cannot tell: 2 states were measured, which is too few to learn from some")
                .contains("Of 9 combinations 2 were drawn. --combinations 9 would measure all.");
        Path states = folder.resolve("results/simulated-passthrough/round-1");
        Files.delete(states.resolve("idle-idle/state.yaml"));

        assertThat(gpushare("--simulate=h200:2", "--combinations=2")).isZero();

        assertThat(said())
                .contains("3 are there already")
                .containsOnlyOnce("/4] ")
                .contains("/4] idle-idle");
        assertThat(gpushare("--simulate=h200:2", "--combinations=3")).isEqualTo(2);
        assertThat(said()).contains("is another one: its plan differs from this one in combinations");
        assertThat(gpushare("--simulate=h200:2", "--combinations=1", "--fresh")).isZero();
        assertThat(said()).contains("What was there is in ");
    }

    /** Its tenant kills itself. */
    @Test
    void aStateWhoseTenantDiesIsTriedTwiceAndNotBelieved() {
        int status = gpushare(
                "--simulate=h200:2",
                "--workload=misbehave",
                "--set=misbehave.what=killed",
                "--half=for=5",
                "--combinations=2");

        assertThat(status).isEqualTo(4);
        assertThat(said())
                .contains("round-1/idle-full  failed: GPU 1: Tenant 0 (misbehave) failed (exit)")
                .contains("while it was measured; it is tried again\n", "while it was measured\n")
                .contains("[4/4] reference-after");
        assertThat(answer.toString(StandardCharsets.UTF_8))
                .contains("1 state could not be measured: round-1/idle-full. The same command tries again.");
        assertThat(folder.resolve("results/simulated-passthrough/round-1/idle-full/state.yaml"))
                .doesNotExist();
    }

    @Test
    void aDryRunListsTheStatesAndRunsNothing() {
        assertThat(gpushare("--simulate=h200:2", "--dry-run")).isZero();

        assertThat(answer.toString(StandardCharsets.UTF_8))
                .contains("round-1/reference-before\n", "round-1/half-full\n", "round-1/reference-after\n")
                .contains("11 states of 2 GPUs, 24s each.")
                .contains("takes 4 min. 10s of each state are left out: the first third, and 10s at least.");
        assertThat(folder.resolve("results")).doesNotExist();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refuses("with one GPU there is nothing to tell apart", "--simulate=h200");
        refuses("with one GPU there is nothing to tell apart", "--gpu=0");
        refuses("too short for a baseboard", "--simulate=h200:2", "--duration=15s");
        refuses("does not say which parameter has which value", "--simulate=h200:2", "--half=50");
        refuses("has no parameter 'speed'", "--simulate=h200:2", "--half=speed=50");
        refuses("--rounds: '0' must be from 1 to 100", "--simulate=h200:2", "--rounds=0");
        refuses("several of it", "--gpu=0,1", "--runtime=slurm");
        refuses("cannot be the name of an experiment", "--simulate=h200:2", "--name=../x");
    }

    private void refuses(String why, String... options) {
        assertThat(gpushare(options)).as(why).isEqualTo(2);
        assertThat(said()).contains(why);
    }
}
