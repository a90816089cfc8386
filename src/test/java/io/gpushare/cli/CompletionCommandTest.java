package io.gpushare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gpushare.cli.bench.BenchCommand;
import io.gpushare.cli.bench.FakeBenchParts;
import io.gpushare.cli.machine.GpusCommand;
import io.gpushare.cli.machine.MonitorCommand;
import io.gpushare.cli.mode.ModeCommand;
import io.gpushare.cli.mode.ModeParts;
import io.gpushare.cli.mode.RestoreCommand;
import io.gpushare.cli.option.KnownValues;
import io.gpushare.cli.option.NeedsRoot;
import io.gpushare.cli.results.AnalyzeCommand;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.workloads.SomeLacks;
import io.gpushare.cli.workloads.WorkloadsCommand;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.FakeGpuDriver;
import io.gpushare.mode.config.ModeSource;
import io.gpushare.mode.transaction.StateFolders;
import io.gpushare.platform.Platform;
import io.gpushare.process.Command;
import io.gpushare.process.CommandResult;
import io.gpushare.process.CommandRunner;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public final class CompletionCommandTest {
    public static final ModeParts NO_MODES = new ModeParts(
            new ModeSource(List.of()),
            () -> {
                throw new AssertionError("asked the driver");
            },
            gpu -> {
                throw new AssertionError("set up a GPU");
            },
            profile -> {
                throw new AssertionError("simulated a GPU");
            },
            new StateFolders(Path.of(""), List.of(), Path.of("")),
            () -> Path.of(""),
            List.of(),
            new NeedsRoot(true, Map.of()));

    private static final KnownValues KNOWN = new KnownValues(
            () -> List.of("resnet-infer", "resnet-train", "spin"),
            () -> List.of("exclusive", "mps", "mps-4", "odd\"; echo run; \"name", "mig-mixed-h200"),
            () -> List.of("balanced", "1g.18gb", "3g.71gb"),
            () -> List.of("h200", "t4"));

    private final CommandRunner runner = new CommandRunner(System.getenv());

    @BeforeEach
    void needsBash() {
        assumeTrue(runner.find("bash").isPresent(), "there is no bash here to read the completion script");
    }

    private static String script(String shell) {
        return script(shell, KNOWN);
    }

    private static String script(String shell, KnownValues known) {
        CapturedConsole captured = CapturedConsole.piped();
        int status = CommandTree.of(
                        captured.console,
                        List.of(
                                new GpusCommand(captured.console, FakeGpuDriver::new),
                                new BenchCommand(captured.console, new FakeBenchParts(), new Interruption()),
                                new AnalyzeCommand(captured.console, Clock.systemUTC()),
                                new MonitorCommand(
                                        captured.console,
                                        FakeGpuDriver::new,
                                        () -> Platform.silent("a test"),
                                        new Interruption()),
                                WorkloadsCommand.of(
                                        captured.console, Path.of(""), SomeLacks.ofAnEmptyMachine(), List.of()),
                                ModeCommand.of(captured.console, NO_MODES, new Interruption()),
                                new RestoreCommand(captured.console, NO_MODES, new Interruption()),
                                new CompletionCommand(captured.console, known)))
                .execute("completion", shell);
        assertThat(status).isZero();
        return captured.out();
    }

    private String completionsOf(String... words) throws InterruptedException {
        String complete = """
            COMP_WORDS=(%s)
            COMP_CWORD=%d
            _complete_gpushare
            printf '%%s\\n' "${COMPREPLY[@]}"
            """.formatted(String.join(" ", words), words.length - 1);
        CommandResult result = runner.run(Command.of("bash").stdin(script("bash") + complete))
                .requireSuccess("complete " + String.join(" ", words));
        return result.stdout().strip();
    }

    @Test
    void isValidBash() throws InterruptedException {
        CommandResult result = runner.run(Command.of("bash", "-n").stdin(script("bash")));
        assertThat(result.stderr()).isEmpty();
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void completesACommand() throws InterruptedException {
        assertThat(completionsOf("gpushare", "mon")).isEqualTo("monitor");
    }

    @Test
    void completesAnOptionOfACommand() throws InterruptedException {
        assertThat(completionsOf("gpushare", "monitor", "--dur")).isEqualTo("--duration");
    }

    @Test
    void completesTheValueOfAnOption() throws InterruptedException {
        assertThat(completionsOf("gpushare", "bench", "--quantum", "l")).isEqualTo("long");
        assertThat(completionsOf("gpushare", "mode", "apply", "--quantum", "l")).isEqualTo("long");
        assertThat(completionsOf("gpushare", "analyze", "--format", "csv-")).isEqualTo("csv-long");
    }

    @Test
    void completesTheNamesOfWorkloadsModesAndProfiles() throws InterruptedException {
        assertThat(completionsOf("gpushare", "bench", "--workload", "res")).isEqualTo("resnet-infer\nresnet-train");
        assertThat(completionsOf("gpushare", "workloads", "show", "sp")).isEqualTo("spin");
        assertThat(completionsOf("gpushare", "bench", "--mode", "mp")).isEqualTo("mps\nmps-4");
        assertThat(completionsOf("gpushare", "mode", "apply", "mig-")).isEqualTo("mig-mixed-h200");
        assertThat(completionsOf("gpushare", "mode", "apply", "--profiles", "3"))
                .isEqualTo("3g.71gb");
        assertThat(completionsOf("gpushare", "bench", "--simulate", "t")).isEqualTo("t4");
    }

    @Test
    void aFileNamedLikeACommandOfTheShellIsNotInTheScript() {
        assertThat(script("bash")).doesNotContain("echo run").contains("\"mps-4\"");
    }

    @Test
    void aBrokenWorkloadCostsItsNamesOnly() {
        KnownValues broken = new KnownValues(
                () -> {
                    throw new GpushareException(ExitStatus.USAGE, "workload.yaml is broken", null);
                },
                () -> List.of("mps-4"),
                List::of,
                List::of);
        assertThat(script("bash", broken)).contains("\"mps-4\"");
    }

    @Test
    void completesCommandsBelowACommand() throws InterruptedException {
        assertThat(completionsOf("gpushare", "mode", "ex")).isEqualTo("export");
        assertThat(completionsOf("gpushare", "mode", "apply", "--mig")).isEqualTo("--mig-parted");
        assertThat(completionsOf("gpushare", "restore", "--dry")).isEqualTo("--dry-run");
    }

    @Test
    void teachesZshToReadBashCompletions() {
        assertThat(script("zsh").lines())
                .startsWith(
                        "autoload -U +X compinit && compinit",
                        "autoload -U +X bashcompinit && bashcompinit",
                        "#!/usr/bin/env bash");
    }
}
