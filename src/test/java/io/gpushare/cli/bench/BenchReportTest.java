package io.gpushare.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.SomeResults;
import io.gpushare.load.scenario.Scenario;
import io.gpushare.load.scenario.ScenarioPlan;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.run.RunOutcome;
import io.gpushare.study.MadeLoad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchReportTest {
    private static final String WHERE = "NVIDIA H200 (GPU 0) · process · 30s";

    private static SomeResults shared() {
        return new SomeResults()
                .onGpu("")
                .tenant("resnet-train[batch=32]", "sample", 812.4, true)
                .tenant("resnet-infer", "sample", 1203.25, false)
                .baseline("resnet-train[batch=32]", "sample", 1340.5)
                .baseline("resnet-infer", "sample", 1985.4);
    }

    private static SomeResults alike() {
        return new SomeResults()
                .onGpu("")
                .tenant("resnet-infer", "sample", 1008, true)
                .tenant("resnet-infer", "sample", 1008, true)
                .baseline("resnet-infer", "sample", 1985.4);
    }

    private static String print(int columns, RunOutcome... outcomes) {
        CapturedConsole captured = CapturedConsole.piped();
        new BenchReport(captured.console, WHERE, columns).print(List.of(outcomes));
        assertThat(captured.out()).doesNotContain(" \n").doesNotContain("\u001b");
        return captured.out();
    }

    @Test
    void tellsEverythingWhereThereIsRoom() {
        assertThat(print(200, shared().outcome(1, 1))).isEqualTo("""

            time-slicing · 2 tenants · NVIDIA H200 (GPU 0) · process · 30s
            2 tenants together did 2.41 times the work of one at a time; the slowest ran at 61 % of its speed alone.

            #  Workload                Throughput             Alone  Slowdown  p50 ms  p90 ms  p95 ms  p99 ms  Late µs  CPU s
            ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────
            0  resnet-train[batch=32]       812.4  samples/s   1341    1.65 ×    39.2    40.4    40.9    41.2      112   29.4
            1  resnet-infer                  1203  samples/s   1985    1.65 ×    39.2    40.4    40.9   ~41.2      112   29.4
            ~ from too few latencies to be sure of a 99th percentile; a longer --duration gives more.

            STP          2.41 of 2   progress of all; 1 is taking turns, 2 is no slowdown
            ANTT         1.65 ×      mean slowdown of a tenant; 1 is none
            Fairness     0.97        least / most progress; 1 is equal
            Jain's index 1.00        of progress; 1 is equal
            Throughput   812.4 samples/s  resnet-train[batch=32]
                         1203 samples/s  resnet-infer
            Success      2 of 2      tenants that ended well
            Energy       12391 J     by the GPU's counter; 12382 J by its power
            GPU time     97 %        of the window, in which a kernel ran
            GPU          busy 97 %  SM active 61 %  memory 22.9 GiB  413 W  at most 61 °C
            Start skew   0.41 ms     from the first start to the last
            Time         28.0 s      counted, of 127.4 s in all; gpushare itself took 1.2 s
            Proof        the GPU was looked at

            VALID  nothing was found that speaks against it
            Saved to results/benchmark_time-slicing_2_1.json
            """);
    }

    @Test
    void tellsWhatAUnitTakesWhereAllTenantsDoTheSame() {
        assertThat(print(
                        200,
                        new SomeResults()
                                .onGpu("")
                                .tenant("adder", "addition", 100, true)
                                .tenant("adder", "addition", 100, true)
                                .outcome(1, 1)))
                .contains("Throughput   200.0 additions/s\n")
                .contains("             0.25 J      per addition\n")
                .contains("Cost         571.4       per million additions\n");
    }

    /** The server keeps 15 ms alone, and not beside the other. */
    private static SomeResults scenarios() {
        ScenarioPlan server = new ScenarioPlan(Scenario.SERVER, false, 1, Optional.of(Duration.ofMillis(15)));
        ScenarioPlan stream = new ScenarioPlan(Scenario.SINGLE_STREAM, true, 1, Optional.empty());
        return new SomeResults()
                .tenant("serves", "request", 100, true)
                .baseline("serves", "request", 100)
                .load(
                        MadeLoad.open(100, 30).judgedBy(server),
                        MadeLoad.open(100, 10).judgedBy(server))
                .tenant("streams", "request", 50, true)
                .baseline("streams", "request", 50)
                .load(
                        MadeLoad.closed(1, 0, 50, 20).judgedBy(stream),
                        MadeLoad.closed(1, 0, 6, 20).judgedBy(stream));
    }

    @Test
    void tellsWhatLoadGenWouldSayBesideTheVerdict() {
        assertThat(print(120, scenarios().outcome(1, 1)))
                .contains("""
            #  MLPerf         Bound           Result              Early stopping                   Alone  LoadGen says
            ────────────────────────────────────────────────────────────────────────────────────────────────────────────────
            0  server          15ms  100.0 samples/s  not met: 1000 of 1000 over  100.0 samples/s, VALID  INVALID, shortened
            1  single-stream      –     p90 19.99 ms         met: 34 of 500 over              –, INVALID  INVALID
            Tenant 0 (serves) is not valid for LoadGen, because 1000 of 1000 queries took longer than 15ms, and 1 % may.
            Tenant 1 (streams) is not valid for LoadGen, because an official run lasts 600 s, and this one lasted 10.0 s.
            Shortened: MLPerf asks for 600 s at least, as load.official=true does.
            """)
                .contains("\nVALID  nothing was found that speaks against it\n");
    }

    @Test
    void showsTheLastLinesOfATenantThatFailed(@TempDir Path folder) throws IOException {
        RunOutcome outcome = shared().failedTenant("bert-train", "exited with status 1")
                .finding(Reason.TENANT_FAILED, "Tenant 2 (bert-train) failed (exit): it exited with status 1.")
                .outcome(1, 1);
        Files.writeString(folder.resolve("tenant2.log"), "Traceback:\n  in \u001b[1mmain\nImportError: no torch\n");

        String report = print(200, new RunOutcome(outcome.result(), folder.resolve("r.json"), outcome.document()));

        assertThat(report.lines())
                .containsSequence(
                        "  the last lines of tenant 2 (bert-train):",
                        "  │ Traceback:",
                        "  │   in ?[1mmain",
                        "  │ ImportError: no torch");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 120, 200})
    void scenariosFitTheWidth(int columns) {
        assertThat(print(columns, scenarios().outcome(1, 1)).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 100, 120, 200})
    void fitsTheWidth(int columns) {
        SomeResults results = shared().failedTenant(
                        "bert-train", "exited with status 1 after it was ready, and said nothing more about it")
                .finding(Reason.TENANT_FAILED, "tenant 2 (bert-train) exited with status 1: look into its output")
                .warning("the host has fewer cores (2) than tenants (3): they may have waited for each other");
        assertThat(print(columns, results.outcome(1, 1)).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(columns));
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 120})
    void breaksLongNames(int columns) {
        String name = "resnet-infer[" + "a-setting=with-a-long-value,".repeat(8) + "b=1]";
        CapturedConsole captured = CapturedConsole.terminal(Map.of("TERM", "xterm"));
        new BenchReport(captured.console, WHERE, columns)
                .print(List.of(shared().tenant(name, "sample", 5, true)
                        .failedTenant(name, "exited")
                        .outcome(1, 1)));
        assertThat(captured.out()).contains("\u001b[31m3  resnet-infer").contains("2  resnet-infer");
    }

    private static final String LIMITED = """
        mode: {kind: mps, memory_limit: 8GiB}
        tenants:
          - {workload: resnet-train, count: 1, mps: {thread_percentage: 50, memory_limit: 16GiB}}
          - {workload: resnet-infer, count: 1, mps: {priority: low}}
          - {workload: spin, count: 1}
        """;

    private static SomeResults limited() {
        return shared().tenant("spin", "call", 81.5, true).mode("mps").plan(LIMITED);
    }

    @Test
    void tellsWhatMpsAllowedEachTenant() {
        assertThat(print(120, limited().outcome(1, 1)))
                .contains("\nMPS (8GiB) · 3 tenants · ")
                .contains("#  Workload                MPS                 Throughput")
                .contains("\n0  resnet-train[batch=32]  50 %, 16GiB ")
                .contains("\n1  resnet-infer            8GiB, low priority ")
                .contains("\n2  spin                    8GiB ");
        assertThat(print(70, limited().outcome(1, 1)))
                .contains("Under MPS: tenant 0 50 %, 16GiB; tenant 1 8GiB, low priority; tenant 2")
                .doesNotContain("Workload                MPS");
    }

    @Test
    void tenantsWithOtherLimitsAreOtherRows() {
        SomeResults many = new SomeResults().mode("mps").plan("""
            mode: mps
            tenants: [{workload: spin, count: 10}, {workload: spin, count: 5, mps: {priority: low}}]
            """);
        for (int i = 0; i < 15; i++) {
            many.tenant("spin", "call", 80 + i, true);
        }
        assertThat(print(120, many.outcome(1, 1)).lines().map(String::strip))
                .anyMatch(line -> line.startsWith("10  spin "))
                .anyMatch(line -> line.startsWith("5  spin      low priority "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "time-slicing|{kind: time-slicing, quantum: long}|time-slicing (long)",
                "mig|mig|MIG",
                "mig|{kind: mig, profiles: [3g.71gb, '1g.18gb:4']}|MIG (3g.71gb, 1g.18gb:4)",
                "mig|{kind: mig, profiles: ['3g.71gb:2'], mps: {thread_percentage: 50}}|MIG (3g.71gb:2, MPS, 50 %)",
                "mps|{kind: mps, thread_percentage: 25, exclusive_process: true}|MPS (25 %, exclusive process)"
            })
    void namesTheModeWithItsSettings(String kind, String mode, String heading) {
        assertThat(print(120, shared().mode(kind).plan("mode: " + mode).outcome(1, 1)))
                .startsWith("\n" + heading + " · 2 tenants · ");
    }

    @Test
    void claimsNoProofThatWasNotSeen() {
        assertThat(print(120, shared().unproven("nobody looked").outcome(1, 1))).doesNotContain("Proof");
        assertThat(print(
                        120,
                        new SomeResults().tenant("spin", "call", 81.5, true).outcome(1, 1)))
                .as("without a GPU")
                .doesNotContain("Proof");
    }

    @Test
    void gathersWhatIsNotKnownByItsReason() {
        String report =
                print(80, new SomeResults().tenant("spin", "call", 81.5, true).outcome(1, 1));
        assertThat(report)
                .contains("Not known: STP, ANTT, Fairness, Jain's index (no baseline)\n")
                .contains("Not known: Energy, GPU time, GPU use (no GPU takes part)\n")
                .doesNotContain("Alone");
    }

    @Test
    void saysWhyARunIsInvalid() {
        SomeResults results = shared().failedTenant("bert-train", "exited with status 1")
                .finding(Reason.TENANT_FAILED, "tenant 2 (bert-train) exited with status 1")
                .finding(Reason.UNSTABLE, "tenant 0 (resnet-train) slowed down by 21 %: choose a longer --duration")
                .warning("the clock is coarse");
        assertThat(print(200, results.outcome(1, 1))).contains("""
            INVALID
              tenant failed: tenant 2 (bert-train) exited with status 1
              unstable: tenant 0 (resnet-train) slowed down by 21 %: choose a longer --duration
            warning: the clock is coarse
            Saved to results/benchmark_time-slicing_3_1.json
            """);
    }

    @Test
    void marksWhatIsSimulatedFirst() {
        assertThat(print(80, shared().simulated().outcome(1, 1)).lines().limit(3))
                .containsExactly(
                        "",
                        "SIMULATED  A model made these numbers; no GPU was measured.",
                        "time-slicing · 2 tenants · NVIDIA H200 (GPU 0) · process · 30s");
    }

    @Test
    void hasARowForAllThatDoTheSameWhereTenantsAreMany() {
        SomeResults results = new SomeResults().baseline("spin", "addition", 20e6);
        for (int tenant = 0; tenant < 64; tenant++) {
            results.tenant("spin", "addition", 8e6 + tenant * 1e4, true)
                    .finding(Reason.TOO_FEW_SAMPLES, "Tenant " + tenant + " (spin) has 2 windows: raise --duration.");
        }
        String report = print(120, results.outcome(1, 1));
        assertThat(report).contains("""
            Tenants  Workload   Mean                        Least     Most    Alone  Slowdown   Worst  p50 ms  Worst p99 ms
            ───────────────────────────────────────────────────────────────────────────────────────────────────────────────
                 64  spin      8.315  M additions/s each  8.000 M  8.630 M  20.00 M    1.65 ×  1.65 ×    39.2          41.2
            The file has each of the 64 tenants.
            """);
        assertThat(report).contains("""
            INVALID
              too few samples: Each of tenants 0–63 (spin) has 2 windows: raise --duration.
            """);
    }

    @Test
    void tellsNoSlowdownOfTenantsThatRanOneAfterAnother() {
        SomeResults results = new SomeResults()
                .mode("exclusive")
                .tenant("spin", "call", 81.5, true)
                .tenant("spin", "call", 81.4, true);
        assertThat(print(120, results.outcome(1, 1)))
                .contains("Each tenant had the GPU to itself, one after another. Taking turns, each would get 1/2 of"
                        + " this.\n")
                .doesNotContain("Slowdown", "STP", "Late", "Start skew");
    }

    @Test
    void showsNoEmptyTableWhereNothingWasMeasured() {
        SomeResults results = new SomeResults()
                .failedTenant("spin", "exited with status 1")
                .finding(Reason.TENANT_FAILED, "Tenant 0 (spin) failed (exit): exited with status 1.");
        assertThat(print(120, results.outcome(1, 1))).isEqualTo("""

            time-slicing · 1 tenant · NVIDIA H200 (GPU 0) · process · 30s
            Nothing was measured: 1 of 1 tenant failed.

            INVALID
              tenant failed: Tenant 0 (spin) failed (exit): exited with status 1.
            Saved to results/benchmark_time-slicing_1_1.json
            """);
    }

    @Test
    void saysWhatHeldTheGpuBack() {
        assertThat(print(
                        200,
                        shared().onGpu("software power cap (31 % of the time)").outcome(1, 1)))
                .contains("at most 61 °C  throttled: software power cap (31 % of the time)\n");
    }

    @Test
    void comparesRepetitionsAndLeavesInvalidOnesOutOfTheMean() {
        String report = print(
                80,
                alike().stp(2.4).outcome(1, 3),
                alike().stp(2.5).outcome(2, 3),
                alike().stp(9.9)
                        .finding(Reason.THROTTLED, "the GPU was too hot")
                        .outcome(3, 3));
        assertThat(report).isEqualTo("""

            time-slicing · 2 tenants · NVIDIA H200 (GPU 0) · process · 30s
            2 tenants together did 2.45 ± 0.64 times the work of one at a time, over 2 valid
            runs.

            Run   STP  ANTT  Fairness  Jain  samples/s  J/unit  Verdict
            ───────────────────────────────────────────────────────────
              1  2.40  1.65      0.97  1.00       2016    0.25  VALID
              2  2.50  1.65      0.97  1.00       2016    0.25  VALID
              3  9.90  1.65      0.97  1.00       2016    0.25  INVALID

            Metric     n   mean  95 % interval
            ──────────────────────────────────
            STP        2  2.450        ± 0.635
            ANTT       2  1.650        ± 0.000
            Fairness   2  0.970        ± 0.000
            Jain       2  0.999        ± 0.000
            samples/s  2   2016         ± 0.00
            J/unit     2  0.254        ± 0.000
            Over the runs that are valid.

            VALID  run 1, 2
            Run 3: INVALID
              throttled: the GPU was too hot
            Saved to results/benchmark_time-slicing_2_1.json
            Saved to results/benchmark_time-slicing_2_2.json
            Saved to results/benchmark_time-slicing_2_3.json
            """);
    }

    @Test
    void coloursVerdictsAndFailures() {
        CapturedConsole captured = CapturedConsole.terminal(Map.of("TERM", "xterm"));
        SomeResults bad = shared().failedTenant("spin", "exited").finding(Reason.TENANT_FAILED, "it exited");
        BenchReport report = new BenchReport(captured.console, WHERE, 120);
        report.print(List.of(shared().outcome(1, 1)));
        report.print(List.of(bad.outcome(1, 1)));
        assertThat(captured.out())
                .contains("\u001b[32mVALID\u001b[0m")
                .contains("\u001b[31mINVALID\u001b[0m")
                .containsPattern("\u001b\\[31m2  spin .*\u001b\\[0m\n");
    }
}
