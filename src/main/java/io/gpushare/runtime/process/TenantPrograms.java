package io.gpushare.runtime.process;

import io.gpushare.failure.GpushareException;
import io.gpushare.process.CommandRunner;
import io.gpushare.workload.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the programs of workloads lie on this machine. */
public final class TenantPrograms {
    private final Map<String, String> hostEnvironment;

    public TenantPrograms(Map<String, String> hostEnvironment) {
        this.hostEnvironment = Map.copyOf(hostEnvironment);
    }

    /**
     * @param environment of the tenant, whose PATH counts
     * @throws GpushareException when there is no such program, or another that it needs is not there
     */
    Path of(Workload workload, Map<String, String> environment) {
        if (!Files.isDirectory(workload.folder())) {
            throw GpushareException.unable(
                    "the workload " + workload.name() + " has no folder " + workload.folder() + " to run in",
                    "`gpushare workloads show " + workload.name() + "` tells where it was looked for.");
        }
        Optional<String> missing = missing(workload, environment);
        if (missing.isPresent()) {
            throw without(workload, missing.get());
        }
        return find(workload, workload.command().getFirst(), environment).orElseThrow();
    }

    /** The first program that a plain process of it would not find here, as the workload names it. */
    public Optional<String> missing(Workload workload) {
        return missing(workload, workload.environment());
    }

    private Optional<String> missing(Workload workload, Map<String, String> environment) {
        return Stream.concat(Stream.of(workload.command().getFirst()), workload.origin().needs().stream())
                .filter(program -> find(workload, program, environment).isEmpty())
                .findFirst();
    }

    private Optional<Path> find(Workload workload, String program, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(hostEnvironment);
        all.putAll(environment);
        return new CommandRunner(all).find(isPath(program) ? inFolder(workload, program) : program);
    }

    private static GpushareException without(Workload workload, String program) {
        Optional<String> get = workload.origin().get();
        return isPath(program)
                ? GpushareException.unable(
                        "the workload %s runs %s, which is no program that can be executed"
                                .formatted(workload.name(), inFolder(workload, program)),
                        get.orElse("Correct the command that names it, or make the file executable."))
                : GpushareException.unable(
                        "the workload %s needs the program '%s', which is not on the PATH of this machine"
                                .formatted(workload.name(), program),
                        get.orElse("Install it, or run the tenants in containers with --runtime docker."));
    }

    private static boolean isPath(String program) {
        return program.contains("/");
    }

    private static String inFolder(Workload workload, String program) {
        return workload.folder().resolve(program).normalize().toString();
    }
}
