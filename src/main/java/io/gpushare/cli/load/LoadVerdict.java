package io.gpushare.cli.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gpushare.load.LoadOutcome;
import io.gpushare.load.scenario.ScenarioPlan;
import io.gpushare.load.scenario.ScenarioResult;
import io.gpushare.report.text.Block;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.text.Figure;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.List;

/** What an MLPerf scenario came to, in words and as JSON. */
record LoadVerdict(ScenarioPlan plan, ScenarioResult result) {
    static LoadVerdict of(ScenarioPlan plan, LoadOutcome outcome) {
        return new LoadVerdict(plan, ScenarioResult.of(plan, outcome));
    }

    boolean valid() {
        return result.valid();
    }

    List<Block> text() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading(
                1,
                "MLPerf scenario " + plan.scenario() + (plan.official() ? "" : ", shortened") + " · "
                        + Amount.of(plan.samples(), "sample") + " a request"));
        blocks.add(new Block.Paragraph(valid() ? Tone.GOOD : Tone.BAD, (valid() ? "VALID" : "INVALID") + answer()));
        List<String> notes = new ArrayList<>();
        result.faults().forEach(fault -> notes.add("Not valid, because " + fault + "."));
        if (!plan.official()) {
            notes.add("Without --official it is shorter than MLPerf asks for: use it for comparisons of your own.");
        }
        if (!notes.isEmpty()) {
            blocks.add(new Block.Notes(notes));
        }
        return blocks;
    }

    private String answer() {
        if (result.value().isEmpty()) {
            return ": there is no figure.";
        }
        String figure = Figure.precise(result.value().getAsDouble(), result.unit());
        return switch (plan.scenario()) {
            case SINGLE_STREAM -> ": 90 % of the queries were answered within " + figure + ".";
            case MULTI_STREAM -> ": 99 % of the queries were answered within " + figure + ".";
            case SERVER ->
                ": " + figure + " were asked for, and 99 % "
                        + (valid() ? "kept " : "had to keep ")
                        + Durations.text(plan.latencyBound().orElseThrow()) + ".";
            case OFFLINE -> ": " + figure + ".";
        };
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", plan.scenario().toString()).put("official", plan.official());
        json.put("samples_per_request", plan.samples());
        plan.latencyBound().ifPresent(bound -> json.put("latency_bound_ms", bound.toNanos() / 1e6));
        json.put("metric", result.metric()).put("unit", result.unit());
        result.value().ifPresentOrElse(value -> json.put("value", value), () -> json.putNull("value"));
        json.put("valid", valid());
        ArrayNode faults = json.putArray("faults");
        result.faults().forEach(faults::add);
        return json;
    }
}
