package io.gpushare.report.text;

import io.gpushare.report.text.Block.Command;
import io.gpushare.report.text.Block.Excerpt;
import io.gpushare.report.text.Block.Grid;
import io.gpushare.report.text.Block.Heading;
import io.gpushare.report.text.Block.Line;
import io.gpushare.report.text.Block.Lines;
import io.gpushare.report.text.Block.Notes;
import io.gpushare.report.text.Block.Paragraph;
import io.gpushare.report.text.Block.Point;
import io.gpushare.text.SafeText;
import io.gpushare.text.TextTable;
import io.gpushare.text.TextTable.Column;
import io.gpushare.text.Tone;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * GitHub's Markdown: a line a paragraph, and no HTML but a comment behind an @; what looks like markup in names is
 * shown as it is written.
 */
public final class Markdown {
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]<>|~&$#]");
    /** What would begin a list or a rule. */
    private static final Pattern AT_START = Pattern.compile("^(\\s*\\d*)(?=[-+=.)])");
    /** What becomes a link on its own. */
    private static final Pattern LINK = Pattern.compile("(?i)(www|:/)(?=[./])");

    /** A comment between the sign and the name, so that no account is told of it. */
    private static final String MENTION = "@<!-- -->";

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
            case Excerpt excerpt -> of(excerpt.first(excerpt.points().size()));
            case Notes(List<String> sentences) ->
                sentences.stream()
                        .map(sentence -> "- " + atStart(sentence) + "\n")
                        .collect(Collectors.joining());
            case Lines(List<Line> lines) ->
                lines.stream()
                        .map(line -> "- " + atStart(line.start() + line.text()) + "\n")
                        .collect(Collectors.joining());
            case Grid(TextTable table) -> table(table);
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

    private static String table(TextTable table) {
        StringBuilder text = new StringBuilder(header(table.columns()));
        table.rows()
                .forEach(row -> text.append(
                        row(row.cells().stream().map(Markdown::escaped).toList())));
        return text.toString();
    }

    /** The first two lines of a table. */
    public static String header(List<Column> columns) {
        return row(columns.stream().map(column -> escaped(column.header())).toList())
                + row(columns.stream()
                        .map(column -> column.number() ? "---:" : "---")
                        .toList());
    }

    /** @param cells of a table, escaped where they are of others */
    public static String row(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String atStart(String text) {
        return AT_START.matcher(escaped(text)).replaceFirst("$1\\\\");
    }

    /** Shown as it is written, in a table and out of it, whatever a workload or a file is called. */
    public static String escaped(String text) {
        String shown =
                MARKUP.matcher(SafeText.of(text)).replaceAll(found -> "\\\\" + Matcher.quoteReplacement(found.group()));
        return LINK.matcher(shown).replaceAll("$1\\\\").replace("@", MENTION);
    }
}
