package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.time.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A namespace of a cluster, and how it is spoken to. */
final class Cluster implements AutoCloseable {
    /** Of a request that the API server does not answer. */
    private static final int PATIENCE_MS = 10_000;

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(300);
    private static final String ADVICE =
            "`kubectl cluster-info` tells which cluster is meant; --kubernetes context=NAME chooses another.";

    private final KubernetesClient client;
    private final String context;
    private final String namespace;
    private final Time time;

    private Cluster(KubernetesClient client, String context, String namespace, Time time) {
        this.client = client;
        this.context = context;
        this.namespace = namespace;
        this.time = time;
    }

    /**
     * As {@code kubectl} finds it: by {@code KUBECONFIG}, in the user's home, or around the pod that this is.
     *
     * @param context the current one where it is empty
     * @param namespace the context's where it is empty
     */
    static Cluster open(Optional<String> context, Optional<String> namespace, Time time) {
        Config found = Config.autoConfigure(context.orElse(null));
        if (found.getFile() == null && !Files.exists(Path.of(Config.KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH))) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "no Kubernetes cluster is configured here",
                    "Name the file that says where it is: KUBECONFIG=FILE, or ~/.kube/config.");
        }
        if (context.isPresent()
                && found.getContexts().stream()
                        .noneMatch(known -> known.getName().equals(context.get()))) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    "there is no context '" + context.get() + "' in the configuration of Kubernetes",
                    "There are: "
                            + found.getContexts().stream()
                                    .map(known -> known.getName())
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        String name = found.getCurrentContext() == null
                ? ""
                : found.getCurrentContext().getName();
        String space = namespace
                .or(() -> Optional.ofNullable(found.getNamespace()))
                .filter(said -> !said.isBlank())
                .orElse("default");
        return of(found, name, space, time);
    }

    static Cluster of(Config config, String context, String namespace, Time time) {
        Config settled = new ConfigBuilder(config)
                .withNamespace(namespace)
                .withRequestTimeout(PATIENCE_MS)
                .withConnectionTimeout(PATIENCE_MS)
                // Whoever asks knows how long it may take.
                .withRequestRetryBackoffLimit(0)
                .withHttp2Disable(true)
                .build();
        return new Cluster(
                new KubernetesClientBuilder()
                        .withConfig(settled)
                        .withHttpClientFactory(new JdkHttpClientFactory())
                        .build(),
                context,
                namespace,
                time);
    }

    KubernetesClient client() {
        return client;
    }

    /** Empty inside of the cluster. */
    String context() {
        return context;
    }

    String namespace() {
        return namespace;
    }

    String server() {
        return client.getMasterUrl().toString();
    }

    /**
     * Asks again as long as the API server is away or overloaded.
     *
     * @throws KubernetesClientException when it refuses, or is away for longer
     */
    <T> T patiently(Duration patience, Supplier<T> request) throws InterruptedException {
        return again(patience, Cluster::passes, request);
    }

    /** Also when it refuses what it has allowed: one that has only just started knows nobody. */
    <T> T stubbornly(Duration patience, Supplier<T> request) throws InterruptedException {
        return again(patience, _ -> true, request);
    }

    private <T> T again(Duration patience, Predicate<KubernetesClientException> passes, Supplier<T> request)
            throws InterruptedException {
        long end = time.nanos() + patience.toNanos();
        while (true) {
            try {
                return request.get();
            } catch (KubernetesClientException failure) {
                if (!passes.test(failure) || time.nanos() - end >= 0) {
                    throw failure;
                }
            }
            time.sleep(BETWEEN_TRIES);
        }
    }

    private static boolean passes(KubernetesClientException failure) {
        // Two that change a quota at the same time are told of a conflict.
        boolean conflict = failure.getCode() == 409 && !alreadyExists(failure);
        return away(failure) || conflict || failure.getCode() == 429 || failure.getCode() >= 500;
    }

    /** Whether nobody answered. */
    static boolean away(KubernetesClientException failure) {
        return failure.getCode() <= 0;
    }

    static boolean alreadyExists(KubernetesClientException failure) {
        return failure.getStatus() != null
                && "AlreadyExists".equals(failure.getStatus().getReason());
    }

    /** A part of a sentence. */
    String words(KubernetesClientException failure) {
        if (away(failure)) {
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            return "the API server " + server() + " does not answer: " + why;
        }
        String said = failure.getStatus() == null || failure.getStatus().getMessage() == null
                ? String.valueOf(failure.getMessage())
                : failure.getStatus().getMessage();
        return said.strip() + " (" + failure.getCode() + ")";
    }

    /** @param what could not be done, as in {@code the pods cannot be listed} */
    GpushareException failure(String what, KubernetesClientException failure) {
        return new GpushareException(ExitStatus.UNABLE, what + ": " + words(failure), ADVICE, failure);
    }

    @Override
    public void close() {
        client.close();
    }
}
