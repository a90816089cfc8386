package io.gpushare.study.metric;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.stored.StoredRun;
import java.util.Optional;
import java.util.stream.Collectors;

/** What of a run's surroundings decides what it may be compared with. */
public record RunFacts(String gpu, String card, String driver, String host, String runtime) {
    public static final String NO_GPU = "no GPU";
    /** The identifier of a simulated card follows the seed, and its model does not. */
    private static final String SIMULATED = "simulated";

    private static final String UNKNOWN = "unknown";

    public static RunFacts of(StoredRun stored) {
        RunResult run = stored.result();
        JsonNode gpu = run.environment().path("gpus").path(0);
        return new RunFacts(
                text(gpu, "name")
                        .map(RunFacts::withoutSimulated)
                        .or(() -> elsewhere(run, "name"))
                        .orElse(NO_GPU),
                run.simulated()
                        ? simulated(run, gpu)
                        : text(gpu, "uuid")
                                .or(() -> elsewhere(run, "uuid"))
                                .or(() -> Optional.of(nodes(run)).filter(names -> !names.isEmpty()))
                                .orElse(UNKNOWN),
                text(run.environment().path("driver"), "driver_version").orElse(UNKNOWN),
                host(run),
                runtime(run));
    }

    private static String simulated(RunResult run, JsonNode gpu) {
        return run.plan().gpu().several()
                ? SIMULATED + " GPU " + gpu.path("index").asInt()
                : SIMULATED;
    }

    /** By the word of its tenants, who used GPUs of other machines. */
    private static Optional<String> elsewhere(RunResult run, String what) {
        if (nodes(run).isEmpty()) {
            return Optional.empty();
        }
        String said = run.tenants().stream()
                .flatMap(tenant -> tenant.start().said().stream())
                .flatMap(words -> text(words.path("device"), what).stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" and "));
        return Optional.of(said).filter(some -> !some.isEmpty());
    }

    /** Those on which tenants ran, or the machine itself. */
    private static String host(RunResult run) {
        String nodes = nodes(run);
        return nodes.isEmpty()
                ? text(run.environment().path("host"), "name").orElse(UNKNOWN) + "/"
                        + text(run.environment().path("host"), "cpu_model").orElse(UNKNOWN)
                : nodes;
    }

    private static String nodes(RunResult run) {
        return run.environment()
                .path("runtime")
                .path("nodes")
                .valueStream()
                .map(JsonNode::asText)
                .collect(Collectors.joining(","));
    }

    /** Sections say it themselves, once. */
    private static String withoutSimulated(String name) {
        return name.replace(" (simulated)", "");
    }

    /** Without its processor. */
    public Optional<String> hostName() {
        String name = host.substring(0, host.indexOf('/') < 0 ? host.length() : host.indexOf('/'));
        return name.equals(UNKNOWN) ? Optional.empty() : Optional.of(name);
    }

    public boolean hasGpu() {
        return !gpu.equals(NO_GPU);
    }

    private static String runtime(RunResult run) {
        JsonNode runtime = run.environment().path("runtime");
        if (run.simulated()) {
            return "sim";
        }
        if (runtime.has("engine")) {
            return "docker";
        }
        return text(runtime, "kind")
                .or(() -> text(run.plan().document(), "runtime"))
                .orElse(UNKNOWN);
    }

    private static Optional<String> text(JsonNode node, String name) {
        return node.path(name).isTextual() ? Optional.of(node.path(name).textValue()) : Optional.empty();
    }
}
