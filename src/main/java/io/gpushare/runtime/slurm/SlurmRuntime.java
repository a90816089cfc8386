package io.gpushare.runtime.slurm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cores.HostCores;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.Command;
import io.gpushare.process.CommandException;
import io.gpushare.process.ProgramOutput;
import io.gpushare.process.RunOwner;
import io.gpushare.process.RunningProgram;
import io.gpushare.reading.Reading;
import io.gpushare.runtime.OneAtATime;
import io.gpushare.runtime.ProcessMarks;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.TenantNode;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.runtime.elsewhere.AnnouncedOutput;
import io.gpushare.runtime.elsewhere.NodeHelper;
import io.gpushare.runtime.elsewhere.ProcessWatch;
import io.gpushare.runtime.elsewhere.RunningTenants;
import io.gpushare.time.Time;
import io.gpushare.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tenants as steps of one job of Slurm, spread over its nodes in turn. */
public final class SlurmRuntime implements TenantRuntime {
    private static final String PRELOAD = "LD_PRELOAD";

    private final SlurmRequest request;
    private final SlurmTools tools;
    private final Path ownProgram;
    private final Map<String, String> given;
    private final Allocation allocation;
    private final List<NodeHelper> helpers;
    private final String version;
    private final RunningTenants<SlurmTenant> tenants = new RunningTenants<>();
    private final ProcessWatch watch;
    private String runId = "";

    private SlurmRuntime(
            SlurmRequest request,
            SlurmTools tools,
            Path ownProgram,
            Map<String, String> given,
            Allocation allocation,
            List<NodeHelper> helpers,
            String version,
            Time time) {
        this.request = request;
        this.tools = tools;
        this.ownProgram = ownProgram;
        this.given = Map.copyOf(given);
        this.allocation = allocation;
        this.helpers = List.copyOf(helpers);
        this.version = version;
        this.watch = new ProcessWatch(time, "Slurm", tenants::now);
    }

    /**
     * Waits until Slurm has given the nodes.
     *
     * @param ownEnvironment of gpushare: a tenant inherits what programs usually need of it, and no secrets
     * @param ownProgram by which gpushare is started here
     * @param given variables that tenants get besides
     * @param note told what it waits for
     * @param onStop calls back when the user wants to end
     * @throws GpushareException when there is no Slurm here, when it gives nothing, or when the user wants to end
     */
    public static SlurmRuntime open(
            SlurmRequest request,
            Map<String, String> ownEnvironment,
            Path ownProgram,
            Map<String, String> given,
            Time time,
            Consumer<String> note,
            Consumer<Runnable> onStop)
            throws InterruptedException {
        SlurmTools tools = new SlurmTools(ownEnvironment);
        tools.require();
        AtomicBoolean unwanted = new AtomicBoolean();
        onStop.accept(() -> unwanted.set(true));
        // The run has no id yet.
        JobMark mark =
                JobMark.ofThisProcess("waiting-" + ProcessHandle.current().pid());
        Allocation allocation = Allocation.open(request, mark, tools, time, note, unwanted::get);
        List<NodeHelper> helpers = new ArrayList<>();
        boolean opened = false;
        try {
            for (String node : allocation.nodes()) {
                helpers.add(new NodeHelper(node, time, output -> pipe(startHelper(tools, allocation, node, output))));
            }
            for (NodeHelper helper : helpers) {
                requireAnswer(helper, allocation);
            }
            SlurmRuntime runtime =
                    new SlurmRuntime(request, tools, ownProgram, given, allocation, helpers, tools.version(), time);
            runtime.watch.start();
            note.accept("Slurm's job " + allocation.id() + " has " + String.join(", ", allocation.nodes()) + ".");
            opened = true;
            return runtime;
        } finally {
            if (!opened) {
                helpers.forEach(NodeHelper::close);
                allocation.close();
            }
        }
    }

    private static RunningProgram startHelper(
            SlurmTools tools, Allocation allocation, String node, ProgramOutput output) {
        List<String> arguments = stepOptions(allocation, node, "gpushare-helper");
        arguments.add("--gres=none");
        arguments.addAll(NodeHelper.COMMAND);
        return tools.start(
                Command.of("srun", arguments.toArray(String[]::new)), output, marks("helper-" + allocation.id()));
    }

    private static Map<String, String> marks(String id) {
        return Map.of(
                ProcessMarks.RUN_ID, id, ProcessMarks.OWNER, RunOwner.current().text());
    }

    private static NodeHelper.Pipe pipe(RunningProgram step) {
        return new NodeHelper.Pipe() {
            @Override
            public void send(byte[] bytes) throws IOException {
                step.send(bytes);
            }

            @Override
            public void close() {
                step.close();
            }
        };
    }

    private static void requireAnswer(NodeHelper helper, Allocation allocation) throws InterruptedException {
        if (!helper.answers()) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "no program can be started on the node " + helper.node()
                            + allocation.whyEnded().map(why -> ": " + why).orElse("")
                            + (helper.complaints().isEmpty() ? "" : ": " + helper.complaints()),
                    "Try it yourself: srun --nodelist=" + helper.node() + " bash -c 'date +%s%N'");
        }
    }

    /**
     * Steps share all that the job has on the node. Without {@code --exact}, and without a number of CPUs, which means
     * the same: with it Slurm would bind all steps that overlap to the same core.
     */
    private static List<String> stepOptions(Allocation allocation, String node, String name) {
        return new ArrayList<>(List.of(
                "--jobid=" + allocation.id(),
                "--nodes=1",
                "--ntasks=1",
                "--nodelist=" + node,
                "--job-name=" + name,
                "--overlap",
                "--cpu-bind=none",
                "--mpi=none",
                "--unbuffered"));
    }

    @Override
    public String kind() {
        return "slurm";
    }

    @Override
    public void require(Collection<Workload> workloads) throws InterruptedException {
        for (NodeHelper helper : helpers) {
            for (Workload workload : workloads) {
                require(helper, workload);
            }
        }
    }

    private static void require(NodeHelper helper, Workload workload) throws InterruptedException {
        if (!helper.hasFolder(workload.folder().toString())) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "the node %s does not see the folder of the workload %s: %s"
                            .formatted(helper.node(), workload.name(), workload.folder()),
                    "Put it on a file system that the nodes share, at the same path, and name it with"
                            + " --workloads-dir.");
        }
        String program = program(workload);
        if (!helper.hasProgram(program)) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "the workload %s needs the program '%s', which the node %s does not have"
                            .formatted(workload.name(), program, helper.node()),
                    "Install it there, or name one by its path in the command of the workload.");
        }
    }

    private static String program(Workload workload) {
        String program = workload.command().getFirst();
        return program.contains("/") ? workload.folder().resolve(program).toString() : program;
    }

    @Override
    public Reading<HostCores> cores() {
        return Reading.notMeasured("Slurm gives them the cores of its job");
    }

    /** Slurm runs its steps as the user who asked. */
    @Override
    public OptionalInt userId(Workload workload) {
        return OptionalInt.empty();
    }

    @Override
    public Tenant launch(TenantLaunch launch, ProgramOutput output) throws InterruptedException {
        tenants.requireOpen(launch);
        mark(launch.runId());
        NodeHelper helper = helpers.get(launch.number() % helpers.size());
        SrunWords words = new SrunWords();
        AnnouncedOutput said = new AnnouncedOutput(new OneAtATime(output), words);
        return tenants.add(new SlurmTenant(
                start(launch, helper, said), said, words, helper, allocation.id(), allocation::whyEnded));
    }

    private synchronized void mark(String id) throws InterruptedException {
        if (!runId.equals(id)) {
            runId = id;
            allocation.rename(JobMark.ofThisProcess(id));
        }
    }

    private RunningProgram start(TenantLaunch launch, NodeHelper helper, AnnouncedOutput output) {
        Map<String, String> variables = new TreeMap<>(launch.workload().environment());
        variables.putAll(given);
        variables.putAll(launch.placement().environment());
        variables.putAll(launch.environment());
        List<String> preloads = new ArrayList<>();
        if (variables.containsKey(PRELOAD)) {
            // Around the program, for srun would load it too.
            preloads.addAll(List.of("env", PRELOAD + "=" + variables.remove(PRELOAD)));
        }
        List<String> arguments = stepOptions(allocation, helper.node(), "tenant-" + launch.number());
        arguments.add("--gres=" + request.gres().orElse("none"));
        arguments.add("--chdir=" + launch.workload().folder());
        arguments.add("--export=" + String.join(",", names(variables)));
        arguments.addAll(List.of("sh", "-c", AnnouncedOutput.wrapper("$SLURM_STEP_ID", "$SLURMD_NODENAME"), "sh"));
        arguments.addAll(preloads);
        arguments.add(program(launch.workload()));
        List<String> fixed = launch.workload().command();
        arguments.addAll(fixed.subList(1, fixed.size()));
        arguments.addAll(launch.arguments());
        Command command = Command.of("srun", arguments.toArray(String[]::new));
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            command = command.environment(variable.getKey(), variable.getValue());
        }
        try {
            return tools.start(command, output, marks(launch));
        } catch (CommandException failure) {
            throw new GpushareException(
                    failure.status(),
                    launch.words() + " cannot be started: " + failure.sentence(),
                    failure.advice().orElse(null),
                    failure);
        }
    }

    /** Of all that the tenant gets, and of nothing that marks its srun. */
    private Set<String> names(Map<String, String> variables) {
        Set<String> names = new HashSet<>(tools.environment().keySet());
        names.addAll(variables.keySet());
        return names;
    }

    private static Map<String, String> marks(TenantLaunch launch) {
        Map<String, String> marks = new HashMap<>();
        marks.put(ProcessMarks.RUN_ID, launch.runId());
        marks.put(ProcessMarks.TENANT, Integer.toString(launch.number()));
        marks.put(ProcessMarks.OWNER, RunOwner.current().text());
        return marks;
    }

    @Override
    public List<TenantNode> nodes() {
        SlurmNode.Steps steps = (node, program, arguments, output) -> {
            List<String> words = stepOptions(allocation, node, "gpushare-sampler");
            words.add("--gres=" + request.gres().orElse("none"));
            words.add("--export=" + String.join(",", names(Map.of())));
            words.add(program);
            words.addAll(arguments);
            return tools.start(
                    Command.of("srun", words.toArray(String[]::new)), output, marks("sampler-" + allocation.id()));
        };
        String program = request.sampler().orElse(ownProgram.toString());
        return helpers.stream()
                .<TenantNode>map(helper -> new SlurmNode(helper, program, steps))
                .toList();
    }

    @Override
    public ObjectNode description() {
        ObjectNode description =
                JsonNodeFactory.instance.objectNode().put("kind", kind()).put("version", version);
        description.put("job", allocation.id());
        ArrayNode nodes = description.putArray("nodes");
        helpers.forEach(helper -> nodes.add(helper.node()));
        ObjectNode asked = description.putObject("asked");
        new TreeMap<>(request.wishes()).forEach(asked::put);
        Set<String> names = names(given);
        names.stream().sorted().forEach(description.putArray("variables")::add);
        return description;
    }

    @Override
    public void close() {
        if (!tenants.end()) {
            return;
        }
        watch.stop();
        tenants.now().forEach(SlurmTenant::kill);
        tenants.now().forEach(SlurmTenant::close);
        allocation.close();
        helpers.forEach(NodeHelper::close);
    }
}
