package io.gpushare.doctor;

import io.gpushare.doctor.KubernetesCheck.KubernetesView;
import io.gpushare.process.Command;
import io.gpushare.process.CommandException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Is there a cluster that this user could use? It is contacted only when a configuration names one. */
final class KubernetesCheck implements Check<KubernetesView> {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Machine machine;

    KubernetesCheck(Machine machine) {
        this.machine = machine;
    }

    sealed interface KubernetesView {
        /** A cluster runs this program, and gave it an account. */
        record InCluster() implements KubernetesView {}

        record Answering(Path configuration) implements KubernetesView {}

        record Silent(Path configuration, String why) implements KubernetesView {}

        record NotAsked(Path configuration) implements KubernetesView {}

        record Unconfigured() implements KubernetesView {}

        default Optional<Obstacle> obstacle() {
            return switch (this) {
                case InCluster() -> Optional.empty();
                case Answering answering -> Optional.empty();
                case Silent(Path configuration, String why) ->
                    Optional.of(Obstacle.of(
                            "the cluster of " + configuration + " does not answer: " + why, "kubectl cluster-info"));
                case NotAsked(Path configuration) ->
                    Optional.of(Obstacle.of(
                            "kubectl is not on the PATH, so the cluster of " + configuration + " was not asked",
                            "Install kubectl: https://kubernetes.io/docs/tasks/tools"));
                case Unconfigured() ->
                    Optional.of(Obstacle.of(
                            "no cluster is configured: there is no kubeconfig",
                            "Set KUBECONFIG, or put the file at ~/.kube/config."));
            };
        }
    }

    @Override
    public String id() {
        return "kubernetes";
    }

    @Override
    public String title() {
        return "Kubernetes";
    }

    @Override
    public KubernetesView look() throws InterruptedException {
        Optional<Path> configuration = configuration();
        if (configuration.isEmpty()) {
            Path token = machine.file("var/run/secrets/kubernetes.io/serviceaccount/token");
            return Files.exists(token) ? new KubernetesView.InCluster() : new KubernetesView.Unconfigured();
        }
        return machine.runner().find("kubectl").isPresent()
                ? ask(configuration.get())
                : new KubernetesView.NotAsked(configuration.get());
    }

    /** KUBECONFIG may name several files; those that are missing are passed over, as kubectl does. */
    private Optional<Path> configuration() {
        Stream<Path> files = machine.variable("KUBECONFIG")
                .map(list -> Stream.of(list.split(":"))
                        .filter(file -> !file.isBlank())
                        .map(Path::of))
                .orElseGet(() -> Stream.of(machine.home().resolve(".kube/config")));
        return files.filter(Files::exists).findFirst();
    }

    private KubernetesView ask(Path configuration) throws InterruptedException {
        Command question = Command.of("kubectl", "get", "--raw", "/readyz", "--request-timeout=1s")
                .timeout(PATIENCE);
        try {
            machine.runner().run(question).requireSuccess("reach the cluster");
            return new KubernetesView.Answering(configuration);
        } catch (CommandException e) {
            return new KubernetesView.Silent(configuration, e.sentence());
        }
    }

    @Override
    public List<Finding> findings(KubernetesView view) {
        return List.of(
                switch (view) {
                    case KubernetesView.InCluster() ->
                        Finding.ok("cluster", "cluster", "this program runs in one, with a service account")
                                .values(values("in_cluster"));
                    case KubernetesView.Answering(Path configuration) ->
                        Finding.ok("cluster", "cluster", "the one of " + configuration + " answers")
                                .values(values("answering"));
                    case KubernetesView.Silent silent -> obstructed(silent, Finding.State.BROKEN, "silent");
                    case KubernetesView.NotAsked notAsked -> obstructed(notAsked, Finding.State.MISSING, "not_asked");
                    case KubernetesView.Unconfigured none -> obstructed(none, Finding.State.MISSING, "unconfigured");
                });
    }

    private static Finding obstructed(KubernetesView view, Finding.State state, String cluster) {
        Obstacle obstacle = view.obstacle().orElseThrow();
        return new Finding(
                "cluster",
                "cluster",
                state,
                obstacle.why(),
                obstacle.mend(),
                values(cluster).asMap());
    }

    private static Values values(String cluster) {
        return new Values().put("cluster", cluster);
    }
}
