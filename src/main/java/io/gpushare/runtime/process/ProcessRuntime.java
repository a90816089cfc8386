package io.gpushare.runtime.process;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cores.HostCores;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.Command;
import io.gpushare.process.CommandException;
import io.gpushare.process.CommandRunner;
import io.gpushare.process.CurrentUser;
import io.gpushare.process.ProgramOutput;
import io.gpushare.process.RunOwner;
import io.gpushare.process.RunningProgram;
import io.gpushare.reading.Reading;
import io.gpushare.runtime.InheritedEnvironment;
import io.gpushare.runtime.OneAtATime;
import io.gpushare.runtime.ProcessMarks;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.workload.Workload;
import io.gpushare.workload.Workload.GpuNeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Tenants as plain programs: each runs in its workload's folder and sees the host as its user does, so that mounts mean
 * nothing to it.
 */
public final class ProcessRuntime implements TenantRuntime {
    private final Map<String, String> inherited;
    private final Map<String, String> given;
    private final TenantPrograms programs;
    private final Map<String, Path> programsByWorkload = new ConcurrentSkipListMap<>();
    private final Set<ProcessTenant> tenants = ConcurrentHashMap.newKeySet();
    private final LeftBehind leftBehind;
    private volatile boolean closed;

    /**
     * @param ownEnvironment of gpushare: a tenant inherits what programs usually need of it, and no secrets
     * @param given variables that tenants get besides
     * @param leftBehind shared with the other runs that this process carries out at the same time
     */
    public ProcessRuntime(Map<String, String> ownEnvironment, Map<String, String> given, LeftBehind leftBehind) {
        this.leftBehind = leftBehind;
        this.inherited = InheritedEnvironment.of(ownEnvironment);
        this.given = Map.copyOf(given);
        this.programs = new TenantPrograms(inherited);
    }

    @Override
    public String kind() {
        return "process";
    }

    @Override
    public void require(Collection<Workload> workloads) {
        workloads.forEach(
                workload -> programsByWorkload.put(workload.name(), programs.of(workload, ofWorkload(workload))));
    }

    @Override
    public Reading<HostCores> cores() {
        return HostCores.read(Path.of("/"));
    }

    @Override
    public OptionalInt userId(Workload workload) {
        return CurrentUser.id();
    }

    @Override
    public Tenant launch(TenantLaunch launch, ProgramOutput output) {
        if (closed) {
            throw new IllegalStateException("launched after the end: " + launch.words());
        }
        Workload workload = launch.workload();
        Map<String, String> environment = environment(launch);
        Path program = programs.of(workload, environment);
        programsByWorkload.put(workload.name(), program);
        ProcessTenant tenant =
                new ProcessTenant(start(launch, command(launch, program, environment), output), program, this::ended);
        tenants.add(tenant);
        if (closed) {
            tenant.close();
        }
        return tenant;
    }

    private void ended(ProcessTenant tenant) {
        if (tenants.remove(tenant)) {
            leftBehind.ended();
        }
    }

    private RunningProgram start(TenantLaunch launch, Command command, ProgramOutput output) {
        leftBehind.begins(launch);
        boolean started = false;
        try {
            RunningProgram program = new CommandRunner(inherited).start(command, new OneAtATime(output), marks(launch));
            started = true;
            return program;
        } catch (CommandException failure) {
            throw new GpushareException(
                    failure.status(),
                    launch.words() + " cannot be started: " + failure.sentence(),
                    failure.advice().orElse(null),
                    failure);
        } finally {
            if (!started) {
                leftBehind.ended();
            }
        }
    }

    private static Command command(TenantLaunch launch, Path program, Map<String, String> environment) {
        List<String> fixed = launch.workload().command();
        List<String> arguments = new ArrayList<>(fixed.subList(1, fixed.size()));
        arguments.addAll(launch.arguments());
        Command command = Command.of(program.toString(), arguments.toArray(String[]::new))
                .directory(launch.workload().folder());
        if (launch.cpus().isPresent()) {
            command = command.on(launch.cpus().get());
        }
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            command = command.environment(variable.getKey(), variable.getValue());
        }
        return command;
    }

    private Map<String, String> ofWorkload(Workload workload) {
        Map<String, String> environment = new HashMap<>(workload.environment());
        environment.putAll(given);
        return environment;
    }

    private Map<String, String> environment(TenantLaunch launch) {
        Workload workload = launch.workload();
        Map<String, String> environment = ofWorkload(workload);
        environment.putAll(launch.placement().environment());
        environment.putAll(launch.environment());
        launch.placement().device().ifPresentOrElse(uuid -> environment.put("CUDA_VISIBLE_DEVICES", uuid), () -> {
            if (workload.gpu() != GpuNeed.REQUIRED) {
                environment.put("CUDA_VISIBLE_DEVICES", ""); // CUDA sees none then.
            }
        });
        return environment;
    }

    private static Map<String, String> marks(TenantLaunch launch) {
        return Map.of(
                ProcessMarks.RUN_ID, launch.runId(),
                ProcessMarks.TENANT, Integer.toString(launch.number()),
                ProcessMarks.OWNER, RunOwner.current().text());
    }

    @Override
    public List<String> takeWarnings() {
        return leftBehind.take();
    }

    @Override
    public ObjectNode description() {
        ObjectNode description = JsonNodeFactory.instance.objectNode();
        description.put("kind", kind()).put("kernel", kernel());
        ObjectNode paths = description.putObject("programs");
        programsByWorkload.forEach((workload, program) -> paths.put(workload, program.toString()));
        Set<String> names = new TreeSet<>(inherited.keySet());
        names.addAll(given.keySet());
        names.forEach(description.putArray("variables")::add);
        return description;
    }

    private static String kernel() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
        } catch (IOException unreadable) {
            return System.getProperty("os.version");
        }
    }

    /** All are told before any is waited for: a GPU driver takes its time with each. */
    @Override
    public void close() {
        closed = true;
        tenants.forEach(ProcessTenant::kill);
        tenants.forEach(ProcessTenant::close);
    }
}
