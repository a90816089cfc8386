package io.gpushare.cli.stress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.cli.SomeResults;
import io.gpushare.cli.bench.FakeBenchParts;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.ModeKind;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.run.RunOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StressCommandTest {
    private static final Instant START = Instant.parse("2026-11-20T13:00:00Z");

    @TempDir
    Path folder;

    private final FakeBenchParts parts = new FakeBenchParts();
    private final CapturedConsole captured = CapturedConsole.piped();

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("stress", "--out", folder.toString()));
        all.addAll(List.of(arguments));
        return CommandTree.of(
                        captured.console,
                        List.of(new StressCommand(captured.console, parts, new Interruption(), () -> START)))
                .execute(all.toArray(String[]::new));
    }

    private void runsGive(Function<RunPlan, SomeResults> results) {
        parts.execution = (plan, _) ->
                List.of(outcome(results.apply(plan).mode(plan.mode().kind().toString())));
    }

    private static RunOutcome outcome(SomeResults results) {
        return results.outcome(1, 1);
    }

    /** Each tenant its share of what three would do. */
    private static SomeResults worked(RunPlan plan) {
        return worked(plan, plan.tenants().size());
    }

    /** Of all tenants of the plan only these. */
    private static SomeResults worked(RunPlan plan, int some) {
        SomeResults results = new SomeResults();
        int tenants = plan.tenants().size();
        plan.tenants().stream()
                .limit(some)
                .forEach(tenant -> results.tenant(
                        tenant.variant(), tenant.workload().unit(), 100.0 * Math.min(tenants, 3) / tenants, true));
        return results;
    }

    private static SomeResults workedBelow(int tooMany, RunPlan plan) {
        return plan.tenants().size() < tooMany
                ? worked(plan)
                : worked(plan, plan.tenants().size() - 1)
                        .failedTenant("resnet-infer", "no more")
                        .finding(Reason.TENANT_FAILED, "no more");
    }

    private List<Integer> counts() {
        return parts.executed.stream().map(plan -> plan.tenants().size()).toList();
    }

    private Path only() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    @Test
    void doublesAndHalvesUntilAllIsKnown() throws IOException {
        runsGive(plan -> workedBelow(6, plan));

        assertThat(run("--mode", "mps", "--past-plateau")).isZero();

        assertThat(counts()).containsExactly(1, 2, 4, 8, 6, 5, 3);
        assertThat(parts.executed).allSatisfy(plan -> {
            assertThat(plan.mode().kind()).isEqualTo(ModeKind.MPS);
            assertThat(plan.baseline()).isEqualTo(new BaselineChoice.None());
            assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(10));
        });
        assertThat(captured.out())
                .contains("MPS: 6 tenants are too many (a tenant failed); 3 do nearly the most work", "Saved to ");
        assertThat(captured.err())
                .contains("MPS  N=1    100.0 samples/s ± ?", "MPS  N=8    a tenant failed: tenant 7 (resnet-infer)");
        Path runs = only();
        assertThat(runs).hasFileName("stress_mps_resnet-infer_20261120T130000Z");
        assertThat(runs.resolve("summary.txt")).content().contains("6 tenants are too many");
        assertThat(runs.resolve("summary.md")).content().contains("## MPS: 6 tenants", "(stress.png)");
        assertThat(runs.resolve("stress.png")).isNotEmptyFile();
    }

    @Test
    void tenantsGoRoundAndEachIsMeasuredAloneFirst() {
        runsGive(StressCommandTest::worked);

        assertThat(run("--workload=resnet-infer", "--workload=notebook", "--set=notebook.batch=4", "--max=3"))
                .isZero();

        assertThat(parts.executed.stream().map(StressCommandTest::names))
                .containsExactly(
                        List.of("resnet-infer"),
                        List.of("notebook[batch=4]"),
                        List.of("resnet-infer", "notebook[batch=4]"),
                        List.of("resnet-infer", "notebook[batch=4]", "resnet-infer"));
        assertThat(captured.out()).contains("resnet-infer + notebook[batch=4]", "× one alone");
    }

    private static List<String> names(RunPlan plan) {
        return plan.tenants().stream().map(TenantPlan::variant).toList();
    }

    @Test
    void settingsOfTheModeAreThoseOfEveryStep() {
        runsGive(StressCommandTest::worked);
        assertThat(run(
                        "--mode=mps",
                        "--thread-percentage=25",
                        "--workload=spin",
                        "--workload=notebook",
                        "--priority=notebook=low",
                        "--max=2"))
                .isZero();
        RunPlan last = parts.executed.getLast();
        assertThat(last.mode().mpsSettings().orElseThrow().threadPercentage()).hasValue(25);
        assertThat(last.tenants().getFirst().mps().priority()).isEmpty();
        assertThat(last.tenants().getLast().mps().priority()).isPresent();
        assertThat(captured.out()).contains("MPS (25 %)");
    }

    @Test
    void printsAllAsJson() throws IOException {
        runsGive(plan -> workedBelow(3, plan).onGpu(""));
        assertThat(run("--json", "--slo", "p99=10ms")).isZero();
        JsonNode answer = new ObjectMapper().readTree(captured.out());
        assertThat(captured.err()).doesNotContain("N=");
        JsonNode mode = answer.path("modes").path(0);
        assertThat(mode.path("breaking_point").path("tenants").asInt()).isEqualTo(3);
        assertThat(mode.path("breaking_point").path("exact").asBoolean()).isTrue();
        assertThat(mode.path("breaking_point").path("cause").asText()).isEqualTo("tenant_failed");
        assertThat(mode.path("knee").path("tenants").asInt()).isEqualTo(2);
        assertThat(mode.path("within_slo").isNull()).isTrue();
        assertThat(mode.path("power").path("raised_by_sharing").asBoolean()).isFalse();
        assertThat(mode.path("steps").findValuesAsText("outcome"))
                .containsExactly("worked", "worked", "broke", "broke");
        assertThat(answer.path("slos").path(0).path("bound_ms").asDouble()).isEqualTo(10);
        assertThat(answer.path("files")).hasSize(3);
    }

    @Test
    void whatIsKnownWhenSomebodyInterruptsIsTold() {
        runsGive(plan -> plan.tenants().size() < 4
                ? worked(plan)
                : worked(plan)
                        .finding(Reason.TENANT_FAILED, "it was told to stop")
                        .finding(Reason.INTERRUPTED, "by Ctrl-C"));
        assertThat(run("--mode=time-slicing,mps")).isEqualTo(130);
        assertThat(counts()).containsExactly(1, 2, 4);
        assertThat(captured.out()).contains("Nothing broke up to 2 tenants, where the search was interrupted");
    }

    @Test
    void nothingIsAnsweredWhereNotEvenOneWorks() {
        runsGive(plan -> workedBelow(1, plan));
        assertThat(run()).isEqualTo(1);
        assertThat(counts()).containsExactly(1);
        assertThat(captured.out()).contains("not even one tenant works (a tenant failed)");
    }

    @Test
    void aStepThatSaysNothingLeavesTheSearchIncomplete() {
        runsGive(plan -> plan.tenants().size() == 2
                ? worked(plan).finding(Reason.MODE_UNPROVEN, "nobody saw it")
                : worked(plan));
        assertThat(run("--max=4")).isEqualTo(4);
        assertThat(captured.out()).contains("The run of 2 tenants says nothing: mode not proven: nobody saw it");
    }

    @Test
    void whatHasNothingToDoWithTheTenantsEndsTheSearchAndIsNoBreakingPoint() {
        runsGive(plan -> {
            if (plan.tenants().size() == 4) {
                throw new GpushareException(ExitStatus.UNABLE, "the disk is full", "Make room.");
            }
            return worked(plan);
        });
        assertThat(run()).isEqualTo(4);
        assertThat(captured.out())
                .contains("Nothing broke up to 2 tenants, where the search had to stop")
                .contains("The search stopped: the disk is full.");
    }

    @Test
    void aCardThatCannotBeDividedFurtherIsABreakingPoint() {
        runsGive(plan -> {
            if (plan.tenants().size() > 7) {
                throw new GpushareException(ExitStatus.UNABLE, "this GPU cannot be divided so", "Take fewer.");
            }
            return worked(plan);
        });
        assertThat(run("--mode=mig", "--past-plateau")).isZero();
        assertThat(captured.out()).contains("8 tenants are too many: refused. 7 work. This GPU cannot be divided so.");
    }

    @Test
    void thePlansOwnLimitIsABreakingPoint() {
        runsGive(StressCommandTest::worked);
        assertThat(run("--mode=mps", "--max=100", "--past-plateau", "--workload=matmul-burn"))
                .isZero();
        assertThat(captured.out()).contains("61 tenants are too many: refused. 60 work.");
    }

    @ParameterizedTest
    @CsvSource({"'time-slicing,mig', 4", "all, 0"})
    void aModeThatThisMachineCannotDoIsLeftOutByName(String modes, int status) {
        runsGive(plan -> {
            if (plan.mode().kind() == ModeKind.MIG) {
                throw new GpushareException(ExitStatus.UNABLE, "this card has no MIG", "Use another mode.");
            }
            return worked(plan);
        });
        assertThat(run("--mode=" + modes)).isEqualTo(status);
        assertThat(captured.out()).contains("MIG was left out: this card has no MIG.");
    }

    @Test
    void whatNoModeCanDoIsAFailureAndLeavesNothing() {
        runsGive(_ -> {
            throw new GpushareException(ExitStatus.UNABLE, "there is no engine", "Install one.");
        });
        assertThat(run("--mode=all")).isEqualTo(3);
        assertThat(captured.err()).contains("error: there is no engine");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--mode exclusive|in the mode exclusive tenants run one after another",
                "--mode mpz|there is no mode 'mpz'",
                "--max 0|--max must be 1 to 256, got 0",
                "--slo p99|--slo: ",
                "--slo bert-train.p99=10ms|--slo: no tenant runs 'bert-train'",
                "--workload spin --mix training|--workload names what tenants run",
                "--workload nothing|there is no workload 'nothing'",
                "--set bert-train.batch=3|no tenant runs 'bert-train'",
                "--mode mps,time-slicing --thread-percentage 25|--thread-percentage belongs to the mode mps",
                "--gpu 0 --simulate|--gpu chooses a GPU of this machine",
                "--real-time|--real-time is for a simulated GPU",
                "--duration 100ms|a measurement of 100ms holds no window"
            })
    void refusesWhatMakesNoSenseBeforeAnythingRuns(String options, String complaint) {
        assertThat(run(options.split(" "))).isEqualTo(2);
        assertThat(captured.err()).startsWith("error: " + complaint);
        assertThat(parts.executed).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}
