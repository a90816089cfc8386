package io.gpushare.cli.load;

import io.gpushare.load.scenario.ScenarioPlan;
import io.gpushare.load.scenario.ScenarioResult;
import io.gpushare.report.text.Block;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.text.Figure;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.List;

/** What an MLPerf scenario came to, in words. */
final class LoadVerdict {
    private final ScenarioPlan plan;
    private final ScenarioResult result;

    private LoadVerdict(ScenarioResult result) {
        this.plan = result.plan();
        this.result = result;
    }

    static List<Block> of(ScenarioResult result) {
        return new LoadVerdict(result).text();
    }

    private List<Block> text() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading(
                1,
                "MLPerf scenario " + plan.scenario() + (plan.official() ? "" : ", shortened") + " · "
                        + Amount.of(plan.samples(), "sample") + " a request"));
        blocks.add(new Block.Paragraph(
                result.valid() ? Tone.GOOD : Tone.BAD, (result.valid() ? "VALID" : "INVALID") + answer()));
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
                        + (result.valid() ? "kept " : "had to keep ")
                        + Durations.text(plan.latencyBound().orElseThrow()) + ".";
            case OFFLINE -> ": " + figure + ".";
        };
    }
}
