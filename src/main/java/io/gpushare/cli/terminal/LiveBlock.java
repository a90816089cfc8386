package io.gpushare.cli.terminal;

import java.io.PrintStream;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A block of lines that redraws itself in place, below everything printed before; closing removes it. Lines must fit
 * the width and the height.
 */
public final class LiveBlock implements AutoCloseable {
    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_TO_END_OF_LINE = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";
    private static final String UP_AND_CLEAR_LINE = "\u001b[A\u001b[2K";

    private final PrintStream terminal;
    private List<String> shown = List.of();
    private int width = Integer.MAX_VALUE;
    private boolean closed;
    private boolean cursorHidden;

    LiveBlock(PrintStream terminal) {
        this.terminal = terminal;
    }

    /** Draws everything in one write, so that a redraw never shows half a block. */
    public synchronized void draw(List<String> lines, int columns) {
        if (closed || lines.equals(shown)) {
            return;
        }
        width = columns;
        StringBuilder text = new StringBuilder(cursorHidden ? "" : HIDE_CURSOR);
        cursorHidden = true;
        int rows = rows();
        text.append(rows == 0 ? "" : "\u001b[" + rows + "A\r");
        lines.forEach(line -> text.append(GuardedText.line(line))
                .append(fills(line, columns) ? "" : CLEAR_TO_END_OF_LINE)
                .append("\r\n"));
        write(text.append(CLEAR_BELOW));
        shown = List.copyOf(lines);
    }

    /** A line that stays, above the block; also after closing. */
    public synchronized void print(String line, int columns) {
        width = columns;
        StringBuilder text = new StringBuilder(erased());
        text.append(GuardedText.line(line)).append("\r\n");
        shown.forEach(drawn -> text.append(GuardedText.line(drawn)).append("\r\n"));
        write(text);
    }

    /** A terminal that became narrower has broken lines in two. */
    private int rows() {
        return shown.stream()
                .mapToInt(line -> Math.max(1, Math.ceilDiv(width(line), width)))
                .sum();
    }

    /**
     * Line by line. Where the block begins in the uppermost row, clearing all below it would be clearing the screen,
     * and what a terminal such as tmux clears as a whole it keeps among what has scrolled away.
     */
    private String erased() {
        int rows = rows();
        return rows == 0 ? "" : UP_AND_CLEAR_LINE.repeat(rows) + "\r";
    }

    /** Behind a line that fills the width, terminals would clear its last character. */
    private static boolean fills(String line, int columns) {
        return width(line) >= columns;
    }

    private static int width(String line) {
        return ESCAPE.matcher(line).replaceAll("").length();
    }

    private void write(StringBuilder text) {
        terminal.print(text);
        terminal.flush();
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (cursorHidden) {
            write(new StringBuilder(erased()).append(SHOW_CURSOR));
        }
        shown = List.of();
    }
}
