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
import io.gpushare.text.Painter;
import io.gpushare.text.SafeText;
import io.gpushare.text.TableLayout;
import io.gpushare.text.TextTable;
import io.gpushare.text.Tone;
import io.gpushare.text.Wrapping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Text for a terminal or a plain file: wrapped, and only what is meant to be copied may be wider than the page. */
public final class PlainText {
    /** On a narrower terminal, half a sentence a line would help nobody. */
    private static final int NARROWEST = 40;

    /** Lines that are longer are hard to read. */
    private static final int WIDEST_TEXT = 110;

    private static final int LABEL_WIDTH = 22;
    /** Below it, a label has no column of its own. */
    private static final int NARROWEST_WITH_LABELS = 72;

    private static final String INDENT = "  ";

    private final int columns;
    private final int textWidth;
    private final Painter painter;
    private final boolean whole;
    private final List<String> lines = new ArrayList<>();
    private @Nullable Block last;

    private PlainText(int columns, Painter painter, boolean whole) {
        this.columns = Math.max(NARROWEST, columns);
        this.textWidth = Math.min(this.columns, WIDEST_TEXT);
        this.painter = painter;
        this.whole = whole;
    }

    /** @param columns of the page: of tables, those columns that have no room are left away */
    public static List<String> fitting(List<Block> blocks, int columns, Painter painter) {
        return lines(blocks, new PlainText(columns, painter, false));
    }

    /** Without colours. No column of a table is lost, though it be wider. */
    public static List<String> whole(List<Block> blocks, int columns) {
        return lines(blocks, new PlainText(columns, Painter.NONE, true));
    }

    private static List<String> lines(List<Block> blocks, PlainText text) {
        blocks.forEach(text::add);
        return text.lines.stream().map(String::stripTrailing).toList();
    }

    private void add(Block block) {
        boolean headed = last instanceof Heading;
        boolean afterPoint = last instanceof Point;
        last = block;
        switch (block) {
            case Heading(int level, String text) -> addHeading(level, text);
            case Paragraph(Tone tone, String text) -> {
                if (!headed) {
                    addGap();
                }
                addWrapped(tone, "", "", text);
            }
            case Point point -> addPoint(point);
            case Excerpt excerpt -> fitting(excerpt).forEach(this::add);
            case Notes(List<String> sentences) ->
                sentences.forEach(sentence -> addWrapped(Tone.PLAIN, "- ", INDENT, sentence));
            case Lines(List<Line> several) -> {
                if (!headed && !afterPoint) {
                    addGap();
                }
                several.forEach(this::addLine);
            }
            case Grid(TextTable table) -> {
                boolean announced = !lines.isEmpty() && lines.getLast().endsWith(":");
                if (!headed && !announced) {
                    addGap();
                }
                addTable(table);
                lines.add("");
            }
        }
    }

    private List<Block> fitting(Excerpt excerpt) {
        for (int shown = excerpt.points().size(); shown > 0; shown--) {
            List<Block> first = excerpt.first(shown);
            if (height(first) <= excerpt.mostLines()) {
                return first;
            }
        }
        return shortened(excerpt);
    }

    /** The first point without what it says at its end, which is its command and then its last words. */
    private List<Block> shortened(Excerpt excerpt) {
        List<Block> blocks = new ArrayList<>(excerpt.first(1));
        Point first = excerpt.points().getFirst();
        String text = first.text();
        while (height(blocks) > excerpt.mostLines() && text.contains(" ")) {
            text = text.substring(0, text.lastIndexOf(' '));
            blocks.set(0, new Point(first.mark(), first.tone(), "", text + " …", List.of()));
        }
        return blocks;
    }

    /** Counts the lines of the page that blocks take; a command that is wider than the page takes several. */
    private int height(List<Block> blocks) {
        return lines(blocks, new PlainText(columns, Painter.NONE, whole)).stream()
                .mapToInt(line -> Math.max(1, Math.ceilDiv(line.length(), columns)))
                .sum();
    }

    private void addGap() {
        if (!lines.isEmpty() && !lines.getLast().isEmpty()) {
            lines.add("");
        }
    }

    private void addHeading(int level, String text) {
        addGap();
        List<String> parts = wrapped(text, 0);
        parts.forEach(part -> lines.add(painter.paint(Tone.HEADING, part)));
        int width =
                Math.min(columns, parts.stream().mapToInt(String::length).max().orElse(0));
        switch (level) {
            case 1 -> lines.add("═".repeat(width));
            case 2 -> lines.add("─".repeat(width));
            default -> {}
        }
    }

    private void addPoint(Point point) {
        String mark = SafeText.of(point.mark());
        String label = SafeText.of(point.label());
        String before = mark.isEmpty() ? "" : painter.paint(point.tone(), mark) + " ";
        String hanging = mark.isEmpty() ? "" : INDENT;
        if (label.isEmpty()) {
            addWrapped(Tone.PLAIN, before, hanging, point.text());
        } else if (textWidth < NARROWEST_WITH_LABELS) {
            lines.add(before + painter.paint(Tone.HEADING, label));
            addWrapped(Tone.PLAIN, hanging, hanging, point.text());
        } else {
            int gap = Math.max(1, LABEL_WIDTH - hanging.length() - label.length());
            addWrapped(
                    Tone.PLAIN,
                    before + painter.paint(Tone.HEADING, label) + " ".repeat(gap),
                    " ".repeat(LABEL_WIDTH),
                    point.text());
        }
        for (Command command : point.commands()) {
            if (!command.text().isEmpty()) {
                addWrapped(Tone.PLAIN, hanging + INDENT, hanging + INDENT, command.text());
            }
            lines.add(hanging + INDENT + INDENT + painter.paint(Tone.COMMAND, SafeText.of(command.line())));
        }
    }

    private void addLine(Line line) {
        String start = SafeText.of(line.start());
        for (String part : wrapped(line.text(), start.length())) {
            lines.add(painter.paint(line.tone(), start + part));
            start = " ".repeat(start.length());
        }
    }

    private void addTable(TextTable table) {
        TableLayout text = new TableLayout(table, columns, whole);
        lines.addAll(text.lines(painter));
        if (!text.leftAway().isEmpty()) {
            addWrapped(Tone.PLAIN, "", "", "No room here for: " + String.join(", ", text.leftAway()) + ".");
        }
    }

    private List<String> wrapped(String text, int indent) {
        return Wrapping.of(SafeText.of(text), Math.max(1, textWidth - indent)).toList();
    }

    /** @param first what stands before the first line, {@code rest} before the others: equally wide to the eye */
    private void addWrapped(Tone tone, String first, String rest, String text) {
        String before = first;
        for (String part : wrapped(text, rest.length())) {
            lines.add(before + painter.paint(tone, part));
            before = rest;
        }
    }
}
