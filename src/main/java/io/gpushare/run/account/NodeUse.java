package io.gpushare.run.account;

import io.gpushare.mode.ModeEvidence.Listing;
import io.gpushare.reading.Reading;
import io.gpushare.run.stage.StageResult;
import io.gpushare.run.stage.StageTenant;
import io.gpushare.sampling.samples.Subject;
import io.gpushare.workload.Workload.GpuNeed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Which GPUs of which nodes the tenants of a stage used, and who else was there. */
final class NodeUse {
    private final NodeSamplers nodes;

    NodeUse(NodeSamplers nodes) {
        this.nodes = nodes;
    }

    /** A GPU of a node. */
    private record Place(String node, String gpu) {}

    /** Absent where one of them was not sampled, and why. */
    Reading<Set<Subject>> gpus(StageResult stage) {
        Set<Subject> used = new LinkedHashSet<>();
        for (StageTenant tenant : stage.tenants()) {
            if (!usesGpu(tenant)) {
                continue;
            }
            String node = tenant.node().orElse("");
            Optional<String> fault = nodes.fault(node, stage.phase());
            if (fault.isPresent()) {
                return Reading.notMeasured("on the node " + node + ", " + fault.get());
            }
            Optional<Place> place = place(tenant);
            if (place.isEmpty()) {
                return Reading.notMeasured("tenant " + tenant.plan.number() + " "
                        + tenant.sawGpu()
                                .map(gpu -> "saw " + gpu + ", which the sampler on its node did not see")
                                .orElse("did not say which GPU it saw"));
            }
            used.add(Subject.gpu(place.get().gpu()));
        }
        return used.isEmpty() ? Reading.notMeasured("no GPU took part") : Reading.of(used);
    }

    /** By the tenants' own word. */
    static Set<Subject> named(StageResult stage) {
        Set<Subject> named = new LinkedHashSet<>();
        stage.tenants().forEach(tenant -> tenant.sawGpu().map(Subject::gpu).ifPresent(named::add));
        return named;
    }

    private static boolean usesGpu(StageTenant tenant) {
        return tenant.handle != null
                && (tenant.sawGpu().isPresent() || tenant.plan.workload().gpu() == GpuNeed.REQUIRED);
    }

    /** Of one that does not say what it sees, the only GPU that there is. */
    private Optional<Place> place(StageTenant tenant) {
        return tenant.node().flatMap(node -> {
            List<String> there = nodes.gpus(node);
            return tenant.sawGpu()
                    .filter(there::contains)
                    .or(() -> tenant.sawGpu().isEmpty() && there.size() == 1
                            ? Optional.of(there.getFirst())
                            : Optional.empty())
                    .map(gpu -> new Place(nodes.machine(node), gpu));
        });
    }

    /** How the node's driver listed the tenant; empty where nothing tells. */
    Optional<Listing> listing(StageResult stage, StageTenant tenant) {
        OptionalInt pid = tenant.pidOnNode();
        if (pid.isEmpty() || !usesGpu(tenant)) {
            return Optional.empty();
        }
        return place(tenant)
                .flatMap(place -> nodes.fault(place.node(), stage.phase()).isPresent()
                        ? Optional.empty()
                        : nodes.processes(place.node())
                                .map(processes -> processes.listing(stage.phase(), place.gpu(), pid.getAsInt())));
    }

    /** In words: who else used their GPUs. */
    List<String> strangers(StageResult stage) {
        Map<Place, List<Integer>> tenants = new LinkedHashMap<>();
        for (StageTenant tenant : stage.tenants()) {
            tenant.pidOnNode()
                    .ifPresent(pid -> place(tenant)
                            .ifPresent(place -> tenants.computeIfAbsent(place, _ -> new ArrayList<>())
                                    .add(pid)));
        }
        List<String> strangers = new ArrayList<>();
        tenants.forEach((place, pids) -> nodes.processes(place.node())
                .ifPresent(processes -> strangers.addAll(
                        processes.strangers(stage.phase(), place.gpu(), onNode(tenants, place.node())))));
        return strangers;
    }

    /** A tenant may use several GPUs of its node. */
    private static List<Integer> onNode(Map<Place, List<Integer>> tenants, String node) {
        return tenants.entrySet().stream()
                .filter(known -> known.getKey().node().equals(node))
                .flatMap(known -> known.getValue().stream())
                .toList();
    }
}
