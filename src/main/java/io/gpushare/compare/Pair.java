package io.gpushare.compare;

import io.gpushare.study.metric.Metric;
import java.util.List;

/**
 * Two groups that are compared.
 *
 * @param changes in the order of the baseline's metrics
 * @param onlyBaseline and {@code onlyContender}: metrics that the other side does not have
 * @param cautions sentences: what to know before believing the numbers
 * @param environment what was not the same
 */
public record Pair(
        Group baseline,
        Group contender,
        List<MetricChange> changes,
        List<Metric> onlyBaseline,
        List<Metric> onlyContender,
        List<String> cautions,
        List<EnvironmentDifference> environment) {
    public Pair {
        changes = List.copyOf(changes);
        onlyBaseline = List.copyOf(onlyBaseline);
        onlyContender = List.copyOf(onlyContender);
        cautions = List.copyOf(cautions);
        environment = List.copyOf(environment);
    }

    /** What both have in common, then what tells them apart: {@code 4 × resnet-infer: time-slicing → MPS}. */
    public String title() {
        if (baseline.title().equals(contender.title())) {
            return baseline.title();
        }
        if (baseline.mix().equals(contender.mix()) && baseline.simulated() == contender.simulated()) {
            return baseline.mix() + ": " + baseline.arm() + " → " + contender.arm()
                    + (baseline.simulated() ? " (simulated)" : "");
        }
        return baseline.title() + " → " + contender.title();
    }
}
