package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.runtime.elsewhere.OwnerMark;
import io.gpushare.time.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pods of a run, one a tenant. Tenants that run together have theirs from the begin, others one after another. */
final class RunPods implements AutoCloseable {
    private static final class Log {
        static final Logger log = LoggerFactory.getLogger(RunPods.class);
    }

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The cluster ends pods that long after the run should have, whatever became of gpushare. */
    private static final Duration MARGIN = Duration.ofMinutes(5);

    /** Nothing but readings hangs on them. */
    private static final Duration SAMPLERS_PATIENCE = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final RunPlan plan;
    private final RunRecords records;
    private final Time time;
    private final Consumer<String> note;
    private final BooleanSupplier unwanted;
    private final PodOwner owner;
    private final Map<Integer, WaitingPod> pods = new ConcurrentHashMap<>();
    private final List<WaitingPod> samplers = new CopyOnWriteArrayList<>();
    private int made;
    private String runId = "";

    private RunPods(
            Cluster cluster,
            RunPlan plan,
            RunRecords records,
            Time time,
            Consumer<String> note,
            BooleanSupplier unwanted,
            PodOwner owner) {
        this.cluster = cluster;
        this.plan = plan;
        this.records = records;
        this.time = time;
        this.note = note;
        this.unwanted = unwanted;
        this.owner = owner;
    }

    /**
     * @param name of their owner, used once
     * @param note told what they wait for
     * @param unwanted whether nobody waits for them any more
     */
    static RunPods open(
            Cluster cluster,
            RunPlan plan,
            String name,
            RunRecords records,
            Time time,
            Consumer<String> note,
            BooleanSupplier unwanted)
            throws InterruptedException {
        OwnerMark mark = OwnerMark.ofThisProcess();
        records.add(new RunRecords.Begun(cluster.context(), cluster.namespace(), cluster.server(), name, mark));
        PodOwner owner;
        try {
            owner = PodOwner.created(cluster, name, mark);
        } catch (KubernetesClientException refused) {
            if (!Cluster.away(refused)) {
                records.remove(name); // It was told, and made nothing.
            }
            throw cluster.failure("nothing can be made in the namespace " + cluster.namespace(), refused);
        }
        RunPods opened = new RunPods(cluster, plan, records, time, note, unwanted, owner);
        boolean complete = false;
        try {
            if (plan.mode().concurrent()) {
                opened.make(plan.tenants());
            }
            complete = true;
            return opened;
        } finally {
            if (!complete) {
                opened.close();
            }
        }
    }

    private void make(List<TenantPlan> tenants) throws InterruptedException {
        Set<String> names = new TreeSet<>();
        for (TenantPlan tenant : tenants) {
            names.add(created(tenant));
        }
        PodWait wait = new PodWait(cluster, owner, plan.kubernetes().patience(), time, note, unwanted);
        List<Pod> running = wait.until(names);
        List<WaitingPod> attached = attached(running);
        for (int index = 0; index < running.size(); index++) {
            pods.put(PodLabels.tenant(running.get(index)), attached.get(index));
        }
    }

    /**
     * Pods in which gpushare can look at the GPUs of these nodes, in their order. They go with the others.
     *
     * @throws GpushareException with the reason why one of them does not run; none is left then
     */
    List<WaitingPod> samplers(String image, Collection<String> nodes) throws InterruptedException {
        Set<String> names = new LinkedHashSet<>();
        boolean complete = false;
        try {
            for (String node : nodes) {
                String name = owner.name() + "-sampler" + (names.size() + 1);
                names.add(name);
                PodSpec spec = new PodManifest(plan.tenants().getFirst().workload(), plan.kubernetes())
                        .sampling(image, node, longestSeconds());
                create(name, PodLabels.ofOwner(owner.name()), spec, "to sample the node " + node);
            }
            List<Pod> running = new PodWait(cluster, owner, SAMPLERS_PATIENCE, time, note, unwanted).until(names);
            samplers.addAll(attached(running));
            complete = true;
            return List.copyOf(samplers);
        } finally {
            if (!complete) {
                for (String name : names) {
                    delete(name);
                }
            }
        }
    }

    /** Each needs a connection of its own: none waits for the others. */
    private List<WaitingPod> attached(List<Pod> running) throws InterruptedException {
        try (ExecutorService attaching = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<WaitingPod>> begun = running.stream()
                    .map(pod -> attaching.submit(() -> WaitingPod.attached(cluster, pod, time)))
                    .toList();
            List<WaitingPod> attached = new ArrayList<>();
            for (Future<WaitingPod> one : begun) {
                attached.add(one.get());
            }
            return attached;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof KubernetesClientException refused) {
                throw cluster.failure("nothing can be told to a pod of the run", refused);
            }
            throw new IllegalStateException(failed);
        }
    }

    /** @return its name */
    private String created(TenantPlan tenant) throws InterruptedException {
        made++;
        String name =
                owner.name() + "-" + tenant.number() + (made > plan.tenants().size() ? "-" + made : "");
        Map<String, String> labels = new TreeMap<>(PodLabels.ofOwner(owner.name()));
        labels.put(PodLabels.TENANT, Integer.toString(tenant.number()));
        labels.put(PodLabels.WORKLOAD, tenant.workload().name());
        create(
                name,
                labels,
                new PodManifest(tenant.workload(), plan.kubernetes()).waiting(owner.label(), longestSeconds()),
                "for tenant " + tenant.number());
        return name;
    }

    private long longestSeconds() {
        return plan.timeout().plus(MARGIN).toSeconds();
    }

    private void create(String name, Map<String, String> labels, PodSpec spec, String purpose)
            throws InterruptedException {
        Pod wanted = new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .withOwnerReferences(owner.reference())
                .endMetadata()
                .withSpec(spec)
                .build();
        try {
            var made = cluster.client().pods().inNamespace(cluster.namespace());
            cluster.patiently(
                    PATIENCE,
                    PodOwner.orThatOf(
                            () -> made.resource(wanted).create(),
                            () -> made.withName(name).require()));
        } catch (KubernetesClientException refused) {
            if (Cluster.away(refused)) {
                throw cluster.failure("no pod can be made " + purpose, refused);
            }
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "the cluster takes no pod " + purpose + ": " + cluster.words(refused),
                    "What it takes in the namespace: kubectl describe quota,limitrange -n " + cluster.namespace(),
                    refused);
        }
    }

    /** In which this tenant is to run, now. */
    synchronized WaitingPod of(int tenant) throws InterruptedException {
        if (!plan.mode().concurrent()) {
            for (int other : List.copyOf(pods.keySet())) {
                if (other != tenant) {
                    remove(other); // It would keep a GPU from this one.
                }
            }
        }
        WaitingPod known = pods.get(tenant);
        if (known != null && known.alive()) {
            return known;
        }
        remove(tenant);
        make(List.of(plan.tenants().get(tenant)));
        return Objects.requireNonNull(pods.get(tenant), "it was made just now");
    }

    private void remove(int tenant) throws InterruptedException {
        WaitingPod pod = pods.remove(tenant);
        if (pod != null) {
            pod.close();
            delete(pod.name());
        }
    }

    private void delete(String pod) throws InterruptedException {
        cluster.patiently(
                PATIENCE,
                () -> cluster.client()
                        .pods()
                        .inNamespace(cluster.namespace())
                        .withName(pod)
                        .withGracePeriod(0)
                        .delete());
    }

    /** From here on they carry the run's own id. */
    synchronized void label(String id) throws InterruptedException {
        if (runId.equals(id)) {
            return;
        }
        runId = id;
        try {
            cluster.patiently(PATIENCE, () -> {
                owner.label(cluster, id);
                return true;
            });
        } catch (KubernetesClientException refused) {
            Log.log.warn("pods of {} do not carry the run's id: {}", owner.name(), cluster.words(refused));
        }
    }

    List<WaitingPod> all() {
        return List.copyOf(pods.values());
    }

    String name() {
        return owner.name();
    }

    /** Deletes all of them, also when the thread is interrupted. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            new ArrayList<>(pods.values()).forEach(WaitingPod::close);
            samplers.forEach(WaitingPod::close);
            owner.delete(cluster, time);
            records.remove(owner.name());
        } catch (KubernetesClientException failed) {
            mayBeLeft(cluster.words(failed));
        } catch (GpushareException doNotEnd) {
            mayBeLeft(doNotEnd.sentence());
        } catch (InterruptedException ending) {
            interrupted = true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void mayBeLeft(String why) {
        Log.log.warn(
                "The pods of {} may be left in the namespace {}: {}. Once the cluster answers: gpushare cleanup",
                owner.name(),
                cluster.namespace(),
                why);
    }
}
