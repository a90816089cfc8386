package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.workload.Settings;
import io.gpushare.workload.Workload.GpuNeed;
import io.gpushare.workload.server.Listening;
import io.gpushare.workload.server.ServerProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What runs a plan's programs without gpushare, to be applied by hand: made by the same code as the pods of a run. */
public final class Manifests {
    private static final String VARIABLES = "gpushare-variables";
    private static final String QUOTA = "gpushare-quota";
    private static final String PORT_NAME = "http";
    private static final int PORT = 8000;

    private final RunPlan plan;

    public Manifests(RunPlan plan) {
        this.plan = plan;
    }

    /** A pod a tenant, each of which works so many seconds. */
    public String pods(long seconds) {
        List<HasMetadata> objects = common();
        for (TenantPlan tenant : plan.tenants()) {
            objects.add(new PodBuilder()
                    .withNewMetadata()
                    .withName(name(tenant))
                    .withLabels(labels(tenant))
                    .endMetadata()
                    .withSpec(ending(spec(tenant, alone(tenant, seconds))))
                    .build());
        }
        return text(objects);
    }

    /** A Job a tenant, with a volume for its data and results at {@code /data}. */
    public String jobs(long seconds) {
        List<HasMetadata> objects = common();
        for (TenantPlan tenant : plan.tenants()) {
            String claim = name(tenant) + "-data";
            objects.add(new PersistentVolumeClaimBuilder()
                    .withNewMetadata()
                    .withName(claim)
                    .withLabels(labels(tenant))
                    .endMetadata()
                    .withNewSpec()
                    .withAccessModes("ReadWriteOnce")
                    .withNewResources()
                    .withRequests(Map.of("storage", new Quantity("10Gi")))
                    .endResources()
                    .endSpec()
                    .build());
            PodSpec spec = new PodSpecBuilder(ending(spec(tenant, alone(tenant, seconds))))
                    .addNewVolume()
                    .withName("data")
                    .withNewPersistentVolumeClaim()
                    .withClaimName(claim)
                    .endPersistentVolumeClaim()
                    .endVolume()
                    .editFirstContainer()
                    .addNewVolumeMount()
                    .withName("data")
                    .withMountPath("/data")
                    .endVolumeMount()
                    .endContainer()
                    .build();
            objects.add(new JobBuilder()
                    .withNewMetadata()
                    .withName(name(tenant))
                    .withLabels(labels(tenant))
                    .endMetadata()
                    .withNewSpec()
                    .withBackoffLimit(0)
                    .withNewTemplate()
                    .withNewMetadata()
                    .withLabels(labels(tenant))
                    .endMetadata()
                    .withSpec(spec)
                    .endTemplate()
                    .endSpec()
                    .build());
        }
        return text(objects);
    }

    /**
     * A Deployment with a replica a tenant, and a Service before them.
     *
     * @param loadBalancer whether those outside of the cluster reach it
     * @throws GpushareException when a tenant is no server
     */
    public String service(boolean loadBalancer) {
        List<HasMetadata> objects = common();
        Map<String, List<TenantPlan>> alike = plan.tenants().stream()
                .collect(Collectors.groupingBy(TenantPlan::variant, TreeMap::new, Collectors.toList()));
        for (List<TenantPlan> replicas : alike.values()) {
            TenantPlan first = replicas.getFirst();
            String name = first.workload().name();
            Map<String, String> labels = Map.of("app", name);
            String health = server(first).readyPath().orElse("/");
            Container serving = new ContainerBuilder(container(first, List.of()))
                    .addNewPort()
                    .withName(PORT_NAME)
                    .withContainerPort(PORT)
                    .endPort()
                    // A model takes its time to load; only then do the others count.
                    .withStartupProbe(probe(health, 2, 90))
                    .withReadinessProbe(probe(health, 5, 2))
                    .withLivenessProbe(probe(health, 10, 3))
                    .build();
            objects.add(new DeploymentBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withLabels(labels)
                    .endMetadata()
                    .withNewSpec()
                    .withReplicas(replicas.size())
                    .withNewSelector()
                    .withMatchLabels(labels)
                    .endSelector()
                    .withNewTemplate()
                    .withNewMetadata()
                    .withLabels(labels)
                    .endMetadata()
                    .withSpec(spec(first, serving))
                    .endTemplate()
                    .endSpec()
                    .build());
            objects.add(new ServiceBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .withLabels(labels)
                    .endMetadata()
                    .withNewSpec()
                    .withType(loadBalancer ? "LoadBalancer" : "ClusterIP")
                    .withSelector(labels)
                    .addNewPort()
                    .withName(PORT_NAME)
                    .withPort(80)
                    .withNewTargetPort(PORT_NAME)
                    .endPort()
                    .endSpec()
                    .build());
        }
        return text(objects);
    }

    private static ServerProgram server(TenantPlan tenant) {
        return tenant.workload()
                .server()
                .orElseThrow(() -> new GpushareException(
                        ExitStatus.USAGE,
                        "the workload '" + tenant.workload().name() + "' is no server",
                        "Render it --as jobs or pods; `gpushare workloads list` tells which are servers."));
    }

    private static Probe probe(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(PORT_NAME)
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(5)
                .withFailureThreshold(failures)
                .build();
    }

    /** What all of them share, and a bound on what they may take together. */
    private List<HasMetadata> common() {
        List<HasMetadata> objects = new ArrayList<>();
        objects.add(new ConfigMapBuilder()
                .withNewMetadata()
                .withName(VARIABLES)
                .endMetadata()
                .withData(new TreeMap<>(Map.of("HOME", "/tmp", "USER", "gpushare", "LOGNAME", "gpushare")))
                .build());
        Map<String, Quantity> hard = new TreeMap<>();
        hard.put("pods", new Quantity(Integer.toString(plan.tenants().size())));
        plan.kubernetes()
                .gpu()
                .ifPresent(gpu ->
                        hard.put("requests." + gpu.resource(), new Quantity(Long.toString(gpu.count() * users()))));
        objects.add(new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName(QUOTA)
                .endMetadata()
                .withNewSpec()
                .withHard(hard)
                .endSpec()
                .build());
        return objects;
    }

    private long users() {
        return plan.tenants().stream()
                .filter(tenant -> tenant.workload().gpu() != GpuNeed.NONE)
                .count();
    }

    private static String name(TenantPlan tenant) {
        return tenant.workload().name() + "-" + tenant.number();
    }

    private static Map<String, String> labels(TenantPlan tenant) {
        return new TreeMap<>(Map.of("app", tenant.workload().name()));
    }

    private static List<String> alone(TenantPlan tenant, long seconds) {
        boolean speaks = tenant.workload().foreign().isEmpty()
                && tenant.workload().server().isEmpty();
        return speaks ? List.of("--alone", Long.toString(seconds)) : List.of();
    }

    private Container container(TenantPlan tenant, List<String> more) {
        List<String> command = Stream.of(
                        tenant.workload().command(), Settings.arguments(tenant.workload(), tenant.settings()), more)
                .flatMap(List::stream)
                .toList();
        Map<String, String> chosen = Listening.at(Listening.EVERYWHERE, PORT);
        chosen.put(Listening.MEMORY_FRACTION, plan.memoryFraction());
        ContainerBuilder container = new ContainerBuilder(
                        new PodManifest(tenant.workload(), plan.kubernetes()).container())
                .withCommand(Listening.filled(command, chosen))
                .addNewEnvFrom()
                .withNewConfigMapRef(VARIABLES, false)
                .endEnvFrom();
        new TreeMap<>(tenant.workload().environment())
                .forEach((variable, value) -> container
                        .addNewEnv()
                        .withName(variable)
                        .withValue(value)
                        .endEnv());
        return container.build();
    }

    private PodSpec spec(TenantPlan tenant, List<String> more) {
        return spec(tenant, container(tenant, more));
    }

    private PodSpec spec(TenantPlan tenant, Container container) {
        return new PodManifest(tenant.workload(), plan.kubernetes()).spec(container);
    }

    private static PodSpec ending(PodSpec spec) {
        return new PodSpecBuilder(spec).withRestartPolicy("Never").build();
    }

    /** One after another, as {@code kubectl apply -f} takes them. */
    private static String text(List<HasMetadata> objects) {
        return objects.stream()
                .map(object -> Serialization.asYaml(object).strip())
                .map(yaml -> yaml.startsWith("---") ? yaml : "---\n" + yaml)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
