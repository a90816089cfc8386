package io.gpushare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gpushare.process.CommandResult;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bench} with programs that know nothing of it, as a person runs it. */
final class ForeignBenchTest {
    private static final String PLACE = " --out results --gpu none --runtime process --pin none ";

    /** Draws a bar of progress ten times a second. */
    private static final String BAR = """
        i=0
        while [ $i -lt ${1:-1000} ]; do
            i=$((i + 1))
            printf '\\r %3d%%|##  | %d/1000 [00:01<00:02, 12.3it/s]' $((i / 10)) $i >&2
            sleep 0.1
        done
        echo
        """;

    @TempDir
    Path temporary;

    private BenchProgram program;

    @BeforeEach
    void startInAFolderOfItsOwn() throws Exception {
        program = new BenchProgram(temporary, Map.of());
        script("bar.sh", BAR);
    }

    private void script(String name, String text) throws Exception {
        Files.writeString(temporary.resolve(name), text);
    }

    private RunResult run(String arguments) throws Exception {
        program.gpushare("bench" + PLACE + arguments);
        RunResult run = program.onlyResult();
        assertThat(BenchProgram.processesOf(run.group())).isEmpty();
        return run;
    }

    private static String findings(RunResult run) {
        return String.join(
                "\n", run.verdict().findings().stream().map(Finding::message).toList());
    }

    @Test
    void readsTheRateOfABarOfProgress() throws Exception {
        RunResult run = run("--baseline none --duration 4s --measure tqdm --tenant 'bash bar.sh' --workloads 2");

        assertThat(run.verdict().findings()).isEmpty();
        assertThat(run.tenants()).hasSize(2).allSatisfy(tenant -> {
            assertThat(tenant.workload()).isEqualTo("bar");
            assertThat(tenant.unit()).isEqualTo("iteration");
            assertThat(tenant.unitsPerSec().asOptional().orElseThrow()).isCloseTo(12.3, within(0.001));
            assertThat(tenant.work().windows()).hasSizeBetween(3, 4);
        });
        assertThat(Files.readString(temporary
                        .resolve("results")
                        .resolve(run.tenants().getFirst().log().asOptional().orElseThrow())))
                .contains("12.3it/s");
    }

    @Test
    void withoutARuleTheTimeToTheEndIsMeasuredAgainstAlone() throws Exception {
        RunResult run = run("--tenant 'bash bar.sh 15' --tenant 'bash bar.sh 30'");

        // A busy machine may hold a program back while it is alone.
        assertThat(run.verdict().findings()).extracting(Finding::reason).allMatch(Reason.BASELINE_REFUTED::equals);
        assertThat(run.tenants()).extracting(TenantResult::workload).containsExactly("bar", "bar-2");
        double[] lives = {1.5, 3};
        for (int number = 0; number < 2; number++) {
            TenantResult tenant = run.tenants().get(number);
            double life = tenant.metrics().getOrDefault(TenantResult.TIME_TO_COMPLETION, 0.0);
            assertThat(life).isBetween(lives[number], lives[number] + 1.5);
            assertThat(tenant.unit()).isEqualTo("run");
            assertThat(tenant.unitsPerSec().asOptional().orElseThrow()).isCloseTo(1 / life, within(0.01));
            tenant.slowdown().asOptional().ifPresent(times -> assertThat(times).isBetween(0.7, 1.5));
        }
    }

    @Test
    void aRateThatIsToldOnceIsMeasuredToTheEnd() throws Exception {
        script("llama-bench", """
            echo '| llama 7B Q4_0 | CUDA | pp512 | 4918.36 ± 132.23 |'
            sleep 1
            echo '| llama 7B Q4_0 | CUDA | tg128 | 165.76 ± 1.50 |'
            """);
        RunResult run = run("--baseline none --measure llama-bench --tenant 'bash llama-bench'");

        assertThat(run.verdict().findings()).isEmpty();
        TenantResult tenant = run.tenants().getFirst();
        assertThat(tenant.unit()).isEqualTo("token");
        assertThat(tenant.unitsPerSec().asOptional().orElseThrow()).isCloseTo(165.76, within(0.01));
        assertThat(tenant.metrics()).containsEntry("prompt_tokens_per_s", 4918.36);
        assertThat(tenant.metrics().get(TenantResult.TIME_TO_COMPLETION)).isBetween(1.0, 2.0);
    }

    @Test
    void aProgramThatEndsEarlyIsAFinding() throws Exception {
        RunResult run = run("--baseline none --duration 4s --measure tqdm --tenant 'bash bar.sh 10'");

        assertThat(findings(run)).contains("it came to its end before the measured time was over");
    }

    @Test
    void aProgramThatFailsIsAFinding() throws Exception {
        script("fails.sh", "sleep 1; echo 'no such file: data.bin' >&2; exit 7");
        CommandResult ran = program.gpushare("bench" + PLACE + "--baseline none --tenant 'bash fails.sh'");

        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(findings(program.onlyResult())).contains("it exited with status 7 while it was measured");
        assertThat(ran.stdout()).contains("no such file: data.bin");
    }

    @Test
    void aProgramThatNeverPrintsWhatTheRuleLooksForIsAFinding() throws Exception {
        script("silent.sh", "echo begun; exec sleep 100");
        RunResult run = run("--baseline none --duration 2s --measure 'it/s=([0-9.]+) it' --tenant 'bash silent.sh'");

        assertThat(findings(run)).contains("in its output nothing was found by the rule for it, in 1 line");
    }

    @Test
    void aNumberWithADecimalCommaIsNoOtherNumber() throws Exception {
        script("comma.sh", "while :; do echo '12,3 it/s'; sleep 0.1; done");
        RunResult run = run("--baseline none --duration 2s --measure 'it/s=([0-9.]+) it/s' --tenant 'bash comma.sh'");

        assertThat(findings(run)).contains("'12,3' is no number as the rule reads it, in the line: 12,3 it/s");
        assertThat(run.tenants().getFirst().unitsPerSec().asOptional()).isEmpty();
    }

    @Test
    void aChildThatLeavesTheProgramsSessionIsEndedWithIt() throws Exception {
        script("forks.sh", "setsid sleep 1000 & while :; do echo '5 it/s'; sleep 0.1; done");
        RunResult run = run("--baseline none --duration 2s --measure 'it/s=([0-9.]+) it/s' --tenant 'bash forks.sh'");

        assertThat(run.tenants().getFirst().problem()).isEmpty();
        assertThat(run.tenants().getFirst().unitsPerSec().asOptional().orElseThrow())
                .isCloseTo(5, within(0.001));
    }

    @Test
    void aFloodOfOutputFillsNeitherMemoryNorDisk() throws Exception {
        script(
                "flood.sh",
                "head -c 1000000000 /dev/zero | tr '\\\\0' x; echo; while :; do echo '5 it/s'; sleep 0.1; done");
        CommandResult ran = program.shell("JDK_JAVA_OPTIONS=-Xmx128m " + BenchProgram.GPUSHARE + " bench" + PLACE
                + "--baseline none --duration 2s --ready '^x*[0-9.]+ it' --measure 'it/s=([0-9.]+) it/s'"
                + " --tenant 'bash flood.sh'");

        RunResult run = program.onlyResult();
        assertThat(ran.stderr()).doesNotContain("OutOfMemory");
        assertThat(run.tenants().getFirst().problem()).isEmpty();
        assertThat(run.tenants().getFirst().unitsPerSec().asOptional().orElseThrow())
                .isCloseTo(5, within(0.001));
        assertThat(Files.size(temporary
                        .resolve("results")
                        .resolve(run.tenants().getFirst().log().asOptional().orElseThrow())))
                .isLessThan(20_000_000);
    }

    @Test
    void thePlanOfAProgramRunsAgain() throws Exception {
        program.shell(BenchProgram.GPUSHARE + " bench" + PLACE
                        + "--baseline none --duration 2s --ready 300ms --measure 'count:it=\\| ([0-9]+)/'"
                        + " --tenant 'bash bar.sh' --dry-run > plan.yaml")
                .requireSuccess("print the plan");

        RunResult run = run("--plan plan.yaml");

        assertThat(run.tenants().getFirst().unitsPerSec().asOptional().orElseThrow())
                .isBetween(5.0, 10.1);
        assertThat(run.tenants().getFirst().start().readyS().asOptional().orElseThrow())
                .isBetween(0.3, 2.0);
    }

    @Test
    void whoeverBeginsAgainIsALoadUntilTheOtherHasCompleted() throws Exception {
        Files.writeString(temporary.resolve("plan.yaml"), """
            gpushare: 1
            mode: time-slicing
            gpu: none
            runtime: process
            pin: none
            baseline: none
            tenants:
              - {name: short, command: [bash, -c, 'echo begun; sleep 0.7'], repeat: true}
              - {name: long, command: [bash, bar.sh, '30']}
            """);
        RunResult run = run("--plan plan.yaml");

        assertThat(run.verdict().findings()).isEmpty();
        assertThat(run.tenants().getFirst().metrics().get(TenantResult.TIME_TO_COMPLETION))
                .isBetween(0.7, 2.0);
        assertThat(run.tenants().getLast().metrics().get(TenantResult.TIME_TO_COMPLETION))
                .isBetween(3.0, 4.5);
        String log = Files.readString(temporary
                .resolve("results")
                .resolve(run.tenants().getFirst().log().asOptional().orElseThrow()));
        assertThat(log.split("begun", -1).length - 1).isBetween(3, 6);
    }
}
