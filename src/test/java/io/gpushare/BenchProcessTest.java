package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cores.CpuSet;
import io.gpushare.cores.HostCores;
import io.gpushare.cores.Pin;
import io.gpushare.nvml.FakeNvml;
import io.gpushare.process.CommandResult;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.CoreSpeed;
import io.gpushare.results.benchmark.GpuUse;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code bench} as a person runs it, with tenants that are real processes or simulated. */
final class BenchProcessTest {
    private static final String SPIN = "--gpu none --runtime process --baseline none ";

    @TempDir
    Path temporary;

    private BenchProgram program;

    @BeforeEach
    void startInAFolderOfItsOwn() {
        program = new BenchProgram(temporary, Map.of());
    }

    @Test
    void measuresFourProcessesAndLeavesOnlyTheResult() throws Exception {
        CommandResult ran = program.gpushare("bench --out results --json --workload spin:4 --duration 2s " + SPIN);

        RunResult run = program.onlyResult();
        assertThat(ran.exitCode()).isEqualTo(run.verdict().valid() ? 0 : 1);
        assertThat(new ObjectMapper().readTree(ran.stdout())).isEqualTo(BenchProgram.json(program.onlyResultFile()));
        assertThat(run.tenants()).hasSize(4).allSatisfy(tenant -> {
            assertThat(tenant.problem()).isEmpty();
            assertThat(tenant.work().units()).isPositive();
            assertThat(tenant.unitsPerSec().asOptional()).isPresent();
            assertThat(tenant.start().lateNanos().asOptional()).isPresent();
        });
        assertThat(run.timeline().windowS()).isGreaterThanOrEqualTo(1.9);
        assertThat(BenchProgram.processesOf(run.group())).isEmpty();
    }

    @Test
    void givesEachTenantACoreOfItsOwn() throws Exception {
        assumeTrue(Runtime.getRuntime().availableProcessors() >= 2);
        program.gpushare("bench --out results --workload spin:2 --pin 1 --duration 1s " + SPIN);

        RunResult run = program.onlyResult();
        assertThat(run.coresPerTenant()).isEqualTo(1);
        assertThat(run.plan().pin()).isEqualTo(new Pin.Cores(1));
        assertThat(run.tenants())
                .allSatisfy(tenant -> {
                    assertThat(tenant.problem()).isEmpty();
                    assertThat(tenant.host()
                                    .asOptional()
                                    .orElseThrow()
                                    .waitedS()
                                    .asOptional())
                            .isPresent();
                })
                .extracting(tenant -> tenant.start().launched().path("cpus").asText())
                .doesNotHaveDuplicates()
                .doesNotContain("");
        assertThat(run.warnings()).noneMatch(warning -> warning.contains("CPUs"));
    }

    /** It spins as the one that ships does, but says nothing of its core. */
    @Test
    void watchesTheCoreOfATenantThatDoesNotAndNamesWhoDisturbsIt() throws Exception {
        List<HostCores.Core> cores =
                HostCores.read(Path.of("/")).asOptional().orElseThrow().cores();
        assumeTrue(cores.size() >= 2);
        // gpushare keeps the first.
        CpuSet own = cores.get(1).cpus();
        program.shell("""
            mkdir blind && sed 's/if loops:/if False:/' '%1$s/gpushare_tenant.py' > gpushare_tenant.py \
                && sed 's/name: spin/name: blind/; /image:/d' '%1$s/spin/workload.yaml' > blind/workload.yaml \
                && sed 's/name = "spin"/name = "blind"/' '%1$s/spin/spin.py' > blind/spin.py
            """.formatted(Path.of("workloads").toAbsolutePath()))
                .requireSuccess("make a workload that does not look at its core");

        program.shell("""
            timeout 60 taskset -c %s sh -c 'while :; do :; done' & busy=$!
            %s bench --out results --workload blind/workload.yaml --pin 1 --precision 0.1%% --duration 5s %s
            kill $busy
            """.formatted(own.numbers().first(), BenchProgram.GPUSHARE, SPIN));

        RunResult run = program.onlyResult();
        TenantResult tenant = run.tenants().getFirst();
        CoreSpeed core = tenant.work().core().asOptional().orElseThrow();
        assertThat(core.witnessed()).isTrue();
        assertThat(own.numbers()).containsAll(core.cores());
        assertThat(tenant.work().windows())
                .filteredOn(window -> window.core().isPresent())
                .hasSizeGreaterThan(2)
                .allSatisfy(
                        window -> assertThat(window.core().get().witnessed()).isTrue());
        assertThat(tenant.host().asOptional().orElseThrow().waitedS().asOptional())
                .hasValueSatisfying(waited -> assertThat(waited).isGreaterThan(1));
        assertThat(run.host().asOptional()).hasValueSatisfying(host -> {
            assertThat(host.cpus()).isGreaterThanOrEqualTo(2);
            assertThat(host.others().asOptional())
                    .hasValueSatisfying(others -> assertThat(others).isPositive());
        });
        assertThat(run.verdict().findings())
                .extracting(Finding::message)
                .anyMatch(message -> message.contains("waited for a core") || message.contains("of its speed"));
    }

    /** @param undoing what the wrapper does to the preloaded library */
    private RunResult underALayer(String undoing) throws Exception {
        program.shell("""
            echo 'int nothing(void) { return 0; }' > nothing.c && gcc -shared -fPIC -o libnothing.so nothing.c \
                && echo 'name: nothing' > layer.yaml && echo 'preload: libnothing.so' >> layer.yaml \
                && echo 'env: {SAID_BY: the layer}' >> layer.yaml && echo 'wrapper: [env%s]' >> layer.yaml
            """.formatted(undoing)).requireSuccess("make a layer");
        program.gpushare(
                "bench --out results --layer layer.yaml --workload spin:2 --duration 4s --precision 90% " + SPIN);
        return program.onlyResult();
    }

    @Test
    void putsALayerOnAllTenantsAndProvesIt() throws Exception {
        RunResult run = underALayer("");

        assertThat(run.plan().layer()).contains("nothing");
        assertThat(run.tenants())
                .hasSize(2)
                .allSatisfy(tenant -> assertThat(tenant.problem()).isEmpty());
        assertThat(run.verdict().findings())
                .extracting(Finding::reason)
                .doesNotContain(Reason.LAYER_UNPROVEN, Reason.TENANT_FAILED);
    }

    @Test
    void doesNotBelieveALayerThatNobodyLoaded() throws Exception {
        RunResult run = underALayer(", -u, LD_PRELOAD");

        assertThat(run.tenants())
                .hasSize(2)
                .allSatisfy(tenant -> assertThat(tenant.problem()).isEmpty());
        assertThat(run.verdict().findings()).anySatisfy(finding -> {
            assertThat(finding.reason()).isEqualTo(Reason.LAYER_UNPROVEN);
            assertThat(finding.message())
                    .startsWith("It is not proven that the layer nothing was in force: of tenant 0 (spin), none of its"
                            + " programs has loaded ")
                    .contains("of tenant 1 (spin)");
        });
    }

    @Test
    void keepsWhatATenantPrints() throws Exception {
        program.shell("""
            mkdir talkative && cp '%1$s/gpushare_tenant.py' . \\
                && sed 's/name: spin/name: talkative/; /image:/d' '%1$s/spin/workload.yaml' > talkative/workload.yaml \\
                && sed 's/name = "spin"/name = "talkative"/; s/    def load(self):/&\\n        print("loading now", file=sys.stderr)/' \\
                    '%1$s/spin/spin.py' > talkative/spin.py
            """.formatted(Path.of("workloads").toAbsolutePath()))
                .requireSuccess("make a workload that talks");

        program.gpushare("bench --out results --workload talkative/workload.yaml --duration 1s " + SPIN);

        RunResult run = program.onlyResult();
        assertThat(run.tenants().getFirst().problem()).isEmpty();
        assertThat(temporary
                        .resolve("results")
                        .resolve(run.tenants().getFirst().log().asOptional().orElseThrow()))
                .content()
                .contains("loading now");
    }

    @Test
    void endsAndNamesWhatATenantLeftBehind() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        program.shell("mkdir leaving && cp %s/workloads/gpushare_tenant.py . && ".formatted(here)
                + "sed 's/name: spin/name: leaving/; /image:/d' %s/workloads/spin/workload.yaml > leaving/workload.yaml && "
                        .formatted(here)
                + "sed 's/name = \"spin\"/name = \"leaving\"/; s/    def load(self):/&\\n"
                + "        import os; os.system(\"setsid env -i sleep 9998 > sleep.out 2>\\&1 \\& echo $! > pid\")/' "
                + here + "/workloads/spin/spin.py > leaving/spin.py");

        program.gpushare("bench --out results --workload leaving/workload.yaml --duration 1s " + SPIN);

        RunResult run = program.onlyResult();
        assertThat(run.tenants().getFirst().problem()).isEmpty();
        String pid = Files.readString(temporary.resolve("leaving/pid")).strip();
        assertThat(run.warnings())
                .contains("tenant 0 (leaving) left 1 program running that had left its session: pid " + pid
                        + " (sleep 9998); ended now");
        assertThat(Path.of("/proc", pid)).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "INT INT"})
    void endsWellAndSavesWhatWasMeasuredWhenItIsInterrupted(String signals) throws Exception {
        CommandResult ended = program.interrupted("--workload spin:4 --duration 1m " + SPIN, 4, signals.split(" "));

        assertThat(ended.stdout()).startsWith("status 130\n");
        assertThat(BenchProgram.took(ended)).isLessThan(Duration.ofSeconds(10));
        RunResult run = program.onlyResult();
        assertThat(run.verdict().findings()).extracting(Finding::reason).contains(Reason.INTERRUPTED);
        assertThat(run.tenants())
                .hasSize(4)
                // On a busy machine the windows of four may have no time in common yet.
                .allSatisfy(tenant -> assertThat(tenant.work().windows()).anyMatch(window -> window.units() > 0));
        assertThat(program.text("out")).contains("interrupted", "Saved to results/benchmark_");
        assertThat(BenchProgram.processesOf(run.group())).isEmpty();
    }

    @Test
    void tenantsOfAKilledRunEndByThemselvesAndTheJournalStays() throws Exception {
        CommandResult killed = program.interrupted("--workload spin:4 --duration 1m " + SPIN, 4, "KILL");

        assertThat(killed.stdout()).startsWith("status 137\n");
        assertThat(program.journals()).hasSize(1);
        Path journal = program.journals().getFirst();
        assertThat(journal).content().contains("\"event\":\"window\"");
        String group = BenchProgram.group(journal);
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!BenchProgram.processesOf(group).isEmpty() && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertThat(BenchProgram.processesOf(group)).isEmpty();

        CommandResult cleanup = program.cleanup();

        assertThat(cleanup.exitCode()).isZero();
        assertThat(cleanup.stdout()).contains(journal.getFileName().toString());
        assertThat(program.journals()).containsExactly(journal);
    }

    @Test
    void aResultFolderBelowAFileIsRefusedBeforeAnythingStarts() throws Exception {
        CommandResult refused = program.shell(
                "touch file; " + BenchProgram.GPUSHARE + " bench --out file/results --workload spin:2 " + SPIN);

        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.stdout()).isEmpty();
        assertThat(refused.stderr()).contains("error: ", "file/results").doesNotContain("launching", "\tat ");
    }

    @Test
    void aFullDiskIsRefusedBeforeAnythingStarts() throws Exception {
        CommandResult refused = program.shell("""
            mkdir disk && mount -t tmpfs -o size=1m tmpfs disk 2> /dev/null || exit 77
            trap 'umount disk' EXIT
            %s bench --out disk/results --workload spin:2 %s
            """.formatted(BenchProgram.GPUSHARE, SPIN));

        assumeTrue(refused.exitCode() != 77, "a small disk can be mounted by root only");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.stderr()).contains("error: ", " left", "--out").doesNotContain("launching", "\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"time-slicing", "exclusive"})
    void measuresAGpuBesideItsTenants(String mode) throws Exception {
        program = new BenchProgram(
                temporary, Map.of("GPUSHARE_NVML_LIBRARY", FakeNvml.library().toString(), "FAKE_NVML", "h200"));

        CommandResult ran = program.gpushare("bench --out results --gpu 0 --runtime process --workload spin:2 --mode "
                + mode + " --duration 1500ms --baseline none --allow-busy");

        assertThat(ran.stdout()).as(ran.stderr()).contains("NVIDIA H200");
        RunResult run = program.onlyResult();
        assertThat(run.mode().kind()).hasToString(mode);
        assertThat(run.tenants())
                .hasSize(2)
                .allSatisfy(tenant -> assertThat(tenant.problem()).isEmpty());
        assertThat(run.gpu()).isInstanceOf(Reading.Value.class);
        GpuUse use = run.gpu().asOptional().orElseThrow();
        assertThat(use.counterJoules().asOptional()).isPresent();
        assertThat(use.integralJoules().asOptional()).isPresent();
        assertThat(use.metrics().values()).anyMatch(Reading.Value.class::isInstance);
        assertThat(run.proof().evidence()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exclusive", "time-slicing", "mps", "mig"})
    void simulatesEveryMode(String mode) throws Exception {
        CommandResult ran = program.gpushare("bench --out results --simulate --mode " + mode
                + " --workload resnet-train:2 --duration 2s --baseline none");

        RunResult run = program.onlyResult();
        assertThat(ran.exitCode()).isEqualTo(run.verdict().valid() ? 0 : 1);
        assertThat(ran.stdout()).contains("SIMULATED");
        assertThat(run.simulated()).isTrue();
        assertThat(run.mode().kind()).hasToString(mode);
        assertThat(run.proof().proven()).as(run.proof().toString()).isTrue();
        assertThat(run.tenants())
                .hasSize(2)
                .allSatisfy(tenant -> assertThat(tenant.work().units()).isPositive());
    }

    @Test
    void simulatesSixtyFourTenantsInOneRun() throws Exception {
        CommandResult ran = program.gpushare(
                "bench --out results --simulate --mode time-slicing --workloads 64 --duration 5s --baseline none"
                        + " --json");

        RunResult run = program.onlyResult();
        assertThat(run.tenants())
                .hasSize(64)
                .noneMatch(TenantResult::failed)
                .allSatisfy(tenant -> assertThat(tenant.work().units()).isPositive());
        assertThat(ran.duration()).isLessThan(Duration.ofSeconds(30));
        JsonNode fast = run.sampling().path("instrument").path("loops").path(0);
        assertThat(fast.path("ticks_due").asInt()).isGreaterThan(40);
        assertThat(fast.path("ticks_missed").asInt())
                .isLessThanOrEqualTo(fast.path("ticks_due").asInt() / 4);
    }

    /** But for what says which run it was, and when. */
    private static final String WHICH_AND_WHEN =
            "\"(run_id|group|started_utc|file|start_utc|end_utc)\":\"[^\"]*\"" + "|\"start_unix_ns\":\\d+";

    @Test
    void oneSeedGivesOneResultToTheLastByteAndSoonerThanAGpuWould() throws Exception {
        CommandResult ran = program.gpushare(MIX + "--out results");
        assertThat(program.gpushare(MIX + "--out again").exitCode()).isEqualTo(ran.exitCode());

        assertThat(program.onlyResult().tenants()).hasSize(4);
        assertThat(ran.duration()).isLessThan(Duration.ofSeconds(30));
        assertThat(linesOf("again")).isEqualTo(linesOf("results")).hasSize(2);
        assertThat(linesOf("results"))
                .allSatisfy(file -> assertThat(file).contains("what it took of this machine says nothing"));
    }

    private static final String MIX = "bench --simulate --mode mps --workloads 4 --duration 20s ";

    private List<String> linesOf(String folder) throws Exception {
        try (Stream<Path> files = Files.list(temporary.resolve(folder))) {
            List<String> texts = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                texts.add(BenchProgram.json(file).toString().replaceAll(WHICH_AND_WHEN, ""));
            }
            return texts;
        }
    }

    @Test
    void aSimulationEndsWellWhenItIsInterruptedInItsOwnTime() throws Exception {
        CommandResult ended =
                program.interrupted("--simulate --workload resnet-train:2 --duration 1h --baseline none", 2, "INT");

        assertThat(ended.stdout()).startsWith("status 130\n");
        assertThat(program.onlyResult().verdict().findings())
                .extracting(Finding::reason)
                .contains(Reason.INTERRUPTED);
    }

    @Test
    void takesItsRealTimeWhereSomebodyWantsToWatch() throws Exception {
        CommandResult ran = program.gpushare(
                "bench --out results --simulate --real-time --workload resnet-infer --duration 2s --baseline none");

        RunResult run = program.onlyResult();
        assertThat(ran.duration()).isGreaterThan(Duration.ofSeconds(2));
        assertThat(run.tenants().getFirst().work().units()).isPositive();
        assertThat(run.sampling().toString()).doesNotContain("says nothing");
    }

    @Test
    void tooManyTenantsForASmallCardEndInAResultThatSaysSo() throws Exception {
        CommandResult ran = program.gpushare(
                "bench --out results --simulate t4 --workload llm-decode:8 --duration 1s --baseline none");

        assertThat(ran.exitCode()).isEqualTo(1);
        RunResult run = program.onlyResult();
        assertThat(run.tenants())
                .anySatisfy(tenant ->
                        assertThat(tenant.problem().orElseThrow().kind()).isEqualTo("oom"));
        assertThat(run.verdict().findings()).extracting(Finding::reason).contains(Reason.TENANT_FAILED);
    }

    @Test
    void theSameSeedGivesTheSamePlanWhichCanBeGivenBack() throws Exception {
        String bench = "bench --simulate --mode mps --workloads 5 --seed 7 --dry-run";
        CommandResult first = program.gpushare(bench);

        assertThat(first.exitCode()).isZero();
        assertThat(first.stdout()).contains("seed: 7");
        assertThat(program.gpushare(bench).stdout()).isEqualTo(first.stdout());
        assertThat(program.shell(BenchProgram.GPUSHARE + " " + bench + " > plan.yaml && " + BenchProgram.GPUSHARE
                                + " bench --plan plan.yaml --dry-run")
                        .stdout())
                .isEqualTo(first.stdout());
    }

    @Test
    void withoutAGpuNamesTheCommandThatSimulates() throws Exception {
        program = new BenchProgram(temporary, Map.of("GPUSHARE_NVML_LIBRARY", "/nowhere/libnvidia-ml.so.1"));

        CommandResult refused = program.gpushare("bench --workloads 2 --mode time-slicing");

        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.stdout()).isEmpty();
        assertThat(refused.stderr()).contains("gpushare bench --workloads 2 --mode time-slicing --simulate");
        assertThat(program.results()).isEmpty();
    }
}
