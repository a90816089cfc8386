package io.gpushare.study;

import com.fasterxml.jackson.databind.JsonNode;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.stored.StoredRun;
import io.gpushare.study.metric.RunFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Simulated runs of one plan with one seed. The model's random numbers follow the seed: such runs are one run that was
 * written down several times, and say nothing of a spread.
 */
final class SimulatedRepeats {
    private SimulatedRepeats() {}

    private record Simulated(JsonNode plan, String card) {}

    /** @return all of each but the first of those that count */
    static List<StoredRun> in(List<StoredRun> runs, Predicate<StoredRun> counts) {
        Set<Simulated> known = new HashSet<>();
        return runs.stream()
                .filter(run -> hasSeed(run.result()))
                .filter(counts)
                .filter(run -> !known.add(new Simulated(
                        run.result().plan().document(), RunFacts.of(run).card())))
                .toList();
    }

    private static boolean hasSeed(RunResult run) {
        return run.simulated() && run.plan().document().has("seed");
    }
}
