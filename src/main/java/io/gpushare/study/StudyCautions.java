package io.gpushare.study;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.metric.Baselines;
import io.gpushare.study.metric.RunFacts;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What differs between runs that stand in one comparison, and may be the reason for what is seen. */
final class StudyCautions {
    private StudyCautions() {}

    /**
     * @param all with those that do not count
     * @param repeats how many simulated runs there are beside these that are some of them again
     */
    static List<String> of(
            List<StoredRun> runs, List<StoredRun> all, int repeats, Baselines baselines, StudyOptions options) {
        List<String> cautions = new ArrayList<>(baselines.words(runs).stream().toList());
        JudgedAnewWords.of(all).ifPresent(cautions::add);
        Set<String> cards = distinct(runs, run -> RunFacts.of(run).card());
        if (cards.size() > 1) {
            cautions.add("The runs come from " + Amount.of(cards.size(), "card")
                    + " of this model. Ratios to each run's own baseline (STP, slowdown) allow for that; rates of work"
                    + " do not. --by-card keeps them apart.");
        }
        long beside = runs.stream().filter(run -> run.result().otherCards() > 0).count();
        if (beside > 0) {
            cautions.add("In " + beside + " of " + Amount.of(runs.size(), "run")
                    + " other cards of the host worked at the same time, and rested while the baselines were"
                    + " measured: slowdown holds what they cost, too.");
        }
        differing(cautions, runs, "drivers", run -> RunFacts.of(run).driver());
        differing(
                cautions,
                runs,
                "power limits (W)",
                run -> run.result()
                        .environment()
                        .path("gpus")
                        .path(0)
                        .path("power_limit_w")
                        .asText(""));
        differing(
                cautions,
                runs,
                "durations",
                run -> run.result().plan().duration().map(Durations::text).orElse(""));
        workloads(cautions, runs);
        if (repeats > 0) {
            cautions.add(Amount.of(repeats, "more simulated run")
                    + (repeats == 1 ? " repeats" : " repeat")
                    + " one of these: the same plan with the same seed gives the same numbers, and no spread. No"
                    + " number counts them again.");
        }
        if (options.includeInvalid()) {
            long invalid =
                    runs.stream().filter(run -> !run.result().verdict().valid()).count();
            if (invalid > 0) {
                cautions.add(invalid + " of " + Amount.of(runs.size(), "run")
                        + " are INVALID, and count because it was asked for (--include-invalid).");
            }
        }
        return cautions;
    }

    private static void differing(
            List<String> cautions, List<StoredRun> runs, String what, Function<StoredRun, String> value) {
        Set<String> values = distinct(runs, value);
        if (values.size() > 1) {
            cautions.add("The runs were made with different " + what + ": " + String.join(", ", values) + ".");
        }
    }

    /** Programs of one name that are not the same program. */
    private static void workloads(List<String> cautions, List<StoredRun> runs) {
        Map<String, Set<String>> digests = new TreeMap<>();
        for (StoredRun run : runs) {
            for (Map.Entry<String, JsonNode> entry :
                    run.result().environment().path("workloads").properties()) {
                digests.computeIfAbsent(entry.getKey(), _ -> new TreeSet<>())
                        .add(entry.getValue().asText());
            }
        }
        List<String> changed = digests.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + " (" + entry.getValue().size() + " versions)")
                .toList();
        if (!changed.isEmpty()) {
            cautions.add("Programs changed between the runs: " + String.join(", ", changed) + ".");
        }
    }

    private static Set<String> distinct(List<StoredRun> runs, Function<StoredRun, String> value) {
        Set<String> values = new TreeSet<>(runs.stream().map(value).toList());
        values.remove("");
        return values;
    }
}
