package io.gpushare.platform;

import io.gpushare.process.CommandRunner;
import io.gpushare.reading.Reading;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who can be asked for the machine around the GPUs.
 *
 * @param ipmitool the program, or why the baseboard is not asked
 * @param dcgm the address of a dcgm-exporter, or why there is none
 * @param powercap the kernel's folder of energy counters
 * @param sources those that may be slow
 * @param simulated whether a model answers, in the time of the simulation
 */
public record Platform(
        Reading<String> ipmitool, Reading<String> dcgm, Path powercap, List<SensorSource> sources, boolean simulated) {
    /** Names another program, as a script that asks the baseboard over the network. */
    private static final String PROGRAM = "GPUSHARE_IPMITOOL";

    private static final String USUAL_PROGRAM = "ipmitool";
    private static final Path NOWHERE = Path.of("/nonexistent");
    private static final List<String> DEVICES = List.of("ipmi0", "ipmi/0", "ipmidev/0");

    public Platform {
        sources = List.copyOf(sources);
    }

    /** Nobody. */
    public static Platform silent(String why) {
        return new Platform(Reading.notMeasured(why), Reading.notMeasured(why), NOWHERE, List.of(), false);
    }

    /** A machine of a simulation, which is asked as a real one is. */
    public static Platform simulated(BaseboardProgram board) {
        return new Platform(
                Reading.of("simulated"),
                Reading.notMeasured("the machine is simulated"),
                NOWHERE,
                baseboard(board, USUAL_PROGRAM),
                true);
    }

    /** This machine. Nothing is started for it yet. */
    public static Platform here(Map<String, String> environment) {
        return here(environment, Path.of("/"));
    }

    static Platform here(Map<String, String> environment, Path root) {
        CommandRunner runner = new CommandRunner(environment);
        Reading<String> program = program(runner, environment, root);
        List<SensorSource> sources =
                program.asOptional().map(found -> baseboard(runner::run, found)).orElse(List.of());
        return new Platform(
                program,
                Reading.notMeasured("nobody named an exporter with --dcgm"),
                root.resolve("sys/class/powercap"),
                sources,
                false);
    }

    private static List<SensorSource> baseboard(BaseboardProgram asked, String program) {
        return List.of(
                Ipmitool.sensors(asked, program, Ipmitool.PATIENCE), Ipmitool.power(asked, program, Ipmitool.PATIENCE));
    }

    /** The same with a dcgm-exporter. */
    public Platform with(URI exporter, Set<String> gpuUuids) {
        return with(exporter, Set.copyOf(gpuUuids)::contains);
    }

    /** With one of another machine, all of whose GPUs are watched. */
    public Platform withElsewhere(URI exporter) {
        return with(exporter, _ -> true);
    }

    private Platform with(URI exporter, Predicate<String> watched) {
        List<SensorSource> more = new ArrayList<>(sources);
        more.add(new DcgmExporter(exporter, watched, DcgmExporter.PATIENCE));
        return new Platform(ipmitool, Reading.of(exporter.toString()), powercap, more, simulated);
    }

    private static Reading<String> program(CommandRunner runner, Map<String, String> environment, Path root) {
        String named = environment.getOrDefault(PROGRAM, "");
        boolean hasDevice = DEVICES.stream()
                .anyMatch(device -> Files.exists(root.resolve("dev").resolve(device)));
        if (named.isEmpty() && !hasDevice) {
            return Reading.notMeasured("this machine shows no baseboard controller: there is no /dev/ipmi0");
        }
        String program = named.isEmpty() ? USUAL_PROGRAM : named;
        return runner.find(program)
                .map(found -> Reading.of(found.toString()))
                .orElseGet(() -> Reading.notMeasured("there is no program " + program));
    }
}
