package io.gpushare;

import io.gpushare.cli.CommandTree;
import io.gpushare.cli.CompletionCommand;
import io.gpushare.cli.bench.BenchCommand;
import io.gpushare.cli.bench.BenchParts;
import io.gpushare.cli.cluster.KubernetesCommand;
import io.gpushare.cli.fleet.FleetCommand;
import io.gpushare.cli.isolate.IsolateCommand;
import io.gpushare.cli.load.LoadCommand;
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
import io.gpushare.cli.passthrough.PassthroughCommand;
import io.gpushare.cli.results.AnalyzeCommand;
import io.gpushare.cli.results.CompareCommand;
import io.gpushare.cli.results.ExportCommand;
import io.gpushare.cli.results.ImportCommand;
import io.gpushare.cli.stress.StressCommand;
import io.gpushare.cli.sweep.SweepCommand;
import io.gpushare.cli.terminal.Console;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.cli.workloads.Lacks;
import io.gpushare.cli.workloads.WorkloadsBuildCommand;
import io.gpushare.cli.workloads.WorkloadsCommand;
import io.gpushare.doctor.Doctor;
import io.gpushare.doctor.ExaminedHost;
import io.gpushare.gpu.GpuDriver;
import io.gpushare.mode.MigLayoutText;
import io.gpushare.mode.mig.ProfileNames;
import io.gpushare.mode.transaction.StateFolders;
import io.gpushare.nvml.NvmlDriver;
import io.gpushare.plan.RuntimeChoice;
import io.gpushare.platform.Platform;
import io.gpushare.process.CurrentUser;
import io.gpushare.runtime.LeftoverSource;
import io.gpushare.runtime.docker.container.DockerLeftovers;
import io.gpushare.runtime.docker.engine.EngineSearch;
import io.gpushare.runtime.kubernetes.KubernetesLeftovers;
import io.gpushare.runtime.kubernetes.KubernetesModeLeftovers;
import io.gpushare.runtime.kubernetes.KubernetesNodes;
import io.gpushare.runtime.process.ProcessLeftovers;
import io.gpushare.runtime.process.TenantPrograms;
import io.gpushare.runtime.slurm.SlurmLeftovers;
import io.gpushare.runtime.slurm.SlurmNodes;
import io.gpushare.sim.model.Model;
import io.gpushare.time.Time;
import io.gpushare.workload.Workload;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The command line tool: wires the parts by hand. */
public final class Gpushare {
    /** Knows all of the others. */
    private static final String COMPLETION = "completion";

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
        return commands(console, interruption, home, System.getenv(), NvmlDriver::open, arguments)
                .execute(arguments);
    }

    /**
     * @param home the program's folder
     * @param arguments what follows the program's name: of the commands those are built that it needs
     */
    static CommandLine commands(
            Console console,
            Interruption interruption,
            Path home,
            Map<String, String> environment,
            Supplier<GpuDriver> opener,
            String... arguments) {
        Supplier<GpuDriver> drivers = NoGpuException.of(opener);
        Path userHome = userHome(environment);
        EngineSearch engines = new EngineSearch(environment, userHome, Path.of("/"));
        List<LeftoverSource> leftovers = List.of(
                new ProcessLeftovers(Path.of("/proc")),
                new DockerLeftovers(engines::find),
                new SlurmLeftovers(environment, Time.real()),
                new KubernetesLeftovers(
                        StateFolders.of(environment, CurrentUser.isRoot(), userHome)
                                .own(),
                        Time.real()),
                new KubernetesModeLeftovers(
                        StateFolders.of(environment, CurrentUser.isRoot(), userHome)
                                .own(),
                        Time.real()));
        Supplier<ModeParts> modes = () -> ModeWiring.parts(home, userHome, environment, drivers, leftovers);
        Function<Path, Doctor> doctors = results -> new Doctor(
                ExaminedHost.here(results), drivers, leftovers, modes.get().recovery());
        Supplier<WorkloadsBuildCommand> build = () -> new WorkloadsBuildCommand(
                console,
                engines::find,
                roots -> CatalogWorkloads.in(home, roots).catalog().all());
        Function<String, BenchParts> bench =
                name -> BenchWiring.parts("gpushare " + name, home, drivers, engines::find, modes.get());
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("bench", () -> new BenchCommand(console, bench.apply("bench"), interruption));
        commands.put("sweep", () -> new SweepCommand(console, bench.apply("sweep"), interruption));
        commands.put(
                "fleet",
                () -> new FleetCommand(
                        console,
                        bench.apply("fleet"),
                        interruption,
                        (plan, wanted) -> plan.runtime() == RuntimeChoice.SLURM
                                ? new SlurmNodes(environment, plan.slurm().values()).choose(wanted)
                                : KubernetesNodes.choose(plan.kubernetes(), wanted, Time.real())));
        commands.put("stress", () -> new StressCommand(console, bench.apply("stress"), interruption, Time.real()));
        commands.put("isolate", () -> new IsolateCommand(console, bench.apply("isolate"), interruption));
        commands.put("passthrough", () -> new PassthroughCommand(console, bench.apply("passthrough"), interruption));
        commands.put("load", () -> new LoadCommand(console, interruption, Time.real()));
        commands.put("analyze", () -> new AnalyzeCommand(console, Time.real()));
        commands.put("compare", () -> new CompareCommand(console, Time.real()));
        commands.put("export", () -> new ExportCommand(console));
        commands.put("import", () -> new ImportCommand(console, Time.real()));
        commands.put(
                "workloads",
                () -> WorkloadsCommand.of(
                        console,
                        home,
                        new Lacks(new TenantPrograms(environment), engines::find),
                        List.of(build.get())));
        commands.put("k8s", () -> KubernetesCommand.of(console, roots -> CatalogWorkloads.in(home, roots)));
        commands.put(
                "doctor",
                () -> new DoctorCommand(
                        console,
                        doctors,
                        () -> BenchWiring.history(modes.get().state().own()),
                        interruption));
        commands.put("gpus", () -> new GpusCommand(console, drivers));
        commands.put(
                "monitor", () -> new MonitorCommand(console, drivers, () -> Platform.here(environment), interruption));
        commands.put("mode", () -> ModeCommand.of(console, modes.get(), interruption));
        commands.put("restore", () -> new RestoreCommand(console, modes.get(), interruption));
        commands.put("cleanup", () -> new CleanupCommand(console, leftovers));
        commands.put(COMPLETION, () -> new CompletionCommand(console, knownValues(home, modes.get())));
        return CommandTree.of(
                console, needed(commands, List.of(arguments)).map(Supplier::get).toList());
    }

    /**
     * The one that is named, where that can be told at a glance: building all of them takes longer than many of them
     * run.
     */
    private static Stream<Supplier<Object>> needed(Map<String, Supplier<Object>> commands, List<String> arguments) {
        if (arguments.equals(List.of("--version")) || arguments.equals(List.of("-V"))) {
            return Stream.empty();
        }
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        boolean alone = commands.containsKey(first) && !first.equals(COMPLETION);
        return alone ? Stream.of(commands.get(first)) : commands.values().stream();
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

    /**
     * Java asks the list of users, where a service's home may not exist; people and their tools say it with a variable.
     */
    private static Path userHome(Map<String, String> environment) {
        String said = environment.getOrDefault("HOME", "");
        return Path.of(said.isBlank() ? System.getProperty("user.home") : said);
    }
}
