package io.gpushare.study.arm;

import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.arm.Arms.RunValue;
import io.gpushare.study.metric.Baselines;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.RunFacts;
import io.gpushare.study.metric.RunNumbers;
import io.gpushare.study.metric.StudyOptions;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Rates of work differ between cards of one model, and between hosts: they are compared on the same ones only. */
public final class CommonCards {
    private CommonCards() {}

    public static String of(StoredRun run) {
        return RunFacts.of(run).card();
    }

    /** Of a rate, which needs no baseline; over the runs on these cards. */
    public static Optional<Estimate> estimate(Metric metric, Arm arm, Set<String> cards, StudyOptions options) {
        Optional<Estimate> overAll = arm.estimate(metric);
        if (overAll.isEmpty() || cards.containsAll(arm.cards())) {
            return overAll;
        }
        List<RunValue> values = arm.runs().stream()
                .filter(run -> cards.contains(of(run)))
                .flatMap(run ->
                        RunNumbers.of(run, options, OptionalDouble.empty(), Baselines.of(List.of())).entrySet().stream()
                                .filter(entry -> entry.getKey().id().equals(metric.id()))
                                .map(entry -> new RunValue(run, entry.getValue())))
                .toList();
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(Arms.measured(overAll.get().metric(), values, options.seed()));
    }
}
