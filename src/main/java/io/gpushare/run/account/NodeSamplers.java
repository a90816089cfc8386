package io.gpushare.run.account;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.RunPlan;
import io.gpushare.process.ProgramOutput;
import io.gpushare.reading.Reading;
import io.gpushare.run.stage.Bench;
import io.gpushare.runtime.ClockOffset;
import io.gpushare.runtime.TenantNode;
import io.gpushare.runtime.TenantNode.OwnProgram;
import io.gpushare.sampling.RemoteSampler;
import io.gpushare.sampling.samples.PhaseBorder;
import io.gpushare.sampling.samples.SampleListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Samplers of gpushare's own on the machines elsewhere on which tenants run. A node on which there is none costs its
 * readings, with the reason, and nothing else.
 */
final class NodeSamplers implements AutoCloseable {
    /** A prolog of the site may come first. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<Node> nodes = new CopyOnWriteArrayList<>();
    private final Map<String, String> without = new TreeMap<>();
    private final Map<String, String> sameMachine = new HashMap<>();
    private volatile boolean beginning = true;

    private record Node(
            RemoteSampler sampler,
            OwnProgram program,
            ClockOffset clock,
            NodeProcesses processes,
            boolean known,
            Set<String> lost) {}

    private NodeSamplers() {}

    /** Returns when those that can be had have begun. */
    static NodeSamplers start(RunPlan plan, Bench bench) {
        NodeSamplers samplers = new NodeSamplers();
        if (!plan.gpusElsewhere()) {
            return samplers;
        }
        boolean begun = false;
        try {
            for (TenantNode node : bench.runtime().nodes()) {
                samplers.start(node, plan, bench);
            }
            bench.stopRequest().onRequest(samplers::giveUp);
            samplers.awaitBegin();
            begun = true;
            return samplers;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return new NodeSamplers();
        } finally {
            if (!begun) {
                samplers.close();
            }
        }
    }

    private void start(TenantNode node, RunPlan plan, Bench bench) throws InterruptedException {
        NodeProcesses processes = new NodeProcesses(node.name());
        RemoteSampler sampler = new RemoteSampler(node.name(), bench.time(), processes);
        OwnProgram program;
        try {
            program = node.start(RemoteSampler.arguments(plan.samplingInterval()), outputTo(sampler));
        } catch (GpushareException missing) {
            String advice = missing.advice().map(words -> ". " + words).orElse("");
            without.put(node.name(), missing.sentence() + advice);
            return;
        }
        var _ = program.end().thenAccept(sampler::ended);
        switch (node.clock()) {
            case Reading.Absent<ClockOffset>(var absence) -> {
                program.close();
                without.put(node.name(), absence.reason());
            }
            case Reading.Value<ClockOffset>(ClockOffset clock) -> {
                sampler.started(program::send, clock.aheadNanos());
                nodes.add(new Node(sampler, program, clock, processes, node.knowsProcesses(), new HashSet<>()));
            }
        }
    }

    private static ProgramOutput outputTo(RemoteSampler sampler) {
        return new ProgramOutput() {
            @Override
            public void stdout(byte[] bytes, int offset, int count) {
                sampler.printed(bytes, offset, count);
            }

            @Override
            public void stderr(byte[] bytes, int offset, int count) {
                // Part of the words on its end.
            }
        };
    }

    private void awaitBegin() throws InterruptedException {
        try {
            begin();
        } finally {
            beginning = false;
        }
    }

    private void begin() throws InterruptedException {
        Map<String, String> owners = new HashMap<>();
        for (Node node : List.copyOf(nodes)) {
            String name = node.sampler().node();
            if (!node.sampler().begins(PATIENCE)) {
                leaveOut(node);
                without.put(name, failed(node).orElse("its sampler did not begin"));
                continue;
            }
            Optional<String> owner = gpus(node).stream()
                    .flatMap(gpu -> Optional.ofNullable(owners.get(gpu)).stream())
                    .findFirst();
            if (owner.isPresent()) {
                leaveOut(node);
                sameMachine.put(name, owner.get());
            } else {
                gpus(node).forEach(gpu -> owners.put(gpu, name));
            }
        }
    }

    /** Who wants to end does not wait for what has not begun. */
    private void giveUp() {
        if (beginning) {
            nodes.forEach(node -> node.sampler().ended("the run was ended before it began"));
        }
    }

    private static Optional<String> failed(Node node) {
        return node.sampler().failure().map(why -> "its sampler failed: " + why);
    }

    private void leaveOut(Node node) {
        nodes.remove(node);
        node.program().close();
    }

    private static List<String> gpus(Node node) {
        List<String> uuids = new ArrayList<>();
        node.sampler()
                .identity()
                .path("gpus")
                .forEach(gpu -> uuids.add(gpu.path("uuid").asText()));
        return uuids;
    }

    /** One name for each machine: where several nodes are one machine, its GPUs are sampled once. */
    String machine(String node) {
        return sameMachine.getOrDefault(node, node);
    }

    List<RemoteSampler> samplers() {
        return nodes.stream().map(Node::sampler).toList();
    }

    /** Why GPUs of these nodes are not sampled, in sentences. */
    List<String> warnings() {
        Map<String, List<String>> byReason = new LinkedHashMap<>();
        without.forEach((node, why) ->
                byReason.computeIfAbsent(why, _ -> new ArrayList<>()).add(node));
        return byReason.entrySet().stream()
                .map(reason -> "GPUs of the node" + (reason.getValue().size() == 1 ? " " : "s ")
                        + String.join(", ", reason.getValue()) + " were not sampled: " + reason.getKey())
                .toList();
    }

    /** That time is over: what failed by now has not sampled all of it. */
    void measured(String phase) {
        nodes.stream()
                .filter(node -> node.sampler().failure().isPresent())
                .forEach(node -> node.lost().add(phase));
    }

    /** Why this time was not sampled on a node, a part of a sentence; empty where it was. */
    Optional<String> fault(String node, String phase) {
        return switch (find(node).orElse(null)) {
            case null -> Optional.of(without.containsKey(node) ? without.get(node) : "there is no sampler");
            case Node known -> known.lost().contains(phase) ? failed(known) : Optional.empty();
        };
    }

    /** On which GPUs there were which processes; empty where processes there have other numbers for the driver. */
    Optional<NodeProcesses> processes(String node) {
        return find(node).filter(Node::known).map(Node::processes);
    }

    /** By their UUIDs. */
    List<String> gpus(String node) {
        return find(node).map(NodeSamplers::gpus).orElse(List.of());
    }

    private Optional<Node> find(String node) {
        return nodes.stream()
                .filter(known -> known.sampler().node().equals(machine(node)))
                .findFirst();
    }

    /** To be told which phases begin, by the clock of this machine. */
    SampleListener borders() {
        return new SampleListener() {
            @Override
            public void phaseBegan(PhaseBorder border) {
                nodes.forEach(node -> node.processes().phaseBegan(border));
            }
        };
    }

    /** Whether there are such machines. */
    boolean any() {
        return !nodes.isEmpty() || !without.isEmpty();
    }

    /** For the result. */
    ArrayNode description() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Node node : nodes) {
            ObjectNode one = array.addObject().put("node", node.sampler().node());
            one.set("driver", node.sampler().identity().path("driver"));
            one.set("gpus", node.sampler().identity().path("gpus"));
            one.put("clock_ahead_ns", node.clock().aheadNanos())
                    .put("clock_error_ns", node.clock().errorNanos());
            node.sampler().instrument().ifPresent(instrument -> one.set("instrument", instrument));
            node.sampler().failure().ifPresent(why -> one.put("failure", why));
        }
        without.forEach((node, why) -> array.addObject().put("node", node).put("absent", why));
        return array;
    }

    @Override
    public void close() {
        nodes.forEach(node -> node.program().close());
    }
}
