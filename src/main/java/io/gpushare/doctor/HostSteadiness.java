package io.gpushare.doctor;

import io.gpushare.analysis.CoreLoops;
import io.gpushare.cores.CpuSet;
import io.gpushare.cores.HostCores;
import io.gpushare.text.Amount;
import io.gpushare.witness.HostWatch;
import io.gpushare.witness.SeenCpu;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How steady the cores of a host are, and what that means for measuring on it.
 *
 * @param fullSpeedMicros how long the loop takes at full speed; empty where no core could be watched
 * @param slowedSpeed in relation to full speed; empty where nothing was slowed
 * @param steady processors of cores that are steady as a whole
 */
public record HostSteadiness(
        double seconds,
        boolean endedEarly,
        OptionalDouble fullSpeedMicros,
        OptionalDouble slowedSpeed,
        List<CoreSteadiness> cores,
        CpuSet steady,
        List<HostOutlook> outlook) {
    public static final String WHAT_IT_SEES = "This sees cores that another guest, or a program, disturbs while it"
            + " looks. A core whose other hyper-thread happens to rest shows nothing: look while the host is as busy as"
            + " it will be.";

    /** As slow as cores were on the hosts that were measured, where none was slowed. */
    private static final double USUAL_SLOWED_SPEED = 0.57;

    public HostSteadiness {
        cores = List.copyOf(cores);
        outlook = List.copyOf(outlook);
    }

    /** @param fastestNanos that the loop ever took on this host */
    public static HostSteadiness of(HostWatch.Seen seen, HostCores host, OptionalDouble fastestNanos) {
        List<CoreLoops> loops = seen.cpus().stream().map(SeenCpu::loops).toList();
        OptionalDouble full = seen.fullSpeedNanos(fastestNanos);
        double fullNanos = full.orElse(1);
        List<CoreSteadiness> cores = seen.cpus().stream()
                .map(cpu -> CoreSteadiness.of(cpu, fullNanos))
                .toList();
        OptionalDouble slowed = CoreLoops.slowedSpeed(loops, fullNanos);
        return new HostSteadiness(
                seen.seconds(),
                seen.endedEarly(),
                full.isPresent() ? OptionalDouble.of(full.getAsDouble() / 1e3) : full,
                slowed,
                cores,
                steady(cores, host),
                HostOutlook.of(
                        cores.stream()
                                .filter(core -> core.slowedShare().isPresent())
                                .toList(),
                        slowed.orElse(USUAL_SLOWED_SPEED),
                        seen.seconds()));
    }

    private static CpuSet steady(List<CoreSteadiness> cores, HostCores host) {
        List<Integer> own = cores.stream()
                .filter(CoreSteadiness::steady)
                .map(CoreSteadiness::cpu)
                .toList();
        return CpuSet.of(host.cores().stream()
                .map(HostCores.Core::cpus)
                .filter(core -> own.containsAll(core.numbers()))
                .flatMap(core -> core.numbers().stream())
                .toList());
    }

    private boolean allAreSteady() {
        return steady.numbers().size() == cores.size();
    }

    /** The answer. */
    public String sentence() {
        if (fullSpeedMicros.isEmpty()) {
            return "Nothing is known of this host: no thread of gpushare got to run on its cores.";
        }
        String watched = "in %.0f s of watching".formatted(seconds);
        List<CoreSteadiness> slowed = cores.stream()
                .filter(core -> core.slowedShare().orElse(0) > CoreSteadiness.HARDLY_SLOWED)
                .toList();
        if (slowed.isEmpty()) {
            return allAreSteady()
                    ? "This host is steady: its %s ran at full speed %s."
                            .formatted(Amount.of(cores.size(), "processor"), watched)
                    : ("The cores of this host ran at full speed %s, but other programs or guests had %d of %d for a"
                                    + " part of it.")
                            .formatted(watched, cores.size() - steady.numbers().size(), cores.size());
        }
        double most = slowed.stream()
                .mapToDouble(core -> core.slowedShare().orElse(0))
                .max()
                .orElse(0);
        return ("This host is not steady: %d of its %s ran slowed, for up to %.0f %% of the time and at %.0f %% of full"
                        + " speed, %s.")
                .formatted(
                        slowed.size(),
                        Amount.of(cores.size(), "processor"),
                        100 * most,
                        100 * slowedSpeed.orElse(1),
                        watched);
    }

    /** What helps, most useful first; nothing where nothing is wrong. */
    public List<String> advice() {
        List<String> advice = new ArrayList<>();
        if (fullSpeedMicros.isEmpty() || allAreSteady()) {
            return advice;
        }
        if (!steady.isEmpty()) {
            advice.add("Take the steady cores: taskset -c " + steady + " gpushare bench …");
        }
        double used = cores.stream()
                .flatMap(core -> core.seen().usedPercent().asOptional().stream())
                .mapToDouble(percent -> percent / 100)
                .sum();
        if (used > CoreSteadiness.MOST_USED_PERCENT / 100 * cores.size()) {
            advice.add("Stop other programs: they keep %.1f of %s busy."
                    .formatted(used, Amount.of(cores.size(), "processor")));
        }
        if (cores.size() > 1) {
            advice.add("Fewer tenants a host: each needs a core that is at full speed.");
        }
        advice.add("A host without other guests, or one that gives its guests whole cores.");
        return advice;
    }

    /** For JSON, as {@link DoctorReport#asTree}. */
    public Map<String, @Nullable Object> asTree() {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("answer", sentence());
        tree.put("watched_s", seconds);
        tree.put("ended_early", endedEarly);
        tree.put("full_speed_loop_us", orNull(fullSpeedMicros));
        tree.put("slowed_speed", orNull(slowedSpeed));
        tree.put("steady_cpus", steady.toString());
        tree.put("cpus", cores.stream().map(HostSteadiness::tree).toList());
        tree.put("bench", outlook.stream().map(HostSteadiness::tree).toList());
        tree.put("advice", advice());
        tree.put("limits", WHAT_IT_SEES);
        return tree;
    }

    private static Map<String, @Nullable Object> tree(CoreSteadiness core) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("cpu", core.cpu());
        tree.put("loops", core.loops());
        tree.put("loop_us", orNull(core.fullSpeedMicros()));
        tree.put("slowed_share", orNull(core.slowedShare()));
        tree.put("flips", core.flips());
        tree.put("interrupted_share", core.interruptedShare());
        tree.put("steal_percent", core.seen().stolenPercent().asOptional().orElse(null));
        tree.put("used_percent", core.seen().usedPercent().asOptional().orElse(null));
        tree.put("mhz_min", orNull(core.seen().leastMegahertz()));
        tree.put("mhz_max", orNull(core.seen().mostMegahertz()));
        tree.put("steady", core.steady());
        return tree;
    }

    private static Map<String, @Nullable Object> tree(HostOutlook outlook) {
        Map<String, @Nullable Object> tree = new LinkedHashMap<>();
        tree.put("tenants", outlook.tenants());
        tree.put("all_at_full_speed_share", outlook.anyCores());
        tree.put("on_steadiest_cores_share", outlook.steadiestCores());
        tree.put("error_percent", outlook.errorPercent());
        return tree;
    }

    private static @Nullable Double orNull(OptionalDouble value) {
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }

    /** How long its loop took at full speed, for the history of this host. */
    public Optional<Double> fullSpeedNanos() {
        return fullSpeedMicros.isPresent() ? Optional.of(1e3 * fullSpeedMicros.getAsDouble()) : Optional.empty();
    }
}
