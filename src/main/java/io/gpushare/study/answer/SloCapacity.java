package io.gpushare.study.answer;

import io.gpushare.analysis.LatencyBound;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Slo;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many tenants of a family a GPU holds before a bound is broken.
 *
 * @param arm its name
 * @param tenants the most that kept the bound, with none fewer that did not; 0 when none was shown to keep it
 * @param brokenAt the fewest that broke it; empty when the limit lies beyond what was run
 */
public record SloCapacity(Slo slo, String arm, int tenants, Optional<Integer> brokenAt) {

    /** Finds how many tenants keep each bound in each way of sharing, where something can be said of it. */
    public static List<SloCapacity> of(List<MixStudy> mixes, List<Slo> slos) {
        List<SloCapacity> capacities = new ArrayList<>();
        for (Slo slo : slos) {
            TreeMap<ArmKey, SloCapacity> byArm = new TreeMap<>();
            for (MixStudy mix : mixes) {
                for (Arm arm : mix.arms()) {
                    // One after another nobody shares, however many there are.
                    judged(arm, slo)
                            .ifPresent(bound -> byArm.merge(
                                    arm.key(),
                                    first(slo, arm.name(), mix.tenants(), bound),
                                    (known, next) -> known.then(mix.tenants(), bound)));
                }
            }
            byArm.values().stream().filter(SloCapacity::saysSomething).forEach(capacities::add);
        }
        return capacities;
    }

    private static Optional<LatencyBound> judged(Arm arm, Slo slo) {
        return arm.key().mode().concurrent() ? SloAnswers.judged(arm, slo) : Optional.empty();
    }

    /** Too few latencies at every number of tenants do not. */
    private boolean saysSomething() {
        return tenants > 0 || brokenAt.isPresent();
    }

    private static SloCapacity first(Slo slo, String arm, int tenants, LatencyBound bound) {
        return new SloCapacity(slo, arm, 0, Optional.empty()).then(tenants, bound);
    }

    /** Adds what the next larger number of tenants says. */
    private SloCapacity then(int more, LatencyBound bound) {
        if (brokenAt.isPresent()) {
            return this;
        }
        return switch (bound) {
            case LatencyBound.Met _ -> new SloCapacity(slo, arm, more, brokenAt);
            case LatencyBound.Broken _ -> new SloCapacity(slo, arm, tenants, Optional.of(more));
            case LatencyBound.TooFew _ -> this;
        };
    }
}
