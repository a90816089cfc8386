package io.gpushare.workload;

import io.gpushare.workload.output.ForeignProgram;
import io.gpushare.workload.output.ForeignProgram.Lifetime;
import io.gpushare.workload.server.ServerProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A program to run, as its {@code workload.yaml} describes it.
 *
 * @param name of the folder, and on the command line
 * @param folder that holds workload.yaml, the program and the Dockerfile
 * @param unit what throughput counts, in the singular: {@code sample}, {@code token}, {@code call}
 * @param command program and fixed arguments; plain processes run it in {@code folder}, containers in their own working
 *     folder
 * @param image the container image to run
 * @param network whether a container of it may use the network
 * @param memoryBytes and {@code cpus}: limits in a container, unlimited when empty
 * @param readyTimeout from launch to ready
 * @param shares files beside the folder that the program uses too
 * @param foreign how it is understood, if it does not speak the tenant protocol
 * @param server how it is asked, if it serves; then it speaks no tenant protocol, either
 * @param origin where what it runs is from, if not from the folder
 * @param digest SHA-256 of every file of the folder and of those that it shares: which program it was
 */
public record Workload(
        String name,
        String description,
        Kind kind,
        String unit,
        GpuNeed gpu,
        Path folder,
        List<String> command,
        Optional<String> image,
        Launch launch,
        Duration readyTimeout,
        boolean network,
        Optional<Long> memoryBytes,
        Optional<Double> cpus,
        Map<String, Parameter> parameters,
        Map<String, String> environment,
        List<Path> shares,
        Optional<ForeignProgram> foreign,
        Optional<ServerProgram> server,
        Origin origin,
        String digest) {
    public Workload {
        shares = List.copyOf(shares);
        command = List.copyOf(command);
        // In the order of the file: it is the order of the arguments, and of help.
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** The same program under another name. */
    public Workload named(String other) {
        return with(other, command);
    }

    /** The same program, started by another command that gets this one as its arguments. */
    public Workload startedBy(List<String> wrapper) {
        return with(name, Stream.concat(wrapper.stream(), command.stream()).toList());
    }

    /** The same program, started by this command in place of its own. */
    public Workload runBy(List<String> newCommand) {
        return with(name, newCommand);
    }

    private Workload with(String newName, List<String> newCommand) {
        return new Workload(
                newName,
                description,
                kind,
                unit,
                gpu,
                folder,
                newCommand,
                image,
                launch,
                readyTimeout,
                network,
                memoryBytes,
                cpus,
                parameters,
                environment,
                shares,
                foreign,
                server,
                origin,
                digest);
    }

    /** Whether its program speaks the tenant protocol itself. */
    public boolean speaks() {
        return foreign.isEmpty() && server.isEmpty();
    }

    /** Whether it is there already: nobody starts or stops it. */
    public boolean attached() {
        return server.filter(ServerProgram::attached).isPresent();
    }

    /** Whether a tenant of it works until its own end, and how long that takes is measured. */
    public boolean completes() {
        return foreign.filter(program -> program.lifetime() == Lifetime.COMPLETE)
                .isPresent();
    }

    /** Whether {@code workloads build} makes its image. */
    public boolean buildsItsImage() {
        return image.isPresent() && Files.isRegularFile(recipe());
    }

    /** Of its image, which need not be there. */
    public Path recipe() {
        return folder.resolve("Dockerfile");
    }

    /**
     * Where what it runs is from.
     *
     * @param needs programs that a plain process of it needs besides the one that it begins with: on the PATH, or, with
     *     a slash, in the folder
     * @param get a sentence or two on how to get it; empty where all is in the folder
     */
    public record Origin(List<String> needs, Optional<String> get) {
        /** All of it comes with its folder, and its image is built from that. */
        public static final Origin FOLDER = new Origin(List.of(), Optional.empty());

        public Origin {
            needs = List.copyOf(needs);
        }
    }

    public enum Kind {
        TRAINING,
        INFERENCE,
        INTERACTIVE,
        /** Loads one resource, to see what that does to neighbours. */
        STRESS,
        /** Answers requests that somebody else sends. */
        SERVER
    }

    public enum GpuNeed {
        NONE,
        /** Runs smaller on a CPU. */
        OPTIONAL,
        REQUIRED
    }

    public enum Launch {
        PARALLEL,
        /** Alone, because it sizes itself by the memory that it finds free. */
        SERIAL
    }
}
