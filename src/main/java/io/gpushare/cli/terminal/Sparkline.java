package io.gpushare.cli.terminal;

import java.util.List;
import java.util.stream.IntStream;

/** The last values of a metric as a row of small columns; older values leave on the left. */
public final class Sparkline {
    private static final String LEVELS = "▁▂▃▄▅▆▇█";

    private final double[] values;
    private int count;
    private int next;

    public Sparkline(int capacity) {
        values = new double[capacity];
    }

    /** @param value NaN leaves a hole: there was no reading */
    public void add(double value) {
        values[next] = value;
        next = (next + 1) % values.length;
        count = Math.min(count + 1, values.length);
    }

    /** @param full the value that fills a column; the scale starts at zero so that heights compare */
    public String render(int width, double full) {
        return render(width, full, 1).getFirst();
    }

    /** Over several rows, the uppermost first. */
    public List<String> render(int width, double full, int rows) {
        return IntStream.range(0, rows)
                .mapToObj(row -> row(width, full, rows, rows - 1 - row))
                .toList();
    }

    private String row(int width, double full, int rows, int rowsBelow) {
        int shown = Math.min(width, count);
        StringBuilder line = new StringBuilder(" ".repeat(width - shown));
        for (int age = shown; age > 0; age--) {
            line.append(cell(values[Math.floorMod(next - age, values.length)], full, rows, rowsBelow));
        }
        return line.toString();
    }

    /** The lowest level is always there, so that a value of zero shows as one. */
    private static char cell(double value, double full, int rows, int rowsBelow) {
        if (Double.isNaN(value)) {
            return ' ';
        }
        double fraction = full > 0 ? Math.clamp(value / full, 0, 1) : 0;
        int level = (int) Math.round(fraction * (LEVELS.length() * rows - 1)) - LEVELS.length() * rowsBelow;
        return level < 0 ? ' ' : LEVELS.charAt(Math.min(level, LEVELS.length() - 1));
    }
}
