package io.gpushare.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.analysis.MeanInterval;
import io.gpushare.run.RunOutcome;
import java.util.List;

/** What {@code bench --json} prints: the document of a run, or those of all repetitions with their means. */
final class BenchAnswer {
    private BenchAnswer() {}

    static ObjectNode of(List<RunOutcome> outcomes) {
        if (outcomes.size() == 1) {
            return outcomes.getFirst().document();
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode runs = answer.putArray("runs");
        outcomes.forEach(outcome -> runs.add(outcome.document()));
        ObjectNode statistics = answer.putObject("statistics");
        RepetitionMetric.means(outcomes.stream().map(RunOutcome::result).toList())
                .forEach((metric, mean) -> put(statistics.putObject(metric.name()), mean));
        return answer;
    }

    private static void put(ObjectNode node, MeanInterval mean) {
        node.put("n", mean.n()).put("mean", mean.mean());
        mean.spread()
                .ifPresentOrElse(
                        spread -> node.put("standard_deviation", spread.standardDeviation())
                                .put("confidence_95_lower", spread.lower())
                                .put("confidence_95_upper", spread.upper()),
                        () -> node.putNull("standard_deviation")
                                .put("standard_deviation_absent", "a single run has no deviation"));
    }
}
