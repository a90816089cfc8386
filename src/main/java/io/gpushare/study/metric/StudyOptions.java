package io.gpushare.study.metric;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What is asked of runs.
 *
 * @param includeInvalid count runs that are INVALID, too
 * @param byCard keep physical GPUs of one model apart
 * @param slos bounds on latency
 * @param gpuCostPerHour overrides what the runs were given; in any currency
 * @param seed of the bootstrap
 */
public record StudyOptions(
        boolean includeInvalid, boolean byCard, List<Slo> slos, OptionalDouble gpuCostPerHour, long seed) {
    public static final long SEED = 1;
    public static final StudyOptions DEFAULT = new StudyOptions(false, false, List.of(), OptionalDouble.empty(), SEED);

    public StudyOptions {
        slos = List.copyOf(slos);
    }
}
