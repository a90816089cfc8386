package io.gpushare.report.contrast;

import io.gpushare.compare.Change;
import io.gpushare.compare.Comparison;
import io.gpushare.compare.Judgement;
import io.gpushare.compare.Pair;
import io.gpushare.compare.ThresholdOutcome;
import java.util.List;
import java.util.Locale;

/** A comparison as a comment on a pull request: what was found first, all numbers folded away below. */
public final class ContrastMarkdown {
    private ContrastMarkdown() {}

    public static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        text.append("**gpushare compare: ")
                .append(MarkdownText.plain(ContrastWords.summary(comparison)))
                .append("**\n\n")
                .append(MarkdownText.name(comparison.baseline().name()))
                .append(" → ")
                .append(MarkdownText.name(comparison.contender().name()))
                .append("\n");
        addThresholds(text, comparison);
        comparison.pairs().forEach(pair -> add(text, pair));
        addList(text, ContrastWords.leftOut(comparison));
        addList(text, ContrastWords.notes(comparison));
        return text.toString();
    }

    private static void addThresholds(StringBuilder text, Comparison comparison) {
        if (comparison.thresholds().isEmpty()) {
            return;
        }
        text.append("\n| threshold | | |\n|---|---|---|\n");
        for (ThresholdOutcome outcome : comparison.thresholds()) {
            String words = outcome.result().words();
            String about = ContrastWords.about(comparison, outcome);
            text.append("| ")
                    .append(MarkdownText.name(outcome.threshold().text()))
                    .append(" | ")
                    .append(outcome.fails() ? "**" + words.toUpperCase(Locale.ROOT) + "**" : words)
                    .append(" | ")
                    .append(about.isEmpty() ? "" : MarkdownText.plain(about) + ": ")
                    .append(MarkdownText.plain(outcome.sentence()))
                    .append(" |\n");
        }
    }

    private static void add(StringBuilder text, Pair pair) {
        text.append("\n#### ").append(MarkdownText.plain(pair.title())).append("\n");
        addList(text, ContrastWords.warnings(pair));
        List<Change> shown = pair.changes().stream()
                .filter(change -> change.judgement() == Judgement.BETTER || change.judgement() == Judgement.WORSE)
                .toList();
        if (!shown.isEmpty()) {
            addTable(text, shown);
        }
        if (pair.changes().isEmpty()) {
            text.append("\nThey have no metric in common.\n");
            return;
        }
        text.append("\n<details><summary>All metrics (")
                .append(pair.changes().size())
                .append(")</summary>\n");
        addTable(text, pair.changes());
        text.append("\nBaseline: ")
                .append(MarkdownText.plain(ContrastWords.describe(pair.baseline())))
                .append(". Contender: ")
                .append(MarkdownText.plain(ContrastWords.describe(pair.contender())))
                .append(".\n");
        addList(text, ContrastWords.withoutPartner(pair));
        text.append("\n</details>\n");
    }

    private static void addTable(StringBuilder text, List<Change> changes) {
        text.append("\n| metric | of | baseline | n | contender | n | change | 95 % interval | p | |\n")
                .append("|---|---|--:|--:|--:|--:|--:|--:|--:|---|\n");
        for (Change change : changes) {
            MetricRow row = new MetricRow(change);
            text.append("| ").append(MarkdownText.plain(row.metric())).append(" | ");
            text.append(change.metric().variant().map(MarkdownText::name).orElse(""));
            for (String cell : List.of(
                    row.baseline(),
                    row.baselineRuns(),
                    row.contender(),
                    row.contenderRuns(),
                    row.percent(),
                    row.interval(),
                    row.p())) {
                text.append(" | ").append(MarkdownText.plain(cell));
            }
            boolean shown = change.judgement() == Judgement.BETTER || change.judgement() == Judgement.WORSE;
            text.append(" | ")
                    .append(shown ? "**" + row.judgement() + "**" : row.judgement())
                    .append(" |\n");
        }
    }

    private static void addList(StringBuilder text, List<String> sentences) {
        if (sentences.isEmpty()) {
            return;
        }
        text.append("\n");
        sentences.forEach(sentence ->
                text.append("- ").append(MarkdownText.plain(sentence)).append("\n"));
    }
}
