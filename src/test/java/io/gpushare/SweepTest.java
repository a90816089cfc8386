package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.cli.bench.BenchParts;
import io.gpushare.cli.bench.BenchPlace;
import io.gpushare.cli.mode.ModeParts;
import io.gpushare.cli.option.NeedsRoot;
import io.gpushare.cli.sweep.SweepCommand;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cores.HostCores;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.gpu.MigProfile;
import io.gpushare.mode.config.ModeSource;
import io.gpushare.mode.transaction.GpuInUseException;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.WorkloadSource;
import io.gpushare.platform.Platform;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.run.RunOutcome;
import io.gpushare.run.stage.Bench;
import io.gpushare.run.stage.StopRequest;
import io.gpushare.runtime.attached.Attaching;
import io.gpushare.time.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole sweeps on the simulated GPU. */
final class SweepTest {
    private static final String[] SMALL = {
        "--modes=time-slicing,mps", "--workload=resnet-infer", "--workloads=1,2", "--simulate", "--duration=4s"
    };

    @TempDir
    Path folder;

    private CapturedConsole console = CapturedConsole.piped();
    private int runs;

    /** The real parts, with a look at each run before it begins and after it was written. */
    private record Watched(BenchParts parts, Runnable before, Runnable after) implements BenchParts {
        @Override
        public WorkloadSource workloads(List<Path> roots) {
            return parts.workloads(roots);
        }

        @Override
        public ModeSource modes() {
            return parts.modes();
        }

        @Override
        public BenchPlace open(RunPlan plan, Time time, Consumer<String> note, StopRequest stop)
                throws InterruptedException {
            return parts.open(plan, time, note, stop);
        }

        @Override
        public List<String> gpus(RunPlan plan) {
            return parts.gpus(plan);
        }

        @Override
        public List<MigProfile> migProfiles(RunPlan plan) {
            return parts.migProfiles(plan);
        }

        @Override
        public Platform platform(RunPlan plan) {
            return parts.platform(plan);
        }

        @Override
        public Reading<HostCores> cores() {
            return parts.cores();
        }

        @Override
        public List<RunOutcome> execute(RunPlan plan, Bench bench) throws InterruptedException {
            before.run();
            List<RunOutcome> outcomes = parts.execute(plan, bench);
            after.run();
            return outcomes;
        }

        @Override
        public Attaching attaching() {
            return parts.attaching();
        }

        @Override
        public NeedsRoot needsRoot() {
            return parts.needsRoot();
        }
    }

    private BenchParts parts() {
        Path home = Path.of("").toAbsolutePath();
        Map<String, String> environment =
                Map.of("GPUSHARE_STATE", folder.resolve("state").toString());
        ModeParts modes = ModeWiring.parts(home, folder, environment, SweepTest::noDriver, List.of());
        return BenchWiring.parts(
                "gpushare sweep",
                home,
                SweepTest::noDriver,
                () -> {
                    throw new AssertionError("asked for an engine");
                },
                modes);
    }

    private static GpuDriver noDriver() {
        throw new AssertionError("asked the driver");
    }

    private static RunResult only(Map<String, List<RunResult>> results, String cell) {
        return results.getOrDefault(cell, List.of()).getFirst();
    }

    private int sweep(Runnable before, Runnable after, String... arguments) {
        console = CapturedConsole.piped();
        List<String> all = new ArrayList<>(List.of("sweep", "--out=" + folder.resolve("results")));
        all.addAll(List.of(arguments));
        BenchParts watched = new Watched(
                parts(),
                () -> {
                    runs++;
                    before.run();
                },
                after);
        return CommandTree.of(console.console, List.of(new SweepCommand(console.console, watched, new Interruption())))
                .execute(all.toArray(String[]::new));
    }

    private int sweep(String... arguments) {
        return sweep(() -> {}, () -> {}, arguments);
    }

    /** By round and cell, as {@code round-1/mps_2_resnet-infer}. */
    private Map<String, List<RunResult>> results(String sweep) throws IOException {
        Map<String, List<RunResult>> results = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder.resolve("results").resolve(sweep))) {
            files.filter(file -> file.getFileName().toString().matches("benchmark_.*\\.json"))
                    .forEach(file -> results.computeIfAbsent(
                                    folder.resolve("results")
                                            .resolve(sweep)
                                            .relativize(file.getParent())
                                            .toString(),
                                    _ -> new ArrayList<>())
                            .add(RunResultFile.read(file)));
        }
        return results;
    }

    @Test
    void runsEveryCellOnceARoundComparesWithItsBaselinesAndAnalyses() throws Exception {
        assertThat(sweep(concat(SMALL, "--name=small", "--rounds=3")))
                .as(console.err())
                .isZero();
        Map<String, List<RunResult>> results = results("small");
        assertThat(results)
                .hasSize(15)
                .allSatisfy((cell, ofCell) -> assertThat(ofCell)
                        .as(cell)
                        .singleElement()
                        .satisfies(run -> assertThat(run.verdict().valid()).isTrue()));
        RunResult shared = only(results, "round-2/mps_2_resnet-infer");
        RunResult alone = only(results, "round-2/exclusive_1_resnet-infer");
        assertThat(shared.baselines()).singleElement().satisfies(baseline -> {
            assertThat(baseline.alone().unitsPerSec())
                    .isEqualTo(alone.tenants().getFirst().unitsPerSec());
            assertThat(baseline.source().orElseThrow()).startsWith("benchmark_simulated-exclusive_1_");
        });
        assertThat(shared.metrics().stp().asOptional())
                .hasValueSatisfying(stp -> assertThat(stp).isBetween(1.5, 2.0));
        assertThat(console.err())
                .contains("4 cells and 1 baseline in 3 rounds: 15 runs", "[ 1/15]", "[15/15]", "VALID")
                .doesNotContain("INVALID");
        assertThat(console.out())
                .contains(
                        "2 × resnet-infer",
                        "Use MPS",
                        "15 runs in 3 rounds, none failed.",
                        "Runs, plan and report are in");
        Path sweep = folder.resolve("results/small");
        assertThat(sweep.resolve("analysis/report.html")).exists();
        assertThat(sweep.resolve("analysis/summary.csv")).content().contains("MPS");

        runs = 0;
        assertThat(sweep(concat(SMALL, "--name=small", "--rounds=3"))).isZero();
        assertThat(runs).isZero();
        assertThat(console.err()).contains("15 runs of it are done already");
    }

    /** What the others have to wait for, too, is said once. The same command goes on later. */
    @Test
    void endsWhereAnotherGpushareHasTheGpu() throws Exception {
        Runnable second = () -> {
            if (runs == 2) {
                throw new GpuInUseException("GPU 0 (NVIDIA H200)", "pid 7: gpushare bench");
            }
        };
        assertThat(sweep(second, () -> {}, concat(SMALL, "--name=small", "--rounds=1")))
                .isEqualTo(3);
        assertThat(runs).isEqualTo(2);
        assertThat(console.err())
                .contains("GPU 0 (NVIDIA H200) is in use by another gpushare (pid 7: gpushare bench)")
                .doesNotContain("left out");
        assertThat(results("small")).hasSize(1);

        assertThat(sweep(concat(SMALL, "--name=small", "--rounds=1"))).isZero();
        assertThat(results("small")).hasSize(5);
    }

    @Test
    void saysAtTheBeginningHowManyRunsThereIsTimeFor() {
        Runnable atOnce = () -> {
            throw new GpuInUseException("GPU 0", "");
        };
        assertThat(sweep(atOnce, () -> {}, concat(SMALL, "--real-time", "--rounds=3", "--within=1m")))
                .isEqualTo(3);
        assertThat(console.err())
                .contains(
                        "4 cells and 1 baseline in 3 rounds: 15 runs, about 5 min; 60 s are enough for about 3 runs.");
    }

    @Test
    void goesThroughTheDivisionsThatTheGpuOffers() throws Exception {
        String[] plan = {"mig-gi", "--workload=resnet-infer", "--simulate", "--duration=4s", "--rounds=1"};
        assertThat(sweep(plan)).as(console.err()).isZero();
        Map<String, List<RunResult>> results = results("simulated-mig-gi");
        assertThat(results.keySet())
                .containsExactlyInAnyOrder(
                        "round-1/exclusive_1_resnet-infer",
                        "round-1/mig_1_resnet-infer_profiles-1g.18gb-1",
                        "round-1/mig_1_resnet-infer_profiles-1g.35gb-1",
                        "round-1/mig_1_resnet-infer_profiles-2g.35gb-1",
                        "round-1/mig_1_resnet-infer_profiles-3g.71gb-1",
                        "round-1/mig_1_resnet-infer_profiles-4g.71gb-1",
                        "round-1/mig_1_resnet-infer_profiles-7g.141gb-1");
        assertThat(results.values())
                .allSatisfy(
                        runs -> assertThat(runs.getFirst().verdict().valid()).isTrue());

        assertThat(console.out())
                .contains("Slices of the GPU: resnet-infer")
                .containsPattern("(?s)resnet-infer alone on a slice, against the whole GPU with .*:\\s+1g\\.18gb");
        assertThat(folder.resolve("results/simulated-mig-gi/analysis/mig_slices.png"))
                .exists();

        runs = 0;
        assertThat(sweep(plan)).isZero();
        assertThat(runs).as("what is done is not run again").isZero();
    }

    /** The model loses 140 µs at each switch: that must be found again, and that short turns cost twice as much. */
    @Test
    void tellsWhatASwitchCostsAndTheHighestPower() {
        assertThat(sweep(
                        "time-slices",
                        "--workload=matmul-burn",
                        "--workloads=1,2",
                        "--quantum=default,short,long",
                        "--simulate",
                        "--duration=6s",
                        "--json"))
                .as(console.err())
                .isZero();
        String answers = console.out();
        Matcher lost = Pattern.compile("2 × matmul-burn by time-slicing, short turns: (\\d+) % of the time is lost")
                .matcher(answers);
        assertThat(lost.find()).as(answers).isTrue();
        assertThat(Integer.parseInt(lost.group(1))).isBetween(12, 17);
        Matcher length =
                Pattern.compile("A switch takes (\\d\\.\\d+) ms: what is lost").matcher(answers);
        assertThat(length.find()).as(answers).isTrue();
        assertThat(Double.parseDouble(length.group(1))).isBetween(0.12, 0.16);
        assertThat(answers)
                .containsPattern("haring (raises|does not raise) the power|Whether sharing raises the power");
    }

    @Test
    void putsNeighboursBesideEachSlice() {
        assertThat(sweep("mig-geometry", "--simulate=a100-40", "--dry-run", "--json"))
                .isZero();
        assertThat(console.out())
                .contains(
                        "\"mig_1_resnet-infer_profiles-1g.5gb-1\"",
                        "\"mig_4_resnet-infer-x1+matmul-burn-x3_profiles-3g.20gb-2c-1g.5gb-3\"",
                        "\"mig_7_resnet-infer-x1+matmul-burn-x6_profiles-1g.5gb-7\"",
                        "\"left_out\" : [ ]");
        assertThat(Pattern.compile("\"mig_[^\"]+\"")
                        .matcher(console.out())
                        .results()
                        .map(MatchResult::group)
                        .distinct())
                .hasSize(58);
    }

    @Test
    void refusesDivisionsOfAGpuThatHasNoneAndOfTwoKinds() {
        assertThat(sweep("mig-gi", "--simulate=t4", "--dry-run")).isEqualTo(3);
        assertThat(console.err()).contains("this GPU cannot be divided");
        assertThat(sweep("mig-gi", "--simulate", "--workloads=2", "--dry-run")).isEqualTo(2);
        assertThat(console.err()).contains("goes through the divisions of the GPU");
    }

    /** Something breaks before a run, or after its result was written, wherever a start has come to. */
    @Test
    void goesOnWhereItWasHoweverOftenItBreaks() throws Exception {
        Random random = new Random(4);
        int broken = 0;
        int status;
        do {
            int breaksAt = runs + 1 + random.nextInt(3);
            boolean after = random.nextBoolean();
            Runnable breaking = () -> {
                if (runs >= breaksAt) {
                    throw new IllegalStateException("broken on purpose");
                }
            };
            Runnable nothing = () -> {};
            status = sweep(
                    after ? nothing : breaking,
                    after ? breaking : nothing,
                    concat(SMALL, "--name=small", "--rounds=3"));
            broken += status == 0 ? 0 : 1;
        } while (status != 0 && broken < 50);
        assertThat(status).isZero();
        assertThat(broken).isGreaterThan(5);
        Map<String, List<RunResult>> results = results("small");
        assertThat(results)
                .hasSize(15)
                .allSatisfy((cell, ofCell) -> assertThat(ofCell).as(cell).hasSize(1));
        assertThat(results.values().stream().map(ofCell -> ofCell.getFirst().runId()))
                .doesNotHaveDuplicates();
    }

    @Test
    void stopsWhenTheComparisonIsDecidedOrSaysThatItStayedOpen() throws Exception {
        String[] auto = {
            "--workload=resnet-infer:4", "--simulate", "--duration=4s", "--rounds=auto", "--at-most-rounds=4", "--json"
        };
        // Four that infer do twice as much under MPS.
        assertThat(sweep(concat(auto, "--name=clear", "--modes=time-slicing,mps")))
                .isZero();
        JsonNode clear = new ObjectMapper().readTree(console.out());
        assertThat(clear.path("sweep").path("rounds").asInt()).isEqualTo(3);
        assertThat(clear.path("sweep").path("open_comparisons")).isEmpty();
        assertThat(clear.path("analysis").path("kind").asText()).isEqualTo("analysis");
        // Nobody uses more than three quarters of the SMs.
        assertThat(sweep(concat(auto, "--name=level", "--modes=mps", "--thread-percentage=75,100")))
                .isZero();
        JsonNode level = new ObjectMapper().readTree(console.out());
        assertThat(level.path("sweep").path("rounds").asInt()).isEqualTo(4);
        assertThat(level.path("sweep").path("open_comparisons").findValuesAsText("mix"))
                .containsExactly("4 × resnet-infer");
    }

    @Test
    void leavesOutWhatThisGpuCannotDoBeforeItBegins() throws Exception {
        assertThat(sweep(
                        "--modes=time-slicing,mig",
                        "--workload=resnet-infer:2",
                        "--simulate=t4",
                        "--duration=4s",
                        "--rounds=1",
                        "--name=t4"))
                .isZero();
        assertThat(console.err())
                .contains("1 cell and 1 baseline in 1 round: 2 runs")
                .contains("left out: mig_2_resnet-infer: GPU 0 (Tesla T4 (simulated)) cannot be divided");
        assertThat(results("t4"))
                .containsOnlyKeys("round-1/time-slicing_2_resnet-infer", "round-1/exclusive_1_resnet-infer");
    }

    @Test
    void aCommandThatPreparesARunAndFailsIsAFailedTry() throws Exception {
        Path log = folder.resolve("prepared");
        String prepare = "echo $GPUSHARE_SWEEP_CELL >> " + log + "; test $GPUSHARE_SWEEP_CELL != mps_1_resnet-infer";
        assertThat(sweep(concat(SMALL, "--name=prepared", "--rounds=1", "--prepare=" + prepare)))
                .isEqualTo(4);
        assertThat(Files.readAllLines(log))
                .hasSize(6)
                .filteredOn("mps_1_resnet-infer"::equals)
                .hasSize(2);
        assertThat(results("prepared")).hasSize(4).doesNotContainKey("round-1/mps_1_resnet-infer");
        assertThat(console.out()).contains("failed twice: mps_1_resnet-infer in round 1: could not prepare the run");
    }

    @Test
    void freshKeepsTheOldRunsAside() throws Exception {
        assertThat(sweep(concat(SMALL, "--name=small", "--rounds=1"))).isZero();
        assertThat(sweep(concat(SMALL, "--name=small", "--rounds=1", "--seed=2")))
                .isEqualTo(2);
        assertThat(console.err()).contains("differs from this one in seed", "--fresh");
        assertThat(sweep(concat(SMALL, "--name=small", "--rounds=1", "--seed=2", "--fresh")))
                .isZero();
        try (Stream<Path> all = Files.list(folder.resolve("results"))) {
            assertThat(all.map(path -> path.getFileName().toString().replaceFirst("\\d{8}T\\d{6}Z", "UTC")))
                    .containsExactlyInAnyOrder("small", "small.old-UTC");
        }
    }

    private static String[] concat(String[] first, String... more) {
        return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
    }
}
