package io.gpushare.report.text;

import io.gpushare.report.text.Block.Column;
import io.gpushare.report.text.Block.Command;
import io.gpushare.report.text.Block.Grid;
import io.gpushare.report.text.Block.Heading;
import io.gpushare.report.text.Block.Notes;
import io.gpushare.report.text.Block.Paragraph;
import io.gpushare.report.text.Block.Point;
import io.gpushare.text.SafeText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** GitHub's Markdown: a line a paragraph, and no HTML; what looks like markup in names is shown as it is written. */
public final class Markdown {
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>|~&$#]");
    /** What would begin a list or a rule. */
    private static final Pattern AT_START = Pattern.compile("^(\\s*\\d*)(?=[-+=.)])");
    /** What becomes a link on its own. */
    private static final Pattern LINK = Pattern.compile("(?i)(www|:/)(?=[./])");

    private static final Pattern FENCE = Pattern.compile("`+");

    private Markdown() {}

    public static String of(List<Block> blocks) {
        return blocks.stream().map(Markdown::of).collect(Collectors.joining("\n"));
    }

    private static String of(Block block) {
        return switch (block) {
            case Heading(int level, String text) -> "#".repeat(level) + " " + escaped(text) + "\n";
            case Paragraph(Tone tone, String text) -> paragraph(tone, text) + "\n";
            case Point point -> point(point);
            case Notes(List<String> sentences) ->
                sentences.stream()
                        .map(sentence -> "- " + atStart(sentence) + "\n")
                        .collect(Collectors.joining());
            case Grid grid -> table(grid);
        };
    }

    private static String paragraph(Tone tone, String text) {
        return switch (tone) {
            case PLAIN, SECONDARY, COMMAND -> atStart(text);
            case HEADING -> "**" + escaped(text) + "**";
            case GOOD, ATTENTION, BAD -> "> " + atStart(text);
        };
    }

    private static String point(Point point) {
        StringBuilder text = new StringBuilder("- " + escaped(point.mark()) + " ");
        if (!point.label().isEmpty()) {
            text.append("**").append(escaped(point.label())).append("**: ");
        }
        text.append(escaped(point.text())).append('\n');
        for (Command command : point.commands()) {
            if (!command.text().isEmpty()) {
                text.append("\n  ").append(atStart(command.text())).append('\n');
            }
            text.append(fenced(SafeText.of(command.line())));
        }
        return text.toString();
    }

    /** Inside a list. */
    private static String fenced(String line) {
        int longest = FENCE.matcher(line)
                .results()
                .mapToInt(run -> run.end() - run.start())
                .max()
                .orElse(0);
        String fence = "`".repeat(Math.max(3, longest + 1));
        return "\n  " + fence + "\n  " + line + "\n  " + fence + "\n";
    }

    private static String table(Grid grid) {
        StringBuilder text = new StringBuilder(
                row(grid.columns().stream().map(Column::header).toList()));
        text.append(grid.columns().stream()
                .map(column -> column.number() ? "---:" : "---")
                .collect(Collectors.joining(" | ", "| ", " |\n")));
        grid.rows().forEach(row -> text.append(row(row)));
        return text.toString();
    }

    private static String row(List<String> cells) {
        return cells.stream().map(Markdown::escaped).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String atStart(String text) {
        return AT_START.matcher(escaped(text)).replaceFirst("$1\\\\");
    }

    static String escaped(String text) {
        String shown =
                MARKUP.matcher(SafeText.of(text)).replaceAll(found -> "\\\\" + Matcher.quoteReplacement(found.group()));
        return LINK.matcher(shown).replaceAll("$1\\\\");
    }
}
