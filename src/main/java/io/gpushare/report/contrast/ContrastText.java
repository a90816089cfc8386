package io.gpushare.report.contrast;

import io.gpushare.compare.Comparison;
import io.gpushare.compare.Pair;
import io.gpushare.compare.ThresholdOutcome;
import java.util.ArrayList;
import java.util.List;

/** A comparison on a terminal. */
public final class ContrastText {
    private static final String WARNING = "warning: ";

    private ContrastText() {}

    /** @param width of the terminal */
    public static List<Line> of(Comparison comparison, int width) {
        List<Line> lines = new ArrayList<>();
        lines.add(Line.empty());
        lines.add(Line.of(Tone.SECONDARY, "Baseline   " + comparison.baseline().name()));
        lines.add(Line.of(Tone.SECONDARY, "Contender  " + comparison.contender().name()));
        comparison.pairs().forEach(pair -> add(lines, pair, width));
        List<String> leftOut = ContrastWords.leftOut(comparison);
        if (!leftOut.isEmpty()) {
            lines.add(Line.empty());
            leftOut.forEach(sentence -> lines.add(warning(sentence)));
        }
        addThresholds(lines, comparison);
        lines.add(Line.empty());
        ContrastWords.notes(comparison).forEach(note -> lines.add(Line.of(Tone.SECONDARY, note)));
        String summary = ContrastWords.summary(comparison);
        lines.add(Line.of(
                comparison.isBroken() ? Tone.BAD : Tone.HEADING,
                Character.toUpperCase(summary.charAt(0)) + summary.substring(1) + "."));
        return lines;
    }

    private static void add(List<Line> lines, Pair pair, int width) {
        lines.add(Line.empty());
        lines.add(Line.of(Tone.HEADING, pair.title()));
        String before = ContrastWords.describe(pair.baseline());
        String after = ContrastWords.describe(pair.contender());
        lines.add(Line.of(Tone.SECONDARY, before.equals(after) ? before + " on each side" : before + " → " + after));
        lines.add(Line.empty());
        if (pair.changes().isEmpty()) {
            lines.add(Line.of(Tone.ATTENTION, "They have no metric in common."));
        } else {
            lines.addAll(MetricTable.lines(pair.changes(), width));
        }
        ContrastWords.withoutPartner(pair).forEach(sentence -> lines.add(Line.of(Tone.SECONDARY, sentence)));
        ContrastWords.warnings(pair).forEach(sentence -> lines.add(warning(sentence)));
    }

    private static Line warning(String sentence) {
        return new Line(Tone.ATTENTION, WARNING + sentence, WARNING.length());
    }

    private static void addThresholds(List<Line> lines, Comparison comparison) {
        if (comparison.thresholds().isEmpty()) {
            return;
        }
        lines.add(Line.empty());
        int longest = comparison.thresholds().stream()
                .mapToInt(outcome -> outcome.result().words().length())
                .max()
                .orElse(0);
        for (ThresholdOutcome outcome : comparison.thresholds()) {
            String words = outcome.result().words();
            String about = ContrastWords.about(comparison, outcome);
            String start = words + " ".repeat(longest - words.length()) + "  ";
            lines.add(new Line(
                    tone(outcome),
                    start + outcome.threshold().text() + "  " + (about.isEmpty() ? "" : about + ": ")
                            + outcome.sentence(),
                    start.length()));
        }
    }

    private static Tone tone(ThresholdOutcome outcome) {
        return switch (outcome.result()) {
            case KEPT -> Tone.GOOD;
            case NOISE -> Tone.ATTENTION;
            case BROKEN, MISSING -> Tone.BAD;
        };
    }
}
