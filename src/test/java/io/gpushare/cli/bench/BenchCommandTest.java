package io.gpushare.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gpushare.cli.CapturedConsole;
import io.gpushare.cli.CommandTree;
import io.gpushare.cli.SomeResults;
import io.gpushare.cli.option.NoGpuException;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cores.CpuSet;
import io.gpushare.cores.HostCores;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.SharingMode;
import io.gpushare.mode.setup.Change;
import io.gpushare.mode.transaction.NotPermittedException;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.GpuChoice;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.run.RunOutcome;
import io.gpushare.run.stage.RunListener.Phase;
import io.gpushare.text.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class BenchCommandTest {
    @TempDir
    Path folder;

    private final FakeBenchParts parts = new FakeBenchParts();
    private final CapturedConsole captured = CapturedConsole.piped();

    private int run(CapturedConsole where, String... arguments) {
        List<String> all = new ArrayList<>(List.of("bench", "--out", folder.toString()));
        all.addAll(List.of(arguments));
        return CommandTree.of(where.console, List.of(new BenchCommand(where.console, parts, new Interruption())))
                .execute(all.toArray(String[]::new));
    }

    private int run(String... arguments) {
        return run(captured, arguments);
    }

    private RunPlan planOf(String... arguments) {
        run(arguments);
        assertThat(captured.err()).doesNotContain("error");
        return parts.executed.getLast();
    }

    private static List<String> names(RunPlan plan) {
        return plan.tenants().stream().map(TenantPlan::variant).toList();
    }

    private static SomeResults good() {
        return new SomeResults().tenant("spin", "call", 81.5, true);
    }

    @Test
    void runsFourTenantsOfThreeKindsInTimeSlicingUnlessToldOtherwise() {
        RunPlan plan = planOf();
        assertThat(names(plan)).containsExactly("resnet-train", "resnet-infer", "notebook", "resnet-train");
        assertThat(plan.mode()).isEqualTo(SharingMode.timeSlicing());
        assertThat(plan.duration()).isEqualTo(Duration.ofSeconds(30));
        assertThat(plan.baseline()).isEqualTo(new BaselineChoice.Run());
    }

    @Test
    void takesTenantsByName() {
        RunPlan plan = planOf(
                "--workload",
                "resnet-infer:2",
                "--workload=bert-train",
                "--set",
                "resnet-infer.batch=16",
                "--workloads-dir",
                "mine");
        assertThat(names(plan)).containsExactly("resnet-infer[batch=16]", "resnet-infer[batch=16]", "bert-train");
        assertThat(parts.roots).containsExactly(Path.of("mine"));
    }

    @Test
    void takesAWorkloadByItsFile() {
        assertThat(names(planOf("--workload", "/elsewhere/../elsewhere/workload.yaml:2")))
                .containsExactly("mine", "mine");
    }

    @Test
    void simulatesAnH200UnlessAnotherIsNamed() {
        assertThat(planOf("--simulate").gpu()).isEqualTo(new GpuChoice.Simulated("h200"));
        assertThat(planOf("--simulate=t4").gpu()).isEqualTo(new GpuChoice.Simulated("t4"));
        RunPlan plan = planOf("--simulate", "--mode", "mps", "--workloads", "2");
        assertThat(plan.gpu()).isEqualTo(new GpuChoice.Simulated("h200"));
        assertThat(plan.mode()).isEqualTo(SharingMode.mps());
    }

    private String dryRun(String... arguments) {
        CapturedConsole console = CapturedConsole.piped();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--dry-run");
        assertThat(run(console, all.toArray(String[]::new))).isZero();
        assertThat(console.err()).isEmpty();
        assertThat(parts.executed).isEmpty();
        return console.out();
    }

    @Test
    void givesBackThePlanThatItPrinted() throws IOException {
        String printed = dryRun(
                "--mode=mig",
                "--profiles=3g.71gb",
                "--workload=spin:2",
                "--set=spin.batch=4",
                "--simulate",
                "--duration=5s",
                "--baseline=none",
                "--repeat=3",
                "--seed=7",
                "--interval=50ms",
                "--allow-busy",
                "--bind=/data:/data:ro",
                "--env=WANDB_MODE=offline",
                "--gpu-cost-per-hour=2.5",
                "--gpu-access=cdi",
                "--pin=2");
        Path plan = Files.writeString(folder.resolve("plan.yaml"), printed);
        assertThat(dryRun("--plan", plan.toString())).isEqualTo(printed);
    }

    @Test
    void optionsComeBeforeThePlanFile() throws IOException {
        Path plan = Files.writeString(
                folder.resolve("plan.yaml"),
                dryRun("--mode=mig", "--profiles=3g.71gb", "--workload=spin:2", "--simulate", "--seed=7"));
        RunPlan taken =
                planOf("--plan", plan.toString(), "--mode=mps", "--set=spin.batch=4", "--duration=5s", "--gpu=1");
        assertThat(taken.mode()).isEqualTo(SharingMode.mps());
        assertThat(names(taken)).containsExactly("spin[batch=4]", "spin[batch=4]");
        assertThat(taken.duration()).isEqualTo(Duration.ofSeconds(5));
        assertThat(taken.gpu()).isEqualTo(new GpuChoice.Named("1"));
        assertThat(taken.seed()).isEqualTo(7);
        assertThat(names(planOf("--plan", plan.toString(), "--workloads=1"))).containsExactly("resnet-train");
    }

    private String planned(String... arguments) {
        return dryRun(Stream.concat(Stream.of("--workload=notebook", "--workload=spin:2"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    @Test
    void settingsOfTheModeAreForAllTenantsOrForSome() {
        assertThat(planned(
                        "--mode=mps",
                        "--thread-percentage=spin=50",
                        "--thread-percentage=25",
                        "--priority=2=low",
                        "--memory-limit=8GiB",
                        "--memory-limit=2=1GiB",
                        "--exclusive-process"))
                .contains("""
                    mode:
                      kind: mps
                      thread_percentage: 25
                      memory_limit: 8GiB
                      exclusive_process: true
                    tenants:
                      - workload: notebook
                        count: 1
                      - workload: spin
                        count: 1
                        mps:
                          thread_percentage: 50
                      - workload: spin
                        count: 1
                        mps:
                          thread_percentage: 50
                          memory_limit: 1GiB
                          priority: low
                    """);
        assertThat(planned("--quantum=long")).contains("mode:\n  kind: time-slicing\n  quantum: long\n");
        assertThat(planned("--mode=mps", "--mps-daemon=run/mps"))
                .contains("daemon: " + Path.of("run/mps").toAbsolutePath() + "\n");
        assertThat(planned("--mode=mig", "--mps", "--profiles=3g.71gb,1g.18gb", "--priority=low"))
                .contains("""
                    mode:
                      kind: mig
                      profiles:
                        - 3g.71gb
                        - 1g.18gb
                      mps:
                        priority: low
                    """);
    }

    @Test
    void findsAModeInAFolderOrFileAndChangesItByOptions() throws IOException {
        parts.modeFolders.add(folder);
        Path file = Files.writeString(
                folder.resolve("ours.yaml"),
                "{gpushare_mode: 1, mode: {kind: mps, thread_percentage: 25, exclusive_process: true}}");
        assertThat(planned("--mode=ours")).contains("thread_percentage: 25").contains("exclusive_process: true");
        assertThat(planned("--mode", file.toString(), "--thread-percentage=50", "--exclusive-process=false"))
                .contains("mode:\n  kind: mps\n  thread_percentage: 50\ntenants:");
        assertThat(run("--mode=our")).isEqualTo(2);
        assertThat(captured.err()).contains("there is no mode 'our'", "Did you mean ours?");
    }

    @Test
    void settingsInAPlanStayUnlessAnOptionSaysOtherwise() throws IOException {
        Path plan = Files.writeString(
                folder.resolve("plan.yaml"),
                planned("--mode=mps", "--thread-percentage=25", "--thread-percentage=spin=50", "--priority=spin=low"));
        String file = plan.toString();
        assertThat(dryRun("--plan", file, "--mode=mps")).isEqualTo(Files.readString(plan));
        assertThat(dryRun("--plan", file, "--thread-percentage=10"))
                .contains("thread_percentage: 10\n")
                .contains("mps:\n      priority: low\n")
                .doesNotContain("50");
        assertThat(dryRun("--plan", file, "--thread-percentage=spin=60"))
                .contains("thread_percentage: 25\n")
                .contains("mps:\n      thread_percentage: 60\n      priority: low\n");
        assertThat(dryRun("--plan", file, "--mode=time-slicing")).doesNotContain("mps:");
        assertThat(dryRun("--plan", file, "--mode=mig", "--mps", "--profiles=3g.71gb:2"))
                .contains("mps:\n      thread_percentage: 50\n      priority: low\n");
    }

    @Test
    void aDryRunShowsTheCoresOfThisMachine() {
        parts.cores = Reading.of(new HostCores(IntStream.range(0, 3)
                .mapToObj(core -> new HostCores.Core(CpuSet.of(List.of(core, core + 3)), 0))
                .toList()));

        assertThat(run("--workload=notebook:2", "--dry-run")).isZero();
        assertThat(captured.err())
                .isEqualTo("CPUs here, those near the GPU first once it is known: tenant 0 on 1,4, tenant 1 on 2,5;"
                        + " gpushare keeps 0,3\n");
        assertThat(captured.out()).contains("pin: auto\n");
    }

    @Test
    void aDryRunSaysWhereThereAreTooFewCores() {
        parts.cores = Reading.of(new HostCores(List.of(new HostCores.Core(CpuSet.of(List.of(0)), 0))));

        assertThat(run("--workload=notebook:2", "--pin=1", "--dry-run")).isZero();
        assertThat(captured.err())
                .startsWith("warning: no tenant has a core to itself: there are 2 tenants and 1 core\n")
                .contains("wherever the kernel places them");
    }

    @Test
    void aDryRunWarnsOfMoreClientsThanMostDriversServe() {
        assertThat(run("--simulate", "--mode=mps", "--workload=notebook:50", "--dry-run"))
                .isZero();
        assertThat(captured.err()).startsWith("warning: 50 tenants use one MPS server");
        assertThat(captured.out()).startsWith("gpushare: 1\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "--mode=msp|there is no mode 'msp'",
                "--mode=my.yaml|there is no mode file my.yaml",
                "--mode=mps --profiles=1g.18gb|--profiles belongs to the mode mig, not to mps",
                "--profiles=1g.18gb|--profiles belongs to the mode mig, not to time-slicing",
                "--mode=mig --profiles=huge|--profiles: 'huge' is no MIG profile",
                "--mode=mig --profiles=1g.18gb:2 --workloads=3|2 MIG devices for 3 tenants",
                "--mode=mps --quantum=long|--quantum belongs to the mode time-slicing, not to mps",
                "--quantum=slow|--quantum: 'slow' is no quantum. There are: default, short, medium, long.",
                "--mode=exclusive --quantum=long|--quantum belongs to the mode time-slicing, not to exclusive",
                "--thread-percentage=25|--thread-percentage belongs to the mode mps, not to time-slicing",
                "--mode=mig --priority=low|--priority belongs to the mode mps, not to mig",
                "--mode=mig --mps --exclusive-process|--exclusive-process belongs to the mode mps, not to mig",
                "--mode=mig --mps --mps-daemon=/run/mps|--mps-daemon belongs to the mode mps, not to mig",
                "--mode=mps --mps|--mps belongs to the mode mig, not to mps",
                "--mode=mps --thread-percentage=0|--thread-percentage: a thread percentage must be 1 to 100, and is 0",
                "--mode=mps --thread-percentage=2.5|--thread-percentage: '2.5' is no percentage",
                "--mode=mps --thread-percentage==5|--thread-percentage =5 does not say whose",
                "--mode=mps --memory-limit=8|--memory-limit: '8' is not a size",
                "--mode=mps --priority=high|--priority: 'high' is no priority. There are: normal, low.",
                "--mode=mps --workload=spin --priority=spni=low|no tenant runs 'spni'",
                "--mode=mps --workload=spin --priority=1=low|no tenant runs '1'",
                "--simulate --mode=mps --mps-daemon=/run/mps|a simulated GPU has no MPS daemon",
                "--workloads=0|--workloads must be 1 to 256, got 0",
                "--workloads=9999999|--workloads must be 1 to 256",
                "--workloads=many|invalid value for option '--workloads'",
                "--mix=games=1|there is no kind of workload 'games' to mix",
                "--workload=spni|there is no workload 'spni'",
                "--workload=spin:0|--workload spin:0: it asks for 0 tenants, and there can be 1 to 256",
                "--workload=spin --workloads=3|--workload names the tenants, and --workloads would choose them",
                "--workload=spin --set=spin|--set spin does not say which workload, parameter and value",
                "--workload=spin --set=spin.speed=2|the workload 'spin' has no parameter 'speed'",
                "--workload=spin --set=notebook.batch=2|no tenant runs 'notebook', for which batch is set to 2",
                "--gpu=0 --simulate|--gpu chooses a GPU of this machine, --simulate one that is not there",
                "--real-time|--real-time is for a simulated GPU",
                "--simulate --runtime=docker|a simulated GPU has simulated tenants",
                "--gpu=none --mode=mps|without a GPU there is no mode mps",
                "--gpu=none --workload=matmul-burn|the workload 'matmul-burn' needs a GPU",
                "--runtime=podman|--runtime: 'podman' is no runtime. There are: auto, docker, process, slurm, kubernetes.",
                "--pin=all|--pin: 'all' must be auto, none, or a number of cores from 1 to 9999",
                "--gpu-access=usb|--gpu-access: 'usb' is no way for a GPU into a container",
                "--bind=data|--bind: 'data' is no bind",
                "--env=1A=x|--env: '1A' is no name of a variable; write it as NAME, or as NAME=VALUE",
                "--env=A=1 --env=A=2|--env: A is given twice",
                "--env=CUDA_MPS_PIPE_DIRECTORY=/x|--env: CUDA_MPS_PIPE_DIRECTORY is what gpushare itself sets",
                "--duration=0.5s|a measurement of 500ms holds no window",
                "--duration=30s --timeout=30s|a timeout of 30s leaves no time",
                "--repeat=0|a run cannot be repeated 0 times",
                "--interval=2s|the GPU cannot be sampled every 2s",
                "--gpu-cost-per-hour=-1|a GPU hour cannot cost -1.0",
                "--workload=spin:1000000|--workload spin:1000000: it asks for 1000000 tenants, and there can be 1 to"
                        + " 256",
                "--workload=spin:200 --workload=spin:57|257 tenants cannot be run: it must be 1 to 256",
                "--seed=abc|invalid value for option '--seed': 'abc' is not a whole number",
                "--repeat=99999999999|'--repeat': '99999999999' must be from -2147483648 to 2147483647",
                "--gpu-cost-per-hour=dear|'--gpu-cost-per-hour': 'dear' is not a number",
                "--gpu-cost-per-hour=NaN|'--gpu-cost-per-hour': 'NaN' is not a number",
                "--plan=nowhere.yaml|there is no plan nowhere.yaml",
                "--plan=/dev/zero|cannot read /dev/zero: it is no regular file"
            })
    void refusesOptionsThatMeanNothing(String options, String complaint) {
        assertThat(run(options.split(" "))).isEqualTo(2);
        assertThat(captured.err()).startsWith("error: ").contains(complaint);
        assertThat(captured.out()).isEmpty();
        assertThat(parts.executed).isEmpty();
    }

    private static Stream<Arguments> endings() {
        return Stream.of(
                Arguments.of(good(), 0),
                Arguments.of(good().finding(Reason.UNSTABLE, "it wavered"), 1),
                Arguments.of(
                        good().finding(Reason.TENANT_FAILED, "it exited").finding(Reason.INTERRUPTED, "by Ctrl-C"),
                        130));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void endsWithTheStatusOfTheVerdict(SomeResults results, int status) {
        parts.execution = (plan, bench) -> List.of(results.outcome(1, 1));
        assertThat(run("--workload=spin")).isEqualTo(status);
        assertThat(captured.out()).contains("\ntime-slicing · 1 tenant · no GPU · process · 30s\n");
        assertThat(captured.out().lines().toList().getLast()).startsWith("Saved to ");
        assertThat(parts.runtime.timesClosed).isOne();
    }

    @Test
    void oneInvalidRepetitionMakesTheStatusOne() {
        parts.execution = (plan, bench) -> List.of(
                good().outcome(1, 2),
                good().finding(Reason.UNSTABLE, "it wavered").outcome(2, 2));
        assertThat(run("--workload=spin", "--repeat=2")).isEqualTo(1);
    }

    @Test
    void printsTheResultAndThenWhatCouldNotBePutBack() {
        GpushareException notRestored =
                new GpushareException(ExitStatus.FAILED, "MIG is still on", "Put it back with: gpushare restore");
        RunOutcome good = good().outcome(1, 1);
        parts.execution = (plan, bench) ->
                List.of(new RunOutcome(good.result(), good.file(), good.document(), Optional.of(notRestored)));
        assertThat(run("--workload=spin")).isEqualTo(1);
        assertThat(captured.out()).contains("spin");
        assertThat(captured.err()).contains("MIG is still on", "gpushare restore");
    }

    @Test
    void printsTheDocumentAndNoProgressAsJson() throws IOException {
        parts.execution = (plan, bench) -> {
            bench.listener().phaseBegan(Phase.MEASURING, Optional.empty());
            return List.of(good().outcome(1, 1));
        };
        CapturedConsole terminal = CapturedConsole.terminal(Map.of("TERM", "xterm"));
        assertThat(run(terminal, "--workload=spin", "--json")).isZero();
        assertThat(new ObjectMapper()
                        .readTree(terminal.out())
                        .path("repetition")
                        .intValue())
                .isOne();
        assertThat(terminal.err()).isEqualTo("Tenants run as plain processes.\n");
    }

    @Test
    void printsAllRepetitionsAndTheirMeansAsJson() throws IOException {
        parts.execution = (plan, bench) -> List.of(good().outcome(1, 2), good().outcome(2, 2));
        assertThat(run("--workload=spin", "--repeat=2", "--json")).isZero();
        JsonNode answer = new ObjectMapper().readTree(captured.out());
        assertThat(answer.path("runs")).hasSize(2);
        JsonNode calls = answer.path("statistics").path("calls_per_sec");
        assertThat(calls.path("n").intValue()).isEqualTo(2);
        assertThat(calls.path("mean").doubleValue()).isEqualTo(81.5);
        assertThat(calls.path("confidence_95_upper").doubleValue()).isEqualTo(81.5);
    }

    private static GpushareException noGpu() {
        return new NoGpuException(
                new GpushareException(ExitStatus.UNABLE, "there is no NVIDIA driver here", "Install it."));
    }

    @Test
    void namesTheCommandThatSimulatesWhereThereIsNoGpu() {
        parts.opensNot(noGpu());
        assertThat(run("--workload=spin", "--set=spin.batch=a b")).isEqualTo(3);
        assertThat(captured.err()).isEqualTo("""
            error: there is no NVIDIA driver here
                   Install it.
                   The same on a simulated GPU:
                     gpushare bench --out %s --workload=spin '--set=spin.batch=a b' --simulate
            """.formatted(Shell.quoted(folder)));
        assertThat(captured.out()).isEmpty();
        assertThat(parts.executed).isEmpty();
    }

    @Test
    void theCommandThatSimulatesHasNothingThatNeedsARealGpu() throws IOException {
        Path plan = Files.writeString(folder.resolve("plan.yaml"), dryRun("--workload=spin", "--runtime=docker"));
        parts.opensNot(noGpu());
        run("--plan", plan.toString(), "--gpu", "1", "--runtime=docker", "--gpu-access", "cdi", "--bind", "/:/data");
        assertThat(captured.err().lines().toList().getLast().strip())
                .isEqualTo("gpushare bench --out %s --plan %s --simulate --runtime=auto"
                        .formatted(Shell.quoted(folder), Shell.quoted(plan)));
    }

    @Test
    void offersNoSimulationForWhatASimulatedGpuWouldNotMend() {
        parts.opensNot(new GpushareException(ExitStatus.UNABLE, "no container engine answers", null));
        assertThat(run("--gpu=1")).isEqualTo(3);
        assertThat(captured.err()).isEqualTo("error: no container engine answers\n");
    }

    @Test
    void refusesAFolderThatTakesNoFilesBeforeAnythingIsOpened() throws IOException {
        Path file = Files.writeString(folder.resolve("taken"), "");
        parts.opensNot(new IllegalStateException("was opened"));
        BenchCommand command = new BenchCommand(captured.console, parts, new Interruption());
        assertThat(CommandTree.of(captured.console, List.of(command)).execute("bench", "--out", file.toString()))
                .isEqualTo(3);
        assertThat(captured.err()).startsWith("error: results cannot be written to " + file);
    }

    @Test
    void tellsWhatRootWouldType() {
        parts.execution = (plan, bench) -> {
            NotPermittedException.check(List.of(new Change.SwitchMig(true)), "GPU 0 (NVIDIA H200)", false);
            return List.of();
        };

        assertThat(run("--mode", "mig", "--duration", "7s")).isEqualTo(3);
        assertThat(captured.err())
                .contains("only root may switch MIG on on GPU 0", "sudo gpushare bench ", "--mode mig --duration 7s");
    }

    @Test
    void closesTheRuntimeWhenTheRunFails() {
        parts.execution = (plan, bench) -> {
            throw new GpushareException(ExitStatus.UNABLE, "the disk is full", null);
        };
        assertThat(run("--workload=spin")).isEqualTo(3);
        assertThat(captured.err()).endsWith("error: the disk is full\n");
        assertThat(parts.runtime.timesClosed).isOne();
    }

    @Test
    void helpNamesEveryGroup() {
        assertThat(run("--help")).isZero();
        assertThat(captured.out())
                .contains(
                        "\nTenants:\n",
                        "\nSharing:\n",
                        "\nSettings of the mode:\n",
                        "\nMeasuring:\n",
                        "Examples:",
                        "Exit status: 0");
    }
}
