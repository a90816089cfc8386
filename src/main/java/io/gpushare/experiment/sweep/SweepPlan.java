package io.gpushare.experiment.sweep;

import io.gpushare.plan.PlanDraft;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.SloText;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a sweep varies, and how it goes about it.
 *
 * @param conditions where tenants run and how they are measured, the same in all runs
 */
public record SweepPlan(About about, Varied varied, Conduct conduct, PlanDraft conditions) {

    /** What people are told of it; empty where nobody said anything. */
    public record About(String title, String description) {}

    /**
     * Each is multiplied with all others that mean something for it.
     *
     * @param modes as {@code --mode} takes them
     * @param mixes who the tenants are
     * @param tenants how many there are; empty to leave it to the mix
     * @param settings of modes
     * @param parameters of workloads, as {@code resnet-infer.batch}
     * @param geometry which divisions of the GPU there are, each with as many tenants as it has room for
     * @param layers put on tenants, by the paths of their files, or {@code none}
     */
    public record Varied(
            List<String> modes,
            List<Turns> mixes,
            List<Integer> tenants,
            Map<ModeSetting, List<String>> settings,
            Map<String, List<String>> parameters,
            List<String> layers,
            Optional<Geometry> geometry) {
        /** For tenants without a layer. */
        public static final String NO_LAYER = "none";

        public Varied {
            layers = List.copyOf(layers);
            modes = List.copyOf(modes);
            mixes = List.copyOf(mixes);
            tenants = List.copyOf(tenants);
            settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /**
     * Divisions of the GPU as modes take them.
     *
     * @param neighbour what the tenants beside the first one run
     */
    public record Geometry(GeometryChoice choice, String neighbour) {
        static final String USUAL_NEIGHBOUR = "matmul-burn";
    }

    /**
     * @param orderSeed of the order in which runs come
     * @param prepare what the shell is given before each run
     * @param baselines whether each workload is measured alone, too
     * @param slos bounds on latency, as {@code analyze --slo} takes them
     * @param within how long a start of it may last; it goes on with the next one
     */
    public record Conduct(
            Rounds rounds,
            long orderSeed,
            Optional<CoolDown> coolDown,
            Optional<String> prepare,
            boolean baselines,
            List<String> slos,
            Optional<Duration> within) {
        public Conduct {
            slos = List.copyOf(slos);
        }

        public List<Slo> bounds() {
            return slos.stream().map(SloText::parse).toList();
        }
    }
}
