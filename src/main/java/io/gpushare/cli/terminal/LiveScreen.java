package io.gpushare.cli.terminal;

import java.io.PrintStream;
import java.util.List;

/**
 * Redraws a page in place on the terminal's alternate screen; closing brings back what was there. Lines must already
 * fit the width.
 */
public final class LiveScreen implements AutoCloseable {
    private static final String ENTER = "\u001b[?1049h\u001b[?25l";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String CLEAR_LINE = "\u001b[2K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintStream terminal;
    private boolean open = true;

    LiveScreen(PrintStream terminal) {
        this.terminal = terminal;
        terminal.print(ENTER);
        terminal.flush();
    }

    /** Draws everything in one write, so that a redraw never shows half a page. */
    public synchronized void draw(List<String> lines, int rows) {
        if (!open) {
            return;
        }
        StringBuilder page = new StringBuilder(HOME);
        int shown = Math.min(lines.size(), rows);
        for (int i = 0; i < shown; i++) {
            // Before the text: behind a line that fills the width, terminals would clear its last character.
            page.append(CLEAR_LINE).append(GuardedText.line(lines.get(i)));
            if (i < rows - 1) {
                page.append("\r\n");
            }
        }
        if (shown < rows) {
            page.append(CLEAR_BELOW);
        }
        terminal.print(page);
        terminal.flush();
    }

    @Override
    public synchronized void close() {
        if (open) {
            open = false;
            terminal.print(LEAVE);
            terminal.flush();
        }
    }
}
