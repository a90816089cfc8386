package io.gpushare.report;

import java.util.Locale;

/** A colour, for a picture and for a page alike; channels from 0 to 255. */
public record Rgb(int red, int green, int blue) {
    public static final Rgb WHITE = new Rgb(255, 255, 255);
    public static final Rgb BLACK = new Rgb(0, 0, 0);

    /** @param hex as in {@code #7f7f7f} */
    public static Rgb of(String hex) {
        int value = Integer.parseInt(hex, 1, hex.length(), 16);
        return new Rgb(value >> 16, (value >> 8) & 0xff, value & 0xff);
    }

    public String hex() {
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }

    /** @param share of the other colour */
    public Rgb mix(Rgb other, double share) {
        return new Rgb(blend(red, other.red, share), blend(green, other.green, share), blend(blue, other.blue, share));
    }

    /** Which of black and white is read better on it, by WCAG's relative luminance. */
    public Rgb ink() {
        double luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
        return luminance > 0.179 ? BLACK : WHITE;
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }

    private static int blend(int from, int to, double share) {
        return (int) Math.round(from + (to - from) * share);
    }
}
