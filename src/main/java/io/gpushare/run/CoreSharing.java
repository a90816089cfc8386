package io.gpushare.run;

import io.gpushare.cores.CpuSet;
import io.gpushare.cores.HostCores;
import io.gpushare.cores.OwnCores;
import io.gpushare.cores.Pin;
import io.gpushare.gpu.Gpu;
import io.gpushare.plan.RunPlan;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.run.stage.Bench;
import io.gpushare.witness.HostWatch;
import io.gpushare.witness.SeenCpu;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which tenants of a plan get which cores here. */
final class CoreSharing {
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final double MOST_SLOWED = 0.3;

    /** With fewer cores there is no choice. */
    private static final int WORTH_CHOOSING = 4;

    private CoreSharing() {}

    /**
     * Looks for a second which cores are slowed by somebody else at the moment: tenants get those last. That may
     * change, but some stay slow for minutes.
     */
    static OwnCores of(RunPlan plan, Bench bench) throws InterruptedException {
        if (plan.simulated() || plan.pin() instanceof Pin.None) {
            return OwnCores.NONE;
        }
        return switch (bench.runtime().cores()) {
            case Reading.Value<HostCores>(HostCores host) ->
                bench.member()
                        .once(() -> OwnCores.ofGpus(
                                plan.pin(),
                                quietFirst(host, bench),
                                near(bench),
                                plan.tenants().size()))
                        .get(bench.member().place());
            case Reading.Absent<HostCores>(Absence absence) ->
                OwnCores.without("tenants have no cores to themselves: " + absence.detail());
        };
    }

    private static HostCores quietFirst(HostCores host, Bench bench) throws InterruptedException {
        if (!bench.time().isReal() || host.cores().size() < WORTH_CHOOSING) {
            return host;
        }
        List<Integer> firstThreads =
                host.cores().stream().map(core -> core.cpus().numbers().first()).toList();
        HostWatch.Seen seen = new HostWatch(Path.of("/"), bench.time()).watch(CpuSet.of(firstThreads), LOOK, wait -> {
            bench.time().sleep(wait);
            return false;
        });
        Set<Integer> slowed = slowed(seen);
        if (!slowed.isEmpty()) {
            bench.listener()
                    .noted("Somebody else slows CPUs " + CpuSet.of(slowed) + " at the moment: tenants get them last.");
        }
        return host.withLast(slowed);
    }

    private static Set<Integer> slowed(HostWatch.Seen seen) {
        double fullSpeedNanos = seen.fullSpeedNanos(OptionalDouble.empty()).orElse(Double.POSITIVE_INFINITY);
        return seen.cpus().stream()
                .filter(cpu -> cpu.loops().slowedShare(fullSpeedNanos).orElse(0) > MOST_SLOWED)
                .map(SeenCpu::cpu)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Of each GPU on which the plan runs. */
    private static List<Set<Integer>> near(Bench bench) {
        return bench.member().hasCompany()
                ? bench.member().gpus().stream().map(CoreSharing::near).toList()
                : List.of(bench.gpu().map(CoreSharing::near).orElse(Set.of()));
    }

    private static Set<Integer> near(Gpu gpu) {
        return gpu.nearCpus().asOptional().orElse(Set.of());
    }
}
