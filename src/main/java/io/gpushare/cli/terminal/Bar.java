package io.gpushare.cli.terminal;

/** A horizontal bar, to an eighth of a character. */
public final class Bar {
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";

    private Bar() {}

    /** @param fraction below 0 and above 1 are drawn as empty and full */
    public static String of(double fraction, int width) {
        double clamped = Math.clamp(fraction, 0, 1);
        int eighths = (int) Math.round(clamped * width * 8);
        StringBuilder bar = new StringBuilder("█".repeat(eighths / 8));
        if (eighths % 8 > 0) {
            bar.append(EIGHTHS.charAt(eighths % 8));
        }
        return bar.append(" ".repeat(width - bar.length())).toString();
    }
}
