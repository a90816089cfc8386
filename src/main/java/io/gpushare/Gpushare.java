package io.gpushare;

import io.gpushare.cli.CommandTree;
import io.gpushare.cli.CompletionCommand;
import io.gpushare.cli.bench.BenchCommand;
import io.gpushare.cli.machine.CleanupCommand;
import io.gpushare.cli.machine.DoctorCommand;
import io.gpushare.cli.machine.GpusCommand;
import io.gpushare.cli.machine.MonitorCommand;
import io.gpushare.cli.mode.ModeCommand;
import io.gpushare.cli.mode.ModeParts;
import io.gpushare.cli.mode.RestoreCommand;
import io.gpushare.cli.option.CatalogWorkloads;
import io.gpushare.cli.option.KnownValues;
import io.gpushare.cli.option.NoGpuException;
import io.gpushare.cli.results.AnalyzeCommand;
import io.gpushare.cli.results.CompareCommand;
import io.gpushare.cli.results.ExportCommand;
import io.gpushare.cli.results.ImportCommand;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.workloads.WorkloadsBuildCommand;
import io.gpushare.cli.workloads.WorkloadsCommand;
import io.gpushare.doctor.Doctor;
import io.gpushare.doctor.ExaminedHost;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.mig.ProfileNames;
import io.gpushare.nvml.NvmlDriver;
import io.gpushare.runtime.LeftoverSource;
import io.gpushare.runtime.docker.container.DockerLeftovers;
import io.gpushare.runtime.docker.engine.EngineSearch;
import io.gpushare.runtime.process.ProcessLeftovers;
import io.gpushare.sim.model.Model;
import io.gpushare.time.Time;
import io.gpushare.workload.Workload;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The command line tool: wires the parts by hand. */
public final class Gpushare {
    private Gpushare() {}

    public static void main(String[] arguments) {
        // Numbers look the same on every machine, and scripts read them.
        Locale.setDefault(Locale.ROOT);
        Interruption interruption = new Interruption();
        Console console = Console.ofProcess(System.getenv());
        // What libraries log, and Java's own traces, quote others, too.
        System.setOut(console.out());
        System.setErr(console.err());
        interruption.exit(run(console, interruption, arguments));
    }

    private static int run(Console console, Interruption interruption, String... arguments) {
        Path home = Path.of(System.getProperty("gpushare.home", "."));
        return commands(console, interruption, home, System.getenv(), NvmlDriver::open)
                .execute(arguments);
    }

    /** @param home the program's folder */
    static CommandLine commands(
            Console console,
            Interruption interruption,
            Path home,
            Map<String, String> environment,
            Supplier<GpuDriver> opener) {
        Supplier<GpuDriver> drivers = NoGpuException.of(opener);
        Path userHome = userHome(environment);
        EngineSearch engines = new EngineSearch(environment, userHome, Path.of("/"));
        List<LeftoverSource> leftovers =
                List.of(new ProcessLeftovers(Path.of("/proc")), new DockerLeftovers(engines::find));
        ModeParts modes = ModeWiring.parts(home, userHome, environment, drivers, leftovers);
        Function<Path, Doctor> doctors =
                results -> new Doctor(ExaminedHost.here(results), drivers, leftovers, modes.recovery());
        WorkloadsBuildCommand build = new WorkloadsBuildCommand(
                console,
                engines::find,
                roots -> CatalogWorkloads.in(home, roots).catalog().all());
        return CommandTree.of(
                console,
                List.of(
                        new BenchCommand(console, BenchWiring.parts(home, drivers, engines::find, modes), interruption),
                        new AnalyzeCommand(console, Time.real()),
                        new CompareCommand(console, Time.real()),
                        new ExportCommand(console),
                        new ImportCommand(console, Time.real()),
                        WorkloadsCommand.of(console, home, List.of(build)),
                        new DoctorCommand(console, doctors),
                        new GpusCommand(console, drivers),
                        new MonitorCommand(console, drivers, interruption),
                        ModeCommand.of(console, modes, interruption),
                        new RestoreCommand(console, modes, interruption),
                        new CleanupCommand(console, leftovers),
                        new CompletionCommand(console, knownValues(home, modes))));
    }

    private static KnownValues knownValues(Path home, ModeParts modes) {
        Supplier<List<String>> workloads = () -> CatalogWorkloads.in(home, List.of()).catalog().all().stream()
                .map(Workload::name)
                .toList();
        Supplier<List<String>> profiles =
                () -> Stream.concat(Stream.of(MigLayoutText.BALANCED), ProfileNames.known().stream())
                        .toList();
        return new KnownValues(
                workloads,
                modes.modes()::names,
                profiles,
                () -> List.copyOf(Model.shipped().gpus().keySet()));
    }

    /** Java asks the list of users, where a service's home may not exist; people and their tools say it with a variable. */
    private static Path userHome(Map<String, String> environment) {
        String said = environment.getOrDefault("HOME", "");
        return Path.of(said.isBlank() ? System.getProperty("user.home") : said);
    }
}
