package io.gpushare.runtime.kubernetes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.gpushare.cores.HostCores;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.Whereabouts;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.process.ProgramOutput;
import io.gpushare.reading.Reading;
import io.gpushare.runtime.OneAtATime;
import io.gpushare.runtime.ProcessMarks;
import io.gpushare.runtime.Tenant;
import io.gpushare.runtime.TenantLaunch;
import io.gpushare.runtime.TenantNode;
import io.gpushare.runtime.TenantRuntime;
import io.gpushare.runtime.elsewhere.AnnouncedOutput;
import io.gpushare.runtime.elsewhere.ProcessWatch;
import io.gpushare.runtime.elsewhere.RunningTenants;
import io.gpushare.time.Time;
import io.gpushare.workload.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Tenants in pods of a cluster. */
public final class KubernetesRuntime implements TenantRuntime {
    private static final int RANDOM_BYTES = 5;
    private static final String USER_NAME = "gpushare";

    /** Variables come first on the program's stdin: what stands in a request may be logged. */
    private static final String VARIABLES =
            "while IFS= read -r -d '' variable && [[ -n $variable ]]; do export \"$variable\"; done; ";

    private final RunPlan plan;
    private final Map<String, String> given;
    private final Cluster cluster;
    private final ClusterNodes nodes;
    private final RunPods pods;
    private final String version;
    private final PodFate fate;
    private final ProcessWatch watch;
    private final RunningTenants<KubernetesTenant> tenants = new RunningTenants<>();
    private Optional<SampledNodes> samplers = Optional.empty();

    private KubernetesRuntime(
            RunPlan plan,
            Map<String, String> given,
            Cluster cluster,
            ClusterNodes nodes,
            RunPods pods,
            String version,
            Time time) {
        this.plan = plan;
        this.given = Map.copyOf(given);
        this.cluster = cluster;
        this.nodes = nodes;
        this.pods = pods;
        this.version = version;
        this.fate = new PodFate(cluster, time);
        this.watch = new ProcessWatch(time, "Kubernetes", tenants::now);
    }

    /**
     * Waits until the pods run.
     *
     * @param given variables that tenants get besides
     * @param state folder in which gpushare remembers what it has changed
     * @param note told what the pods wait for
     * @param onStop calls back when the user wants to end
     * @throws GpushareException when there is no cluster, when it gives no place, or when the user wants to end
     */
    public static KubernetesRuntime open(
            RunPlan plan,
            Map<String, String> given,
            Path state,
            Time time,
            Consumer<String> note,
            Consumer<Runnable> onStop)
            throws InterruptedException {
        plan.tenants().forEach(tenant -> requireImage(tenant.workload()));
        Cluster cluster = Cluster.open(
                plan.kubernetes().value("context"), plan.kubernetes().value("namespace"), time);
        return open(plan, given, cluster, new RunRecords(state), time, note, onStop);
    }

    static KubernetesRuntime open(
            RunPlan plan,
            Map<String, String> given,
            Cluster cluster,
            RunRecords records,
            Time time,
            Consumer<String> note,
            Consumer<Runnable> onStop)
            throws InterruptedException {
        AtomicBoolean unwanted = new AtomicBoolean();
        onStop.accept(() -> unwanted.set(true));
        boolean opened = false;
        try {
            String version = version(cluster);
            ClusterNodes nodes = ClusterNodes.of(cluster);
            nodes.require(plan.kubernetes());
            RunPods pods = RunPods.open(cluster, plan, newName(), records, time, note, unwanted::get);
            KubernetesRuntime runtime = new KubernetesRuntime(plan, given, cluster, nodes, pods, version, time);
            runtime.watch.start();
            opened = true;
            return runtime;
        } finally {
            if (!opened) {
                cluster.close();
            }
        }
    }

    private static String version(Cluster cluster) {
        try {
            return cluster.client().getKubernetesVersion().getGitVersion();
        } catch (KubernetesClientException refused) {
            throw cluster.failure("the cluster cannot be asked", refused);
        }
    }

    private static String newName() {
        byte[] random = new byte[RANDOM_BYTES];
        ThreadLocalRandom.current().nextBytes(random);
        return "gpushare-" + HexFormat.of().formatHex(random);
    }

    private static void requireImage(Workload workload) {
        if (workload.image().isEmpty()) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "the workload " + workload.name() + " names no container image",
                    "Add 'image:' to its workload.yaml: in a pod nothing runs without.");
        }
    }

    @Override
    public String kind() {
        return "kubernetes";
    }

    @Override
    public void require(Collection<Workload> workloads) throws InterruptedException {
        for (TenantPlan tenant : plan.tenants()) {
            if (!plan.mode().concurrent()) {
                return; // Their pods are made when it is their turn.
            }
            String program = tenant.workload().command().getFirst();
            WaitingPod pod = pods.of(tenant.number());
            if (!pod.helper().hasProgram(program)) {
                throw new GpushareException(
                        ExitStatus.UNABLE,
                        "the workload %s needs the program '%s', which its image %s does not have"
                                .formatted(tenant.workload().name(), program, pod.image()),
                        "Build the image anew, or name a program of it in the command of the workload.");
            }
        }
    }

    @Override
    public List<String> doubts(Workload workload, Map<String, String> settings) {
        return List.of("the image of the workload " + workload.name()
                + " is the cluster's: whether the program in it is that of the workload's folder is not known");
    }

    @Override
    public Reading<HostCores> cores() {
        return Reading.notMeasured("a cluster gives its pods their cores");
    }

    /** The numbers of this host say nothing there. */
    @Override
    public OptionalInt userId(Workload workload) {
        return OptionalInt.empty();
    }

    @Override
    public Tenant launch(TenantLaunch launch, ProgramOutput output) throws InterruptedException {
        tenants.requireOpen(launch);
        WaitingPod pod = pods.of(launch.number());
        pods.label(launch.runId());
        // Whatever was to be ended in the pod before is so when it answers.
        if (!pod.helper().answers()) {
            throw new GpushareException(
                    ExitStatus.FAILED,
                    launch.words() + " cannot be started: its pod " + pod.name() + " does not answer",
                    null);
        }
        AnnouncedOutput said = new AnnouncedOutput(new OneAtATime(output), _ -> false);
        return tenants.add(new KubernetesTenant(pod, started(launch, pod, said), said, fate));
    }

    private ExecPipe started(TenantLaunch launch, WaitingPod pod, AnnouncedOutput output) {
        String script =
                VARIABLES + AnnouncedOutput.wrapper("$" + PodManifest.POD_VARIABLE, "$" + PodManifest.NODE_VARIABLE);
        List<String> command = new ArrayList<>(List.of("bash", "-c", script, "gpushare"));
        command.addAll(launch.workload().command());
        command.addAll(launch.arguments());
        try {
            ExecPipe pipe = ExecPipe.started(cluster, pod.name(), output, command);
            pipe.send(block(variables(launch)));
            return pipe;
        } catch (KubernetesClientException refused) {
            throw new GpushareException(
                    ExitStatus.FAILED, launch.words() + " cannot be started: " + cluster.words(refused), null, refused);
        } catch (IOException tooMuch) {
            throw new GpushareException(
                    ExitStatus.FAILED,
                    launch.words() + " cannot be started: its variables were not taken: " + tooMuch.getMessage(),
                    null,
                    tooMuch);
        }
    }

    private Map<String, String> variables(TenantLaunch launch) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("HOME", "/tmp");
        // The image may not know the user by name: PyTorch, for one, asks for it and fails without.
        variables.put("USER", USER_NAME);
        variables.put("LOGNAME", USER_NAME);
        variables.putAll(launch.workload().environment());
        variables.putAll(given);
        variables.putAll(launch.placement().environment());
        variables.putAll(launch.environment());
        variables.put(ProcessMarks.RUN_ID, launch.runId());
        variables.put(ProcessMarks.TENANT, Integer.toString(launch.number()));
        return variables;
    }

    private static byte[] block(Map<String, String> variables) {
        StringBuilder block = new StringBuilder();
        variables.forEach(
                (name, value) -> block.append(name).append('=').append(value).append('\0'));
        return block.append('\0').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** With pods that are made one after another it is not known before where they will be. */
    @Override
    public List<TenantNode> nodes() {
        if (plan.kubernetes().value("sampler").isEmpty() && plan.dcgm().isPresent()) {
            return List.of(); // Somebody else looks at them.
        }
        Set<String> names = new TreeSet<>();
        pods.all().forEach(pod -> names.add(pod.node()));
        if (plan.kubernetes().placement() instanceof Whereabouts.OnNode(String name)) {
            names.add(name);
        }
        SampledNodes sampled = samplers.orElseGet(() -> new SampledNodes(cluster, plan.kubernetes(), pods, names));
        samplers = Optional.of(sampled);
        return names.stream().map(sampled::node).toList();
    }

    /** Whether the cluster lets somebody else's MPS share the GPUs of these nodes, by its own word. */
    public boolean othersMps() {
        return pods.all().stream().anyMatch(pod -> nodes.sharesByMps(pod.node()));
    }

    @Override
    public ObjectNode description() {
        ObjectNode description =
                JsonNodeFactory.instance.objectNode().put("kind", kind()).put("version", version);
        description
                .put("server", cluster.server())
                .put("namespace", cluster.namespace())
                .put("pods", pods.name());
        Map<String, String> used = new TreeMap<>();
        pods.all().forEach(pod -> used.put(pod.node(), nodes.words(pod.node())));
        ObjectNode byNode = description.putObject("nodes");
        used.forEach(byNode::put);
        ObjectNode asked = description.putObject("asked");
        plan.kubernetes().values().forEach(asked::put);
        new TreeSet<>(given.keySet()).forEach(description.putArray("variables")::add);
        return description;
    }

    @Override
    public void close() {
        if (!tenants.end()) {
            return;
        }
        watch.stop();
        tenants.now().forEach(KubernetesTenant::close);
        try {
            pods.close();
        } finally {
            cluster.close();
        }
    }
}
