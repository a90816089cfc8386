package io.gpushare.study.arm;

import io.gpushare.analysis.Bootstrap;
import io.gpushare.analysis.LatencyCounts;
import io.gpushare.analysis.MeanInterval;
import io.gpushare.analysis.Median;
import io.gpushare.cores.OwnCores;
import io.gpushare.plan.RecordedPlan;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.metric.Baselines;
import io.gpushare.study.metric.Claim;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.RunErrors;
import io.gpushare.study.metric.RunFacts;
import io.gpushare.study.metric.RunNumbers;
import io.gpushare.study.metric.StudyOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes the arms of a mix of its runs. */
public final class Arms {
    private final StudyOptions options;
    private final OptionalDouble idleW;
    private final Baselines baselines;
    private final Predicate<StoredRun> counts;
    private final Usual usual;

    /** What most runs have goes without saying. */
    public record Usual(String runtime, int coresPerTenant, int otherCards) {}

    public Arms(
            StudyOptions options, OptionalDouble idleW, Baselines baselines, Predicate<StoredRun> counts, Usual usual) {
        this.baselines = baselines;
        this.usual = usual;
        this.options = options;
        this.idleW = idleW;
        this.counts = counts;
    }

    /** @return in the order of their keys; none without a run that counts */
    public List<Arm> of(List<StoredRun> runs) {
        Map<ArmKey, List<StoredRun>> byKey = new TreeMap<>(grouped(runs, Arms::key));
        byKey.values().removeIf(ofArm -> ofArm.stream().noneMatch(counts));
        List<Arm> arms = new ArrayList<>();
        byKey.forEach((key, ofArm) -> arms.add(arm(key, name(key), ofArm)));
        return arms;
    }

    private String name(ArmKey key) {
        List<String> unusual = new ArrayList<>();
        if (!key.runtime().equals(usual.runtime())) {
            unusual.add(key.runtime());
        }
        if (key.coresPerTenant() != usual.coresPerTenant()) {
            unusual.add(OwnCores.words(key.coresPerTenant()));
        }
        String label = key.otherCards() == usual.otherCards() ? key.labelOfCard() : key.label();
        if (key.otherCards() == 0 && usual.otherCards() > 0) {
            unusual.add("other cards at rest");
        }
        return unusual.isEmpty() ? label : label + " (" + String.join(", ", unusual) + ")";
    }

    static ArmKey key(StoredRun run) {
        RecordedPlan plan = run.result().plan();
        ArmKey without = new ArmKey(
                plan.mode().kind(),
                ModeLabel.of(run.result()),
                plan.tenantsDiffer(),
                RunFacts.of(run).runtime(),
                run.result().coresPerTenant());
        return plan.layer()
                .map(without::under)
                .orElse(without)
                .beside(run.result().otherCards());
    }

    private Arm arm(ArmKey key, String name, List<StoredRun> all) {
        List<StoredRun> runs = all.stream().filter(counts).toList();
        Map<String, LatencyCounts> latencies = new LinkedHashMap<>();
        for (MixStudy.VariantCount variant : MixKey.of(runs.getFirst().result()).counts()) {
            latencies.put(
                    variant.variant(),
                    runs.stream()
                            .map(run -> run.latencies(variant.variant()))
                            .reduce(LatencyCounts.NONE, LatencyCounts::plus));
        }
        return new Arm(key, name, runs, all.stream().filter(counts.negate()).toList(), estimates(runs), latencies);
    }

    private Map<String, Estimate> estimates(List<StoredRun> runs) {
        Map<Metric, List<RunValue>> values = new LinkedHashMap<>();
        for (StoredRun run : runs) {
            RunNumbers.of(run, options, idleW, baselines)
                    .forEach((metric, value) -> values.computeIfAbsent(metric, _ -> new ArrayList<>())
                            .add(new RunValue(run, value)));
        }
        Map<String, Estimate> estimates = new LinkedHashMap<>();
        values.forEach((metric, measured) -> estimates.put(metric.id(), measured(metric, measured, options.seed())));
        return estimates;
    }

    /** What one run says of a metric. */
    record RunValue(StoredRun run, double value) {}

    static Estimate measured(Metric metric, List<RunValue> values, long seed) {
        return estimate(
                metric,
                values.stream().map(RunValue::value).toList(),
                Claim.of(values.stream()
                        .map(known -> RunErrors.of(known.run(), metric, known.value()))
                        .toList()),
                seed);
    }

    /** Of values of which nothing more is known. */
    public static Estimate estimate(Metric metric, List<Double> values, long seed) {
        return estimate(metric, values, Optional.empty(), seed);
    }

    private static Estimate estimate(Metric metric, List<Double> values, Optional<Claim> claim, long seed) {
        MeanInterval mean = MeanInterval.of(values);
        return new Estimate(
                metric,
                values,
                mean.mean(),
                Median.of(values),
                mean.spread().map(MeanInterval.Spread::standardDeviation),
                Bootstrap.ofMean(values, seed),
                claim);
    }

    public static <K> Map<K, List<StoredRun>> grouped(List<StoredRun> runs, Function<StoredRun, K> by) {
        Map<K, List<StoredRun>> groups = new LinkedHashMap<>();
        for (StoredRun run : runs) {
            groups.computeIfAbsent(by.apply(run), _ -> new ArrayList<>()).add(run);
        }
        return groups;
    }
}
