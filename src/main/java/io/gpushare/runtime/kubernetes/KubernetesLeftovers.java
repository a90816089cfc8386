package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.process.RunOwner;
import io.gpushare.runtime.Leftover;
import io.gpushare.runtime.LeftoverSource;
import io.gpushare.runtime.elsewhere.OwnerMark;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What runs left in clusters: in those namespaces in which one began of which nobody knows that it ended. No cluster is
 * asked where there is none.
 */
public final class KubernetesLeftovers implements LeftoverSource {
    private static final String KIND = "Kubernetes run";

    private final RunRecords records;
    private final Time time;

    /** @param state folder in which gpushare remembers what it has changed */
    public KubernetesLeftovers(Path state, Time time) {
        this.records = new RunRecords(state);
        this.time = time;
    }

    @Override
    public String what() {
        return "pods";
    }

    private record Place(String context, String namespace) {}

    @Override
    public List<Leftover> find() throws InterruptedException {
        List<RunRecords.Begun> begun = records.all();
        Set<Place> places = new LinkedHashSet<>();
        begun.forEach(run -> places.add(new Place(run.context(), run.namespace())));
        List<Leftover> found = new ArrayList<>();
        for (Place place : places) {
            try (Cluster cluster = open(place)) {
                List<ConfigMap> owners = PodOwner.all(cluster);
                owners.forEach(owner -> found.add(leftover(owner, place)));
                for (RunRecords.Begun run : begun) {
                    if (place.equals(new Place(run.context(), run.namespace()))) {
                        requireSameCluster(run, cluster);
                        forgetWhatIsGone(run, owners);
                    }
                }
            }
        }
        return found;
    }

    private static void requireSameCluster(RunRecords.Begun run, Cluster cluster) {
        if (!run.server().equals(cluster.server())) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "the run " + run.name() + " had pods in the cluster " + run.server()
                            + ", and Kubernetes is configured for " + cluster.server() + " now",
                    "Set KUBECONFIG as it was then.");
        }
    }

    /** A run that goes on may not have made anything yet. */
    private void forgetWhatIsGone(RunRecords.Begun run, List<ConfigMap> owners) {
        boolean there = owners.stream()
                .anyMatch(owner -> run.name().equals(owner.getMetadata().getName()));
        boolean over = run.mark()
                .seenFromHere()
                .filter(owner -> owner.state() == RunOwner.State.GONE)
                .isPresent();
        if (!there && over) {
            records.remove(run.name());
        }
    }

    private Cluster open(Place place) {
        return Cluster.open(
                Optional.of(place.context()).filter(name -> !name.isEmpty()), Optional.of(place.namespace()), time);
    }

    private static Leftover leftover(ConfigMap owner, Place place) {
        String name = owner.getMetadata().getName();
        Map<String, String> annotations =
                Objects.requireNonNullElse(owner.getMetadata().getAnnotations(), Map.of());
        return new Leftover(
                KIND,
                place.context() + "\n" + place.namespace() + "\n" + name + "\n"
                        + owner.getMetadata().getUid(),
                name + " in the namespace " + place.namespace(),
                owner.getMetadata().getLabels().getOrDefault(PodLabels.RUN, name),
                PodLabels.mark(annotations).flatMap(OwnerMark::seenFromHere));
    }

    @Override
    public void remove(Leftover leftover) throws InterruptedException {
        String[] parts = leftover.id().split("\n", -1);
        try (Cluster cluster = open(new Place(parts[0], parts[1]))) {
            PodOwner owner = new PodOwner(parts[2], parts[3]);
            owner.deleteOr(cluster, time, "the pods of " + leftover.name() + " cannot be deleted");
            records.remove(owner.name());
        }
    }
}
