package io.gpushare.cli.terminal;

/** A line that knows how wide it looks, so that it can be cut to a terminal's width without cutting an escape. */
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
        String fits = more.length() <= remaining() ? more : more.substring(0, remaining());
        width += fits.length();
        return fits;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
