package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole command on the simulated GPU, in its time. */
final class IsolateTest {
    @TempDir
    Path folder;

    private final CapturedConsole captured = CapturedConsole.piped();

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(
                List.of("isolate", "--out", folder.resolve("out").toString()));
        all.addAll(List.of(arguments));
        return Gpushare.commands(
                        captured.console,
                        new Interruption(),
                        Path.of("").toAbsolutePath(),
                        Map.of("GPUSHARE_STATE", folder.resolve("state").toString()),
                        () -> {
                            throw new GpushareException(ExitStatus.UNABLE, "no NVIDIA driver here", "Install it.");
                        },
                        all.toArray(String[]::new))
                .execute(all.toArray(String[]::new));
    }

    private JsonNode json(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--simulate", "--json"));
        assertThat(run(all.toArray(String[]::new))).as(captured.err()).isZero();
        return new ObjectMapper().readTree(captured.out());
    }

    private static Map<String, String> verdicts(JsonNode mode) {
        Map<String, String> verdicts = new LinkedHashMap<>();
        mode.path("trials")
                .forEach(trial -> verdicts.put(
                        trial.path("neighbour").asText(), trial.path("verdict").asText()));
        return verdicts;
    }

    /** On an H200 an illegal access ends the siblings under MPS, and nobody under time-slicing. */
    @Test
    void tellsTheModesApartByWhatTheirNeighboursCanDo() throws IOException {
        JsonNode answer = json();

        assertThat(answer.path("simulated").asBoolean()).isTrue();
        JsonNode timeSlicing = answer.path("modes").path(0);
        JsonNode mps = answer.path("modes").path(1);
        assertThat(timeSlicing.path("verdict").asText()).isEqualTo("degraded");
        assertThat(mps.path("verdict").asText()).isEqualTo("fatal");
        assertThat(verdicts(timeSlicing))
                .containsExactly(
                        Map.entry("memory-hog", "contained"),
                        Map.entry("launch-storm", "degraded"),
                        Map.entry("bandwidth-hog", "contained"),
                        Map.entry("l2-hog", "degraded"),
                        Map.entry("pcie-hog", "contained"),
                        Map.entry("out-of-memory", "contained"),
                        Map.entry("illegal-access", "contained"),
                        Map.entry("device-assert", "contained"),
                        Map.entry("killed", "contained"),
                        Map.entry("stopped", "degraded"),
                        Map.entry("endless-kernel", "degraded"));
        assertThat(verdicts(mps))
                .containsExactly(
                        Map.entry("memory-hog", "contained"),
                        Map.entry("launch-storm", "contained"),
                        Map.entry("bandwidth-hog", "degraded"),
                        Map.entry("l2-hog", "degraded"),
                        Map.entry("pcie-hog", "contained"),
                        Map.entry("out-of-memory", "contained"),
                        Map.entry("illegal-access", "fatal"),
                        Map.entry("device-assert", "contained"),
                        Map.entry("killed", "fatal"),
                        Map.entry("stopped", "degraded"),
                        Map.entry("endless-kernel", "degraded"));
        JsonNode illegal = mps.path("trials").path(6);
        assertThat(illegal.path("victim_died").asText())
                .isEqualTo("CUDA error: an illegal memory access was encountered");
        assertThat(illegal.path("recovery").path("kind").asText()).isEqualTo("anew");
        JsonNode endless = mps.path("trials").path(10);
        assertThat(endless.path("kept").asDouble()).isLessThan(0.01);
        assertThat(endless.at("/during/longest_step_ms").asDouble()).isBetween(3_900.0, 4_100.0);
        assertThat(endless.at("/recovery/kind").asText()).isEqualTo("within");
    }

    /** Whose cores others slow down for seconds: what is unclear by that is run again. */
    @Test
    void findsTheSameOnAHostThatOthersUse() throws IOException {
        String[] some = {"--what=launch-storm,pcie-hog,illegal-access,endless-kernel", "--seed=6"};
        List<String> arguments = new ArrayList<>(List.of(some));
        arguments.addAll(List.of("--simulate=h200@shared-host", "--json"));

        assertThat(run(arguments.toArray(String[]::new))).as(captured.err()).isZero();

        JsonNode modes = new ObjectMapper().readTree(captured.out()).path("modes");
        assertThat(verdicts(modes.path(0)).values()).containsExactly("degraded", "contained", "contained", "degraded");
        assertThat(verdicts(modes.path(1)).values()).containsExactly("contained", "contained", "fatal", "degraded");
        assertThat(filesBelow(folder.resolve("out")))
                .filteredOn(name -> name.startsWith("benchmark_") && name.contains("_2_"))
                .as("some were run again")
                .hasSizeGreaterThan(8);
    }

    @Test
    void aMemoryLimitHoldsAndTheMigDeviceIsOne() throws IOException {
        JsonNode answer = json("--mode", "time-slicing,mps", "--what=memory-hog", "--memory-limit=misbehave=8GiB");
        assertThat(answer.at("/modes/0/trials/0").has("memory_limit")).isFalse();
        JsonNode limit = answer.at("/modes/1/trials/0/memory_limit");
        assertThat(limit.path("limit_bytes").asLong()).isEqualTo(8L << 30);
        assertThat(limit.path("allocated_bytes").asLong()).isBetween(7L << 30, 8L << 30);
        assertThat(limit.path("held").asBoolean()).isTrue();
    }

    @Test
    void migKeepsEverythingAway() throws IOException {
        JsonNode mig = json("--mode=mig", "--profiles=3g.71gb:2").path("modes").path(0);

        assertThat(verdicts(mig).values()).hasSize(11).containsOnly("contained");
        assertThat(mig.at("/trials/0/memory_limit/whose").asText()).isEqualTo("MIG device");
    }

    @Test
    void leavesReportPictureAndRunsInAFolderOfItsOwn() throws IOException {
        assertThat(run("--simulate", "--what=illegal-access,killed", "--victim=bert-infer"))
                .isZero();

        assertThat(captured.out())
                .contains(
                        "✗ MPS                 fatal. 2 of 2 misbehaviours of a neighbour end bert-infer:"
                                + " illegal-access and killed.",
                        "✓ time-slicing        contained. bert-infer works on beside all 2 misbehaviours of a"
                                + " neighbour.",
                        "SIMULATED");
        assertThat(captured.err()).contains("3 of 4  mps, illegal-access: fatal: the victim died (CUDA error: an");
        List<String> files = filesBelow(folder.resolve("out"));
        assertThat(files)
                .contains("isolation.json", "isolation.md", "isolation.png", "isolation.txt")
                .filteredOn(name -> name.startsWith("benchmark_"))
                .as("four runs, and two of new victims")
                .hasSize(6);
    }

    private static List<String> filesBelow(Path out) throws IOException {
        try (Stream<Path> all = Files.walk(out)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void whatCouldNotBeJudgedIsSaidByTheStatus() {
        // The whole memory of a small card is not enough for the victim: it cannot begin.
        assertThat(run("--simulate=t4", "--what=killed", "--mode=mps", "--memory-limit=resnet-infer=64MiB"))
                .isEqualTo(1);
        assertThat(captured.out()).contains("? MPS", "not judged");
    }

    @Test
    void withoutAGpuItSaysWhatToTypeAndLeavesNothing() throws IOException {
        assertThat(run()).isEqualTo(3);
        assertThat(captured.err()).contains("no NVIDIA driver here", "gpushare isolate --out", "--simulate");
        assertThat(filesBelow(folder)).noneMatch(name -> name.startsWith("isolat"));
    }

    @ParameterizedTest
    @CsvSource({
        "--what=memory-hg, Did you mean memory-hog?",
        "--what=memory-hg, gpushare isolate --help",
        "--mode=exclusive, nobody has a neighbour",
        "--mode=mpss, there is no mode 'mpss'",
        "--priority=low --mode=time-slicing, belongs to the mode mps",
        "--set=misbehave.what=killed, cannot choose what the neighbour does",
        "--set=bert-infer.batch=2, no tenant runs 'bert-infer'",
        "--most-p99=0.5, must be 1 or more",
        "--victim=resnet-infr, Did you mean resnet-infer?"
    })
    void mistakesAreToldBeforeAnythingRuns(String options, String words) throws IOException {
        List<String> all = new ArrayList<>(List.of("--simulate"));
        all.addAll(List.of(options.split(" ")));

        assertThat(run(all.toArray(String[]::new))).isEqualTo(2);
        assertThat(captured.err()).contains(words);
        assertThat(filesBelow(folder)).isEmpty();
    }
}
