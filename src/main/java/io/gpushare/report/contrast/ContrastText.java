package io.gpushare.report.contrast;

import io.gpushare.compare.Comparison;
import io.gpushare.compare.Pair;
import io.gpushare.compare.ThresholdOutcome;
import io.gpushare.report.text.Block;
import io.gpushare.report.text.Block.Grid;
import io.gpushare.report.text.Block.Heading;
import io.gpushare.report.text.Block.Line;
import io.gpushare.report.text.Block.Lines;
import io.gpushare.report.text.Block.Paragraph;
import io.gpushare.text.Tone;
import java.util.ArrayList;
import java.util.List;

/** A comparison on a terminal. */
public final class ContrastText {
    private ContrastText() {}

    public static List<Block> of(Comparison comparison) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Lines(List.of(
                new Line(Tone.SECONDARY, "Baseline   ", comparison.baseline().name()),
                new Line(Tone.SECONDARY, "Contender  ", comparison.contender().name()))));
        comparison.pairs().forEach(pair -> add(blocks, pair));
        addLines(blocks, warnings(ContrastWords.leftOut(comparison)));
        addLines(blocks, thresholds(comparison.thresholds(), comparison));
        List<Line> end = new ArrayList<>(plain(Tone.SECONDARY, ContrastWords.notes(comparison)));
        String summary = ContrastWords.summary(comparison);
        end.add(new Line(
                comparison.isBroken() ? Tone.BAD : Tone.HEADING,
                "",
                Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + "."));
        addLines(blocks, end);
        return blocks;
    }

    private static void add(List<Block> blocks, Pair pair) {
        blocks.add(new Heading(3, pair.title()));
        String before = ContrastWords.describe(pair.baseline());
        String after = ContrastWords.describe(pair.contender());
        blocks.add(new Paragraph(
                Tone.SECONDARY, before.equals(after) ? before + " on each side" : before + " → " + after));
        List<Line> below = new ArrayList<>();
        if (pair.changes().isEmpty()) {
            below.add(new Line(Tone.ATTENTION, "", "They have no metric in common."));
        } else {
            blocks.add(new Grid(MetricTable.of(pair.changes())));
        }
        below.addAll(plain(Tone.SECONDARY, ContrastWords.withoutPartner(pair)));
        below.addAll(warnings(ContrastWords.warnings(pair)));
        addLines(blocks, below);
    }

    private static void addLines(List<Block> blocks, List<Line> lines) {
        if (!lines.isEmpty()) {
            blocks.add(new Lines(lines));
        }
    }

    private static List<Line> plain(Tone tone, List<String> sentences) {
        return sentences.stream().map(sentence -> new Line(tone, "", sentence)).toList();
    }

    private static List<Line> warnings(List<String> sentences) {
        return sentences.stream()
                .map(sentence -> new Line(Tone.ATTENTION, "warning: ", sentence))
                .toList();
    }

    private static List<Line> thresholds(List<ThresholdOutcome> outcomes, Comparison comparison) {
        int longest = outcomes.stream()
                .mapToInt(outcome -> outcome.result().words().length())
                .max()
                .orElse(0);
        return outcomes.stream()
                .map(outcome -> {
                    String words = outcome.result().words();
                    String about = ContrastWords.about(comparison, outcome);
                    return new Line(
                            tone(outcome),
                            words + " ".repeat(longest - words.length()) + "  ",
                            outcome.threshold().text() + "  " + (about.isEmpty() ? "" : about + ": ")
                                    + outcome.sentence());
                })
                .toList();
    }

    private static Tone tone(ThresholdOutcome outcome) {
        return switch (outcome.result()) {
            case KEPT -> Tone.GOOD;
            case NOISE -> Tone.ATTENTION;
            case BROKEN, MISSING -> Tone.BAD;
        };
    }
}
