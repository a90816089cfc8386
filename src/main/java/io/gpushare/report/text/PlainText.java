package io.gpushare.report.text;

import io.gpushare.report.text.Block.Command;
import io.gpushare.report.text.Block.Grid;
import io.gpushare.report.text.Block.Heading;
import io.gpushare.report.text.Block.Notes;
import io.gpushare.report.text.Block.Paragraph;
import io.gpushare.report.text.Block.Point;
import io.gpushare.text.SafeText;
import io.gpushare.text.Wrapping;
import java.util.ArrayList;
import java.util.List;

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

    /** Gives text the look of its tone. */
    @FunctionalInterface
    public interface Painter {
        Painter NONE = (tone, text) -> text;

        String paint(Tone tone, String text);
    }

    private final int columns;
    private final int textWidth;
    private final Painter painter;
    private final boolean whole;
    private final List<String> lines = new ArrayList<>();
    private boolean afterHeading;

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
        boolean headed = afterHeading;
        afterHeading = block instanceof Heading;
        switch (block) {
            case Heading(int level, String text) -> addHeading(level, text);
            case Paragraph(Tone tone, String text) -> {
                if (!headed) {
                    addGap();
                }
                addWrapped(tone, "", "", text);
            }
            case Point point -> addPoint(point);
            case Notes(List<String> sentences) ->
                sentences.forEach(sentence -> addWrapped(Tone.PLAIN, "- ", INDENT, sentence));
            case Grid grid -> {
                boolean announced = !lines.isEmpty() && lines.getLast().endsWith(":");
                if (!headed && !announced) {
                    addGap();
                }
                lines.addAll(new GridText(grid, columns, whole).lines());
                lines.add("");
            }
        }
    }

    private void addGap() {
        if (!lines.isEmpty() && !lines.getLast().isEmpty()) {
            lines.add("");
        }
    }

    private void addHeading(int level, String text) {
        addGap();
        List<String> parts = Wrapping.of(SafeText.of(text), textWidth).toList();
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

    /** @param first what stands before the first line, {@code rest} before the others: equally wide to the eye */
    private void addWrapped(Tone tone, String first, String rest, String text) {
        String before = first;
        for (String part : Wrapping.of(SafeText.of(text), Math.max(1, textWidth - rest.length()))
                .toList()) {
            lines.add(before + painter.paint(tone, part));
            before = rest;
        }
    }
}
