package io.gpushare.report.contrast;

import io.gpushare.compare.Comparison;
import io.gpushare.compare.MetricChange;
import io.gpushare.compare.Pair;
import io.gpushare.compare.ThresholdOutcome;
import io.gpushare.report.text.Block.Notes;
import io.gpushare.report.text.Markdown;
import io.gpushare.text.Amount;
import io.gpushare.text.TextTable.Column;
import java.util.List;
import java.util.Locale;

/** A comparison as a comment on a pull request: what was found first, all numbers folded away below. */
public final class ContrastMarkdown {
    /** GitHub refuses a comment of more than 65536 characters altogether; whoever posts this may have a word to add. */
    private static final int MOST_CHARACTERS = 60_000;

    private static final List<Column> COLUMNS = List.of(
            Column.text("metric"),
            Column.text("of"),
            Column.number("baseline"),
            Column.number("n"),
            Column.number("contender"),
            Column.number("n"),
            Column.number("change"),
            Column.number("95 % interval"),
            Column.number("p"),
            Column.text(""));

    private ContrastMarkdown() {}

    public static String of(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        text.append("**gpushare compare: ")
                .append(Markdown.escaped(ContrastWords.summary(comparison)))
                .append("**\n\n")
                .append(code(comparison.baseline().name()))
                .append(" → ")
                .append(code(comparison.contender().name()))
                .append("\n");
        addThresholds(text, comparison);
        StringBuilder end = new StringBuilder();
        addList(end, ContrastWords.leftOut(comparison));
        addList(end, ContrastWords.notes(comparison));
        addPairs(text, comparison.pairs(), MOST_CHARACTERS - end.length());
        return text.append(end).toString();
    }

    /**
     * Adds as many pairs as there is room for. What was found in a pair is worth more than all numbers of the pair
     * before it.
     */
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
        text.append("\n").append(Markdown.header(List.of(Column.text("threshold"), Column.text(""), Column.text(""))));
        for (ThresholdOutcome outcome : comparison.thresholds()) {
            String words = outcome.result().words();
            String about = ContrastWords.about(comparison, outcome);
            text.append(Markdown.row(List.of(
                    code(outcome.threshold().text()),
                    outcome.fails() ? strong(words.toUpperCase(Locale.ROOT)) : words,
                    Markdown.escaped((about.isEmpty() ? "" : about + ": ") + outcome.sentence()))));
        }
    }

    private static String finding(Pair pair) {
        StringBuilder text = new StringBuilder();
        text.append("\n#### ").append(Markdown.escaped(pair.title())).append("\n");
        addList(text, ContrastWords.warnings(pair));
        List<MetricChange> shown =
                pair.changes().stream().filter(MetricChange::isShown).toList();
        if (!shown.isEmpty()) {
            addTable(text, shown);
        }
        if (pair.changes().isEmpty()) {
            text.append("\nThey have no metric in common.\n");
        }
        return text.toString();
    }

    /** All numbers of a pair, folded away. */
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
                .append(Markdown.escaped(ContrastWords.describe(pair.baseline())))
                .append(". Contender: ")
                .append(Markdown.escaped(ContrastWords.describe(pair.contender())))
                .append(".\n");
        addList(text, ContrastWords.withoutPartner(pair));
        return text.append("\n</details>\n").toString();
    }

    private static void addTable(StringBuilder text, List<MetricChange> changes) {
        text.append("\n").append(Markdown.header(COLUMNS));
        for (MetricChange change : changes) {
            MetricRow row = new MetricRow(change);
            text.append(Markdown.row(List.of(
                    Markdown.escaped(row.metric()),
                    change.metric().variant().map(ContrastMarkdown::code).orElse(""),
                    row.baseline(),
                    row.baselineRuns(),
                    row.contender(),
                    row.contenderRuns(),
                    row.percent(),
                    Markdown.escaped(row.interval()),
                    Markdown.escaped(row.p()),
                    change.isShown() ? strong(row.judgement()) : row.judgement())));
        }
    }

    private static String code(String name) {
        return "<code>" + Markdown.escaped(name) + "</code>";
    }

    private static String strong(String words) {
        return "**" + words + "**";
    }

    private static void addList(StringBuilder text, List<String> sentences) {
        if (!sentences.isEmpty()) {
            text.append("\n").append(Markdown.of(List.of(new Notes(sentences))));
        }
    }
}
