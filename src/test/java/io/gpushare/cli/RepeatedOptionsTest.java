package io.gpushare.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gpushare.cli.bench.BenchCommand;
import io.gpushare.cli.bench.FakeBenchParts;
import io.gpushare.cli.isolate.IsolateCommand;
import io.gpushare.cli.load.LoadCommand;
import io.gpushare.cli.mode.ModeCommand;
import io.gpushare.cli.mode.ModeMachine;
import io.gpushare.cli.mode.RestoreCommand;
import io.gpushare.cli.passthrough.PassthroughCommand;
import io.gpushare.cli.results.AnalyzeCommand;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** An option that is given again is added or refused: no value is lost without a word. */
@Timeout(60)
final class RepeatedOptionsTest {
    /** Of every section, and of none, each with a value other than the one that is usual. */
    private static final List<String> ONCE = List.of(
            "--set=spin.batch=4",
            "--set=notebook.batch=8",
            "--mode=mps",
            "--simulate",
            "--allow-busy",
            "--thread-percentage=25",
            "--thread-percentage=spin=50",
            "--memory-limit=8GiB",
            "--priority=1=low",
            "--exclusive-process",
            "--duration=6s",
            "--repeat=3",
            "--seed=7",
            "--interval=50ms",
            "--baseline=none",
            "--gpu-cost-per-hour=2.5",
            "--dry-run");

    @TempDir
    Path folder;

    private final FakeBenchParts parts = new FakeBenchParts();
    private final CapturedConsole captured = CapturedConsole.piped();

    private CommandLine commands(CapturedConsole where, ModeMachine machine) {
        Interruption interruption = new Interruption();
        return CommandTree.of(
                where.console,
                List.of(
                        new BenchCommand(where.console, parts, interruption),
                        new IsolateCommand(where.console, parts, interruption),
                        new PassthroughCommand(where.console, parts, interruption),
                        new LoadCommand(where.console, interruption, Time.real()),
                        new AnalyzeCommand(where.console, Clock.systemUTC()),
                        ModeCommand.of(where.console, machine.parts(), interruption),
                        new RestoreCommand(where.console, machine.parts(), interruption)));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command),
                command.getSubcommands().values().stream().flatMap(RepeatedOptionsTest::withSubcommands));
    }

    private static List<String> given(OptionSpec option) {
        String value = switch (option.type().getSimpleName()) {
            case "Duration" -> "6s";
            case "Integer", "Long", "Double", "int", "long", "double" -> "3";
            case "Format" -> "csv";
            case "LlmApi" -> "chat";
            case "Scenario" -> "offline";
            case "Http" -> "2";
            default -> "this";
        };
        return option.arity().min() == 0 ? List.of(option.longestName()) : List.of(option.longestName(), value);
    }

    @Test
    void everyOptionWithOneValueIsRefusedWhenItIsGivenTwice() throws InterruptedException {
        try (ModeMachine machine = ModeMachine.with(folder, "--gpu", "h200")) {
            List<String> tried = new ArrayList<>();
            for (CommandLine command :
                    withSubcommands(commands(captured, machine)).toList()) {
                for (OptionSpec option : command.getCommandSpec().options()) {
                    // What --verbose turns on stays on in this process, also for other tests.
                    if (option.isMultiValue() || option.longestName().equals("--verbose")) {
                        continue;
                    }
                    String name = command.getCommandSpec().qualifiedName();
                    List<String> arguments = new ArrayList<>(List.of(name.split(" ")));
                    arguments.removeFirst();
                    arguments.addAll(given(option));
                    arguments.addAll(given(option));
                    CapturedConsole fresh = CapturedConsole.piped();
                    int status = commands(fresh, machine).execute(arguments.toArray(String[]::new));
                    assertThat(fresh.err())
                            .as(String.join(" ", arguments))
                            .startsWith("error: " + option.longestName() + " is given twice\n");
                    assertThat(status).isEqualTo(2);
                    tried.add(name + " " + option.longestName());
                }
            }
            assertThat(tried)
                    .contains(
                            "gpushare bench --workloads",
                            "gpushare bench --simulate",
                            "gpushare bench --quantum",
                            "gpushare bench --duration",
                            "gpushare bench --out",
                            "gpushare analyze --seed",
                            "gpushare analyze --format",
                            "gpushare mode apply --exclusive-process",
                            "gpushare mode apply --gpu",
                            "gpushare mode assert --tenants",
                            "gpushare restore --json");
            assertThat(parts.executed).isEmpty();
            assertThat(machine.gpus.changingCommands()).isEmpty();
        }
    }

    private int bench(CapturedConsole where, List<String> options) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addFirst("bench");
        return CommandTree.of(where.console, List.of(new BenchCommand(where.console, parts, new Interruption())))
                .execute(arguments.toArray(String[]::new));
    }

    private String planned(List<String> options) {
        CapturedConsole fresh = CapturedConsole.piped();
        int status = bench(fresh, options);
        assertThat(status).as(options + "\n" + fresh.err()).isZero();
        return fresh.out();
    }

    @Test
    void theOrderOfOptionsDoesNotMatter() {
        List<String> inTurn = new ArrayList<>(List.of("--workload=spin:2", "--workload=notebook"));
        inTurn.addAll(ONCE);
        String expected = planned(inTurn);
        assertThat(expected)
                .contains("repeat: 3", "seed: 7", "thread_percentage: 25", "thread_percentage: 50", "batch: 4");
        Random random = new Random(4);
        for (int round = 0; round < 40; round++) {
            // The order of the workloads is the order of the tenants, and stays.
            List<String> mixed = new ArrayList<>(List.of("--workload=spin:2", "--workload=notebook"));
            ONCE.forEach(option -> mixed.add(random.nextInt(mixed.size() + 1), option));
            assertThat(planned(mixed)).as(mixed.toString()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--repeat 3 --workload spin --duration 10s --workload notebook --duration 6s|--duration is given twice",
                "--workload spin --set spin.batch=1 --seed 2 --set spin.batch=2|--set spin.batch is given twice",
                "--mode mps --priority low --seed 2 --priority normal|--priority is given twice for all tenants",
                "--mode mps --workload spin --memory-limit spin=1GiB --memory-limit spin=2GiB"
                        + "|--memory-limit is given twice for spin"
            })
    void namesWhatIsGivenTwice(String options, String complaint) {
        int status = bench(captured, List.of(options.split(" ")));
        assertThat(captured.err()).startsWith("error: " + complaint + "\n");
        assertThat(status).isEqualTo(2);
        assertThat(parts.executed).isEmpty();
    }
}
