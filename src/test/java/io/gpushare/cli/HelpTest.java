package io.gpushare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.bench.BenchCommand;
import io.gpushare.cli.bench.FakeBenchParts;
import io.gpushare.cli.cluster.KubernetesCommand;
import io.gpushare.cli.fleet.FleetCommand;
import io.gpushare.cli.isolate.IsolateCommand;
import io.gpushare.cli.load.LoadCommand;
import io.gpushare.cli.machine.CleanupCommand;
import io.gpushare.cli.machine.DoctorCommand;
import io.gpushare.cli.machine.GpusCommand;
import io.gpushare.cli.machine.MonitorCommand;
import io.gpushare.cli.mode.ModeCommand;
import io.gpushare.cli.mode.RestoreCommand;
import io.gpushare.cli.option.KnownValues;
import io.gpushare.cli.passthrough.PassthroughCommand;
import io.gpushare.cli.results.AnalyzeCommand;
import io.gpushare.cli.results.CompareCommand;
import io.gpushare.cli.results.ExportCommand;
import io.gpushare.cli.results.ImportCommand;
import io.gpushare.cli.stress.StressCommand;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.workloads.SomeLacks;
import io.gpushare.cli.workloads.WorkloadsBuildCommand;
import io.gpushare.cli.workloads.WorkloadsCommand;
import io.gpushare.cores.CoreHistory;
import io.gpushare.gpu.FakeGpuDriver;
import io.gpushare.plan.SomeWorkloads;
import io.gpushare.platform.Platform;
import io.gpushare.runtime.ChosenNodes;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The help of all commands. */
final class HelpTest {
    private static final int WIDTH = 100;

    /** A page of a terminal that somebody has made high. */
    private static final int MOST_LINES = 82;

    private static CommandLine tree() {
        CapturedConsole captured = CapturedConsole.piped();
        WorkloadsBuildCommand build = new WorkloadsBuildCommand(
                captured.console,
                () -> {
                    throw new AssertionError("asked an engine");
                },
                _ -> List.of());
        return CommandTree.of(
                captured.console,
                List.of(
                        new BenchCommand(captured.console, new FakeBenchParts(), new Interruption()),
                        new FleetCommand(
                                captured.console,
                                new FakeBenchParts(),
                                new Interruption(),
                                (_, _) -> new ChosenNodes(List.of(), Map.of())),
                        new IsolateCommand(captured.console, new FakeBenchParts(), new Interruption()),
                        new PassthroughCommand(captured.console, new FakeBenchParts(), new Interruption()),
                        new StressCommand(
                                captured.console, new FakeBenchParts(), new Interruption(), Clock.systemUTC()),
                        new LoadCommand(captured.console, new Interruption(), Time.real()),
                        new AnalyzeCommand(captured.console, Clock.systemUTC()),
                        new CompareCommand(captured.console, Clock.systemUTC()),
                        new ExportCommand(captured.console),
                        new ImportCommand(captured.console, Clock.systemUTC()),
                        WorkloadsCommand.of(
                                captured.console, Path.of(""), SomeLacks.ofAnEmptyMachine(), List.of(build)),
                        KubernetesCommand.of(captured.console, _ -> new SomeWorkloads()),
                        new DoctorCommand(
                                captured.console,
                                _ -> {
                                    throw new AssertionError("asked a doctor");
                                },
                                () -> CoreHistory.NONE,
                                new Interruption()),
                        new GpusCommand(captured.console, FakeGpuDriver::new),
                        new MonitorCommand(
                                captured.console,
                                FakeGpuDriver::new,
                                () -> Platform.silent("a test"),
                                new Interruption()),
                        ModeCommand.of(captured.console, CompletionCommandTest.NO_MODES, new Interruption()),
                        new RestoreCommand(captured.console, CompletionCommandTest.NO_MODES, new Interruption()),
                        new CleanupCommand(captured.console, List.of()),
                        new CompletionCommand(captured.console, KnownValues.NONE)));
    }

    private static List<CommandLine> withAllBelow(CommandLine command) {
        List<CommandLine> all = new ArrayList<>(List.of(command));
        command.getSubcommands().values().forEach(below -> all.addAll(withAllBelow(below)));
        return all;
    }

    @Test
    void everyCommandShowsExamplesOnAPage() {
        assertThat(withAllBelow(tree())).hasSizeGreaterThan(15).allSatisfy(command -> {
            String name = command.getCommandSpec().qualifiedName();
            String help = command.getUsageMessage();
            assertThat(help.substring(Math.max(0, help.indexOf("\nExamples:\n"))))
                    .as(name)
                    .startsWith("\nExamples:\n")
                    .contains(name);
            assertThat(help.lines())
                    .as(name)
                    .hasSizeLessThanOrEqualTo(MOST_LINES)
                    .allMatch(line -> line.length() <= WIDTH);
        });
    }
}
