package io.gpushare.report.contrast;

import io.gpushare.compare.ChangeVerdict;
import io.gpushare.compare.Comparison;
import io.gpushare.compare.MetricChange;
import io.gpushare.compare.Pair;
import io.gpushare.compare.ThresholdOutcome;
import io.gpushare.text.Amount;
import java.util.List;
import java.util.Locale;

/** A comparison as a comment on a pull request: what was found first, all numbers folded away below. */
public final class ContrastMarkdown {
    /** GitHub refuses a comment of more than 65536 characters altogether; whoever posts this may have a word to add. */
    private static final int MOST_CHARACTERS = 60_000;

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
        StringBuilder end = new StringBuilder();
        addList(end, ContrastWords.leftOut(comparison));
        addList(end, ContrastWords.notes(comparison));
        addPairs(text, comparison.pairs(), MOST_CHARACTERS - end.length());
        return text.append(end).toString();
    }

    /** Of as many pairs as there is room for; what was found is worth more than all numbers of the pair before it. */
    private static void addPairs(StringBuilder text, List<Pair> pairs, int room) {
        List<String> findings = pairs.stream().map(ContrastMarkdown::finding).toList();
        int later = findings.stream().mapToInt(String::length).sum();
        int folded = 0;
        int dropped = 0;
        for (int i = 0; i < pairs.size(); i++) {
            String finding = findings.get(i);
            String numbers = numbers(pairs.get(i));
            later -= finding.length();
            if (text.length() + finding.length() > room) {
                dropped++;
                continue;
            }
            text.append(finding);
            if (text.length() + numbers.length() + later <= room) {
                text.append(numbers);
            } else {
                folded++;
            }
        }
        if (folded + dropped > 0) {
            text.append("\n_A comment has no room for all. Left out: ")
                    .append(folded > 0 ? "the numbers of " + Amount.of(folded, "pair") : "")
                    .append(folded > 0 && dropped > 0 ? ", and " : "")
                    .append(dropped > 0 ? Amount.of(dropped, "pair") + " altogether" : "")
                    .append(". `--json` has them._\n");
        }
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

    private static String finding(Pair pair) {
        StringBuilder text = new StringBuilder();
        text.append("\n#### ").append(MarkdownText.plain(pair.title())).append("\n");
        addList(text, ContrastWords.warnings(pair));
        List<MetricChange> shown = pair.changes().stream()
                .filter(change ->
                        change.judgement() == ChangeVerdict.BETTER || change.judgement() == ChangeVerdict.WORSE)
                .toList();
        if (!shown.isEmpty()) {
            addTable(text, shown);
        }
        if (pair.changes().isEmpty()) {
            text.append("\nThey have no metric in common.\n");
        }
        return text.toString();
    }

    /** Folded away. */
    private static String numbers(Pair pair) {
        if (pair.changes().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder();
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
        return text.append("\n</details>\n").toString();
    }

    private static void addTable(StringBuilder text, List<MetricChange> changes) {
        text.append("\n| metric | of | baseline | n | contender | n | change | 95 % interval | p | |\n")
                .append("|---|---|--:|--:|--:|--:|--:|--:|--:|---|\n");
        for (MetricChange change : changes) {
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
            boolean shown = change.judgement() == ChangeVerdict.BETTER || change.judgement() == ChangeVerdict.WORSE;
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
