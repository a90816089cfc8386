package io.gpushare.cli.terminal;

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
        int shown = Math.min(width, count);
        StringBuilder line = new StringBuilder(" ".repeat(width - shown));
        for (int age = shown; age > 0; age--) {
            line.append(column(values[Math.floorMod(next - age, values.length)], full));
        }
        return line.toString();
    }

    private static char column(double value, double full) {
        if (Double.isNaN(value)) {
            return ' ';
        }
        double fraction = full > 0 ? Math.clamp(value / full, 0, 1) : 0;
        return LEVELS.charAt((int) Math.round(fraction * (LEVELS.length() - 1)));
    }
}
