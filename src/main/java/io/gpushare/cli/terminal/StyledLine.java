package io.gpushare.cli.terminal;

import io.gpushare.text.SafeText;

/**
 * A line that knows how wide it looks, so that it can be cut to a terminal's width without cutting an escape. What is
 * added is made harmless: the name of somebody's process must not drive the terminal.
 */
public final class StyledLine {
    private final StringBuilder text = new StringBuilder();
    private final int limit;
    private final boolean colour;
    private int width;

    /** @param limit columns; what does not fit is left away */
    public StyledLine(int limit, boolean colour) {
        this.limit = limit;
        this.colour = colour;
    }

    public StyledLine add(String more) {
        text.append(fitting(more));
        return this;
    }

    public StyledLine add(Style style, String more) {
        String fits = fitting(more);
        if (colour && !fits.isEmpty()) {
            text.append(style.escape()).append(fits).append(Style.RESET);
        } else {
            text.append(fits);
        }
        return this;
    }

    /** Fills up with blanks, so that the next text begins at this column. */
    public StyledLine column(int start) {
        return add(" ".repeat(Math.max(0, start - width)));
    }

    public int remaining() {
        return limit - width;
    }

    private String fitting(String more) {
        int end = Math.min(more.length(), remaining());
        boolean halfACharacter =
                end > 0 && end < more.length() && Character.isSurrogatePair(more.charAt(end - 1), more.charAt(end));
        String fits = more.substring(0, halfACharacter ? end - 1 : end);
        width += fits.length();
        return SafeText.of(fits);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
