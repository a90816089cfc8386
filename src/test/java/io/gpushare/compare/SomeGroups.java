package io.gpushare.compare;

import io.gpushare.compare.Group.Measure;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metric.Better;
import io.gpushare.study.metric.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Groups of runs that never took place. */
public final class SomeGroups {
    private final String mix;
    private final String arm;
    private final List<Measure> measures = new ArrayList<>();
    private Circumstances circumstances = Circumstances.UNKNOWN;
    private String runtime = "process";
    private int coresPerTenant;
    private String gpu = "NVIDIA H200";
    private boolean simulated;
    private boolean foreign;
    private Map<String, Double> latenciesPerSec = Map.of();

    private SomeGroups(String mix, String arm) {
        this.mix = mix;
        this.arm = arm;
    }

    public static SomeGroups of(String mix, String arm) {
        return new SomeGroups(mix, arm);
    }

    public SomeGroups stp(Double... values) {
        return with(Metrics.STP, values);
    }

    public SomeGroups p99(String variant, Double... values) {
        return with(ofVariant(Metrics.P99, variant), values);
    }

    public SomeGroups with(Metric metric, Double... values) {
        measures.add(new Measure(metric, Arrays.asList(values)));
        return this;
    }

    SomeGroups latenciesPerSec(String variant, double rate) {
        latenciesPerSec = Map.of(variant, rate);
        return this;
    }

    SomeGroups under(Circumstances newCircumstances) {
        circumstances = newCircumstances;
        return this;
    }

    public SomeGroups simulated() {
        simulated = true;
        return this;
    }

    SomeGroups coresPerTenant(int count) {
        coresPerTenant = count;
        return this;
    }

    SomeGroups runtime(String newRuntime) {
        runtime = newRuntime;
        return this;
    }

    SomeGroups gpu(String newGpu) {
        gpu = newGpu;
        return this;
    }

    SomeGroups foreign() {
        foreign = true;
        return this;
    }

    static Metric ofVariant(Metric metric, String variant) {
        return new Metric(
                metric.key(),
                Optional.of(variant),
                metric.label(),
                metric.unit(),
                metric.better(),
                metric.definition());
    }

    static Metric neither(String key) {
        return new Metric(key, Optional.empty(), key, "W", Better.NEITHER, "A number.");
    }

    public Group group() {
        return new Group(
                mix,
                2,
                arm,
                runtime,
                coresPerTenant,
                gpu,
                simulated,
                foreign,
                foreign ? "hyperfine 1" : "gpushare",
                measures.stream()
                        .mapToInt(measure -> measure.values().size())
                        .max()
                        .orElse(0),
                0,
                List.of("benchmark.json"),
                measures,
                latenciesPerSec,
                circumstances);
    }

    public static Side side(String name, SomeGroups... groups) {
        return new Side(name, Arrays.stream(groups).map(SomeGroups::group).toList(), List.of());
    }

    static Comparison compared(SomeGroups baseline, SomeGroups contender, String... thresholds) {
        return compared(side("before", baseline), side("after", contender), thresholds);
    }

    public static Comparison compared(Side baseline, Side contender, String... thresholds) {
        return Comparison.of(
                baseline,
                contender,
                Arrays.stream(thresholds).map(ThresholdText::parse).toList(),
                false,
                1);
    }
}
