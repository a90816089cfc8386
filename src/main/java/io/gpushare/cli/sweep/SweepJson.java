package io.gpushare.cli.sweep;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.experiment.sweep.LeftOut;
import io.gpushare.experiment.sweep.OpenComparison;
import io.gpushare.experiment.sweep.Rounds;
import io.gpushare.experiment.sweep.SweepCell;
import io.gpushare.experiment.sweep.SweepMatrix;
import io.gpushare.experiment.sweep.SweepOutcome;
import io.gpushare.plan.PlanJson;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A sweep for machines. */
final class SweepJson {
    private SweepJson() {}

    /** What {@code --dry-run --json} prints: every cell with the plan of its runs. */
    static ObjectNode cells(String name, SweepMatrix matrix, Rounds rounds) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("sweep", name);
        putRounds(node, rounds);
        put(node.putArray("cells"), matrix.cells());
        put(node.putArray("baselines"), matrix.baselines());
        put(node.putArray("left_out"), matrix.leftOut().stream());
        return node;
    }

    private static void putRounds(ObjectNode node, Rounds rounds) {
        rounds.fixed()
                .ifPresentOrElse(
                        count -> node.put("rounds", count),
                        () -> node.put("rounds", "auto").put("at_most_rounds", rounds.atMost()));
    }

    private static void put(ArrayNode list, List<SweepCell> cells) {
        for (SweepCell cell : cells) {
            ObjectNode node = list.addObject().put("name", cell.name());
            ArrayNode baselines = node.putArray("baselines");
            cell.baselines().forEach(baselines::add);
            node.set("plan", PlanJson.of(cell.plan()));
        }
    }

    private static void put(ArrayNode list, Stream<LeftOut> leftOut) {
        leftOut.forEach(cell -> list.addObject().put("cell", cell.cell()).put("reason", cell.why()));
    }

    /** What came of it, without the analysis. */
    static ObjectNode ended(Path folder, SweepOutcome outcome, SweepMatrix matrix, List<OpenComparison> open) {
        ObjectNode node = JsonNodeFactory.instance
                .objectNode()
                .put("name", String.valueOf(folder.getFileName()))
                .put("folder", folder.toString())
                .put("rounds", outcome.rounds())
                .put("runs", outcome.runs())
                .put("done", outcome.done())
                .put("interrupted", outcome.interrupted())
                .put("out_of_time", outcome.outOfTime());
        ArrayNode cells = node.putArray("cells");
        matrix.cells().forEach(cell -> cells.add(cell.name()));
        ArrayNode baselines = node.putArray("baselines");
        matrix.baselines().forEach(cell -> baselines.add(cell.name()));
        ArrayNode failed = node.putArray("failed");
        outcome.failed()
                .forEach(run -> failed.addObject()
                        .put("cell", run.cell())
                        .put("round", run.round())
                        .put("reason", run.why()));
        ArrayNode inexact = node.putArray("not_precise_enough");
        outcome.inexact()
                .forEach(run -> inexact.addObject().put("cell", run.cell()).put("round", run.round()));
        put(node.putArray("left_out"), Stream.concat(matrix.leftOut().stream(), outcome.leftOut().stream()));
        ArrayNode still = node.putArray("open_comparisons");
        open.forEach(comparison -> still.addObject()
                .put("mix", comparison.mix())
                .put("best", comparison.best())
                .put("other", comparison.other()));
        return node;
    }
}
