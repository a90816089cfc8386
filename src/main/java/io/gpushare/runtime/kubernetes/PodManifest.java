package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodSecurityContextBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.gpushare.mode.Whereabouts;
import io.gpushare.plan.KubernetesWishes;
import io.gpushare.plan.KubernetesWishes.GpuResource;
import io.gpushare.runtime.elsewhere.NodeHelper;
import io.gpushare.workload.Workload;
import io.gpushare.workload.Workload.GpuNeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a pod may do and see: as little as its workload needs, as much as the wishes ask for. */
final class PodManifest {
    static final String CONTAINER = "tenant";
    static final String NODE_VARIABLE = "GPUSHARE_NODE";
    static final String POD_VARIABLE = "GPUSHARE_POD";
    private static final String VISIBLE_DEVICES = "NVIDIA_VISIBLE_DEVICES";
    private static final String HOST_NAME = "kubernetes.io/hostname";
    private static final String GPU_SHARED_MEMORY = "1Gi";
    private static final String SCRATCH = "4Gi";

    private final Workload workload;
    private final KubernetesWishes wishes;

    PodManifest(Workload workload, KubernetesWishes wishes) {
        this.workload = workload;
        this.wishes = wishes;
    }

    /**
     * A pod that waits for a tenant. It ends when whoever attached to it is gone, and gives back what it held.
     *
     * @param together label of the pods that run together with it
     * @param longestSeconds after which the cluster ends it
     */
    PodSpec waiting(Map<String, String> together, long longestSeconds) {
        Container container = new ContainerBuilder(container())
                .withCommand(NodeHelper.COMMAND)
                .withStdin(true)
                .withStdinOnce(true)
                .build();
        return new PodSpecBuilder(spec(container))
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(0L)
                .withActiveDeadlineSeconds(longestSeconds)
                .withAffinity(affinity(together).orElse(null))
                .withTopologySpreadConstraints(spread(together))
                .build();
    }

    /**
     * A pod on the same node as a tenant's, in which gpushare looks at all GPUs of the node and has none for itself. It
     * ends as that does.
     */
    PodSpec sampling(String image, String node, long longestSeconds) {
        Container container = new ContainerBuilder(container())
                .withImage(image)
                .withCommand(NodeHelper.COMMAND)
                .withStdin(true)
                .withStdinOnce(true)
                .withEnv(
                        fromField(NODE_VARIABLE, "spec.nodeName"),
                        new EnvVar(VISIBLE_DEVICES, "all", null),
                        new EnvVar("NVIDIA_DRIVER_CAPABILITIES", "utility", null))
                .withResources(null)
                .build();
        return new PodSpecBuilder(spec(container))
                .withRestartPolicy("Never")
                .withTerminationGracePeriodSeconds(0L)
                .withActiveDeadlineSeconds(longestSeconds)
                .withAffinity(onNode(node))
                .build();
    }

    /** Whatever runs in it. */
    PodSpec spec(Container container) {
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withSecurityContext(podSecurity())
                .withServiceAccountName(wishes.value("account").orElse(null))
                .withRuntimeClassName(wishes.value("runtime").orElse(null))
                .withPriorityClassName(wishes.value("priority").orElse(null))
                .withSchedulerName(wishes.value("scheduler").orElse(null))
                .withNodeSelector(wishes.selector())
                .withTolerations(tolerations())
                .withImagePullSecrets(wishes.pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withVolumes(volumes())
                .withContainers(container)
                .build();
    }

    Container container() {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(image())
                .withImagePullPolicy(wishes.value("pull").orElse("IfNotPresent"))
                .withEnv(environment())
                .withResources(resources())
                .withSecurityContext(security())
                .withVolumeMounts(mounts())
                .build();
    }

    /** In the registry to which `gpushare workloads build --push` sent it, or as the workload names it. */
    String image() {
        String name = workload.image().orElseThrow();
        return wishes.value("registry").map(registry -> registry + "/" + name).orElse(name);
    }

    private boolean sharesGpu() {
        return wishes.gpu().isPresent() && workload.gpu() != GpuNeed.NONE;
    }

    private ResourceRequirements resources() {
        Map<String, Quantity> requests = new TreeMap<>();
        Map<String, Quantity> limits = new TreeMap<>();
        // A limit on processor time would stop the tenant for parts of each tenth of a second.
        wishes.value("cpus")
                .or(() -> workload.cpus().map(PodManifest::plain))
                .ifPresent(cpus -> requests.put("cpu", new Quantity(cpus)));
        wishes.value("memory")
                .or(() -> workload.memoryBytes().map(String::valueOf))
                .ifPresent(memory -> {
                    requests.put("memory", new Quantity(memory));
                    limits.put("memory", new Quantity(memory));
                });
        if (sharesGpu()) {
            GpuResource gpu = wishes.gpu().orElseThrow();
            limits.put(gpu.resource(), new Quantity(Integer.toString(gpu.count())));
        }
        return new ResourceRequirementsBuilder()
                .withRequests(requests)
                .withLimits(limits)
                .build();
    }

    private static String plain(double cpus) {
        return Math.round(cpus * 1000) + "m";
    }

    private List<EnvVar> environment() {
        List<EnvVar> variables = new ArrayList<>();
        variables.add(fromField(NODE_VARIABLE, "spec.nodeName"));
        variables.add(fromField(POD_VARIABLE, "metadata.name"));
        if (!sharesGpu()) {
            // Many images say "all", and where NVIDIA's runtime is the default it would let every GPU in.
            variables.add(new EnvVar(VISIBLE_DEVICES, "void", null));
        }
        return variables;
    }

    private static EnvVar fromField(String name, String path) {
        return new EnvVarBuilder()
                .withName(name)
                .withNewValueFrom()
                .withNewFieldRef()
                .withFieldPath(path)
                .endFieldRef()
                .endValueFrom()
                .build();
    }

    private PodSecurityContext podSecurity() {
        PodSecurityContextBuilder security = new PodSecurityContextBuilder()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile();
        wishes.user().ifPresent(user -> security.withRunAsUser((long) user).withRunAsGroup((long) user));
        return security.build();
    }

    private static SecurityContext security() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    private List<Volume> volumes() {
        List<Volume> volumes = new ArrayList<>();
        volumes.add(new VolumeBuilder()
                .withName("scratch")
                .withNewEmptyDir()
                .withSizeLimit(new Quantity(SCRATCH))
                .endEmptyDir()
                .build());
        if (sharesGpu()) {
            volumes.add(new VolumeBuilder()
                    .withName("shared-memory")
                    .withNewEmptyDir()
                    .withMedium("Memory")
                    .withSizeLimit(new Quantity(GPU_SHARED_MEMORY))
                    .endEmptyDir()
                    .build());
        }
        return volumes;
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>();
        mounts.add(mount("scratch", "/tmp"));
        if (sharesGpu()) {
            mounts.add(mount("shared-memory", "/dev/shm"));
        }
        return mounts;
    }

    private static VolumeMount mount(String name, String path) {
        return new VolumeMountBuilder().withName(name).withMountPath(path).build();
    }

    private List<Toleration> tolerations() {
        return wishes.tolerations().stream()
                .map(wish -> new Toleration(
                        wish.effect().orElse(null),
                        wish.key(),
                        wish.value().isPresent() ? "Equal" : "Exists",
                        null,
                        wish.value().orElse(null)))
                .toList();
    }

    private Optional<Affinity> affinity(Map<String, String> together) {
        return switch (wishes.placement()) {
            case Whereabouts.Anywhere() -> Optional.empty();
            case Whereabouts.Spread() -> Optional.empty();
            case Whereabouts.SameGpu() ->
                Optional.of(new AffinityBuilder()
                        .withNewPodAffinity()
                        .addNewRequiredDuringSchedulingIgnoredDuringExecution()
                        .withTopologyKey(HOST_NAME)
                        .withNewLabelSelector()
                        .withMatchLabels(together)
                        .endLabelSelector()
                        .endRequiredDuringSchedulingIgnoredDuringExecution()
                        .endPodAffinity()
                        .build());
            case Whereabouts.OnNode(String name) -> Optional.of(onNode(name));
        };
    }

    private static Affinity onNode(String name) {
        return new AffinityBuilder()
                .withNewNodeAffinity()
                .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                .addNewNodeSelectorTerm()
                .addNewMatchField()
                .withKey("metadata.name")
                .withOperator("In")
                .withValues(name)
                .endMatchField()
                .endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .build();
    }

    private List<TopologySpreadConstraint> spread(Map<String, String> together) {
        return wishes.placement() instanceof Whereabouts.Spread
                ? List.of(new TopologySpreadConstraintBuilder()
                        .withMaxSkew(1)
                        .withTopologyKey(HOST_NAME)
                        .withWhenUnsatisfiable("DoNotSchedule")
                        .withNewLabelSelector()
                        .withMatchLabels(together)
                        .endLabelSelector()
                        .build())
                : List.of();
    }
}
