package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.process.CommandResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep that is killed again and again, wherever it is, ends with every run that it was to make, and no other. */
final class SweepKilledTest {
    private static final int KILLS = 20;
    private static final int ROUNDS = 16;
    private static final long SEED = 20261120;
    private static final String SWEEP = BenchProgram.GPUSHARE
            + " sweep --modes time-slicing,mps --workload resnet-infer --workloads 2,4 --simulate --duration 4s"
            + " --name killed --out results --rounds " + ROUNDS;

    @TempDir
    Path temporary;

    @Test
    void goesOnToACompleteMatrixWithNothingTwice() throws Exception {
        BenchProgram program = new BenchProgram(temporary, Map.of());
        Random random = new Random(SEED);
        List<String> statuses = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            // After so many more runs, and somewhere within the next: however fast the machine is, some are left.
            CommandResult killed = program.shell(
                    """
                    done_runs() { find results -name 'benchmark_*.json' 2> /dev/null | wc -l; }
                    until=$(($(done_runs) + %d))
                    %s > out 2> err & pid=$!
                    until grep -q '^Sweep' err && [ "$(done_runs)" -ge $until ]; do
                        kill -0 $pid || break; sleep 0.05
                    done
                    sleep %s
                    kill -KILL $pid; wait $pid 2> /dev/null; echo "status $?"
                    """.formatted(random.nextInt(3), SWEEP, Double.toString(random.nextInt(200) / 1000.0)));
            statuses.add(killed.stdout().strip());
        }
        assertThat(statuses).filteredOn("status 137"::equals).hasSizeGreaterThan(KILLS / 2);
        assertThat(results().keySet())
                .as("runs that were done between kills")
                .isNotEmpty()
                .hasSizeLessThan(5 * ROUNDS);

        CommandResult last = program.shell(SWEEP + " --json");

        assertThat(last.exitCode()).as(last.stderr()).isZero();
        Map<String, List<RunResult>> results = results();
        assertThat(results)
                .hasSize(5 * ROUNDS)
                .allSatisfy((cell, runs) -> assertThat(runs)
                        .as(cell)
                        .singleElement()
                        .satisfies(run -> assertThat(run.verdict().valid()).isTrue()));
        assertThat(results.values().stream().map(runs -> runs.getFirst().runId()))
                .doesNotHaveDuplicates();
        JsonNode answer = new ObjectMapper().readTree(last.stdout());
        assertThat(answer.path("sweep").path("done").asInt()).isEqualTo(5 * ROUNDS);
        assertThat(answer.path("sweep").path("failed")).isEmpty();
    }

    /** By round and cell. */
    private Map<String, List<RunResult>> results() throws IOException {
        Map<String, List<RunResult>> results = new TreeMap<>();
        Path sweep = temporary.resolve("results/killed");
        try (Stream<Path> files = Files.walk(sweep)) {
            files.filter(file -> file.getFileName().toString().matches("benchmark_.*\\.json"))
                    .forEach(file -> results.computeIfAbsent(
                                    sweep.relativize(file.getParent()).toString(), _ -> new ArrayList<>())
                            .add(RunResultFile.read(file)));
        }
        return results;
    }
}
