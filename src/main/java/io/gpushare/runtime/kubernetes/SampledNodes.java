package io.gpushare.runtime.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.KubernetesWishes;
import io.gpushare.process.ProgramOutput;
import io.gpushare.reading.Reading;
import io.gpushare.runtime.ClockOffset;
import io.gpushare.runtime.TenantNode;
import io.gpushare.runtime.elsewhere.LastWords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The nodes of a run, on each of which gpushare can be started, in a pod of its own. Pods are made for the first. */
final class SampledNodes {
    private static final String PROGRAM = "gpushare";

    private final Cluster cluster;
    private final KubernetesWishes wishes;
    private final RunPods pods;
    private final List<String> names;
    private final Map<String, WaitingPod> made = new HashMap<>();
    private Optional<GpushareException> refused = Optional.empty();

    SampledNodes(Cluster cluster, KubernetesWishes wishes, RunPods pods, Collection<String> names) {
        this.cluster = cluster;
        this.wishes = wishes;
        this.pods = pods;
        this.names = List.copyOf(names);
    }

    TenantNode node(String name) {
        return new Node(name);
    }

    private synchronized WaitingPod pod(String node) throws InterruptedException {
        if (made.isEmpty() && refused.isEmpty()) {
            try {
                pods.samplers(image(), names).forEach(pod -> made.put(pod.node(), pod));
            } catch (GpushareException whyNot) {
                refused = Optional.of(whyNot);
            } catch (KubernetesClientException failed) {
                refused = Optional.of(cluster.failure("no pod that samples nodes can be made", failed));
            }
        }
        return Optional.ofNullable(made.get(node)).orElseThrow(() -> refused.orElseGet(() -> none(node)));
    }

    private static GpushareException none(String node) {
        return new GpushareException(ExitStatus.UNABLE, "there is no pod on the node " + node, null);
    }

    private String image() {
        return wishes.value("sampler")
                .orElseThrow(() -> new GpushareException(
                        ExitStatus.UNABLE,
                        "no image is named in which gpushare could look at them",
                        "--kubernetes sampler=IMAGE names one."));
    }

    private final class Node implements TenantNode {
        private final String name;

        Node(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        /** A pod sees its own processes only. */
        @Override
        public boolean knowsProcesses() {
            return false;
        }

        @Override
        public Reading<ClockOffset> clock() throws InterruptedException {
            return pod(name).helper().clock();
        }

        @Override
        public OwnProgram start(List<String> arguments, ProgramOutput output) throws InterruptedException {
            WaitingPod pod = pod(name);
            if (!pod.helper().hasProgram(PROGRAM)) {
                throw new GpushareException(
                        ExitStatus.UNABLE,
                        "the image " + image() + " has no program gpushare on its PATH",
                        "docs/kubernetes.md says how to make one.");
            }
            LastWords said = new LastWords(output);
            List<String> command = new ArrayList<>(List.of(PROGRAM));
            command.addAll(arguments);
            try {
                return new Exec(ExecPipe.started(cluster, pod.name(), said, command), said);
            } catch (KubernetesClientException failed) {
                throw new GpushareException(
                        ExitStatus.FAILED,
                        "nothing can be started in the pod " + pod.name() + ": " + cluster.words(failed),
                        null,
                        failed);
            }
        }
    }

    private record Exec(ExecPipe pipe, LastWords said) implements TenantNode.OwnProgram {
        @Override
        public void send(byte[] line) throws IOException {
            pipe.send(line);
        }

        @Override
        public CompletableFuture<String> end() {
            return pipe.end().thenApply(end -> switch (end) {
                case PipeEnd.Exited(int status) -> said.endWords("it ended with status " + status);
                case PipeEnd.Broken(String reason) -> "the connection to its pod broke: " + reason;
            });
        }

        @Override
        public void close() {
            pipe.close();
        }
    }
}
