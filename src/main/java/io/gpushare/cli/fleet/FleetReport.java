package io.gpushare.cli.fleet;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.cli.bench.RunWords;
import io.gpushare.text.SafeText;
import io.gpushare.text.TableColumns;
import io.gpushare.text.TextTable;
import io.gpushare.text.TextTable.Row;
import io.gpushare.text.Tone;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a fleet did, node by node.
 *
 * @param leftOut why nothing was tried on the others, by node
 */
record FleetReport(Path folder, List<NodeRun> runs, Map<String, String> leftOut) {

    TextTable table() {
        TableColumns<NodeRun> columns = new TableColumns<NodeRun>()
                .text("Node", NodeRun::node)
                .number("Work", FleetReport::work)
                .text("Verdict", FleetReport::verdict);
        List<Row> rows = new ArrayList<>();
        runs.forEach(run -> rows.add(columns.row(run.good() ? Tone.PLAIN : Tone.BAD, run)));
        leftOut.forEach((node, why) ->
                rows.add(columns.row(Tone.ATTENTION, new NodeRun.Failed(node, "left out: " + SafeText.of(why)))));
        return columns.table(rows);
    }

    static String work(NodeRun run) {
        return switch (run) {
            case NodeRun.Measured measured -> SafeText.of(RunWords.work(measured.result()));
            case NodeRun.Failed _ -> "";
        };
    }

    static String verdict(NodeRun run) {
        return switch (run) {
            case NodeRun.Measured measured ->
                SafeText.of(RunWords.verdict(measured.result().verdict()));
            case NodeRun.Failed failed -> SafeText.of(failed.why());
        };
    }

    boolean allGood() {
        return leftOut.isEmpty() && runs.stream().allMatch(NodeRun::good);
    }

    boolean anyMeasured() {
        return runs.stream().anyMatch(NodeRun.Measured.class::isInstance);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("folder", folder.toString());
        ArrayNode nodes = json.putArray("nodes");
        for (NodeRun run : runs) {
            ObjectNode node = nodes.addObject().put("node", run.node()).put("valid", run.good());
            switch (run) {
                case NodeRun.Measured measured -> {
                    node.put("run_id", measured.result().runId());
                    ObjectNode rates = node.putObject("units_per_sec");
                    measured.result().metrics().unitsPerSec().forEach(rates::put);
                }
                case NodeRun.Failed failed -> node.put("why", failed.why());
            }
        }
        ArrayNode others = json.putArray("left_out");
        leftOut.forEach((node, why) -> others.addObject().put("node", node).put("why", why));
        return json;
    }
}
