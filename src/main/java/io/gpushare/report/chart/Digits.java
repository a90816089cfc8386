package io.gpushare.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as a picture bears them: three digits that count, or all of a whole number. */
final class Digits {
    private static final char THIN = '\u202f';

    private Digits() {}

    static String of(double value) {
        if (!Double.isFinite(value)) {
            return "–";
        }
        if (value == 0) {
            return "0";
        }
        double size = Math.abs(value);
        if (size >= 999_500) {
            return significant(value / 1e6) + THIN + "M";
        }
        if (size >= 99_950) {
            return significant(value / 1e3) + THIN + "k";
        }
        if (size >= 99.95) {
            return grouped(Math.round(value));
        }
        return size >= 0.01
                ? decimals(value, size < 0.0995 ? 3 : size < 9.995 ? 2 : 1)
                : BigDecimal.valueOf(value).round(new MathContext(2)).toPlainString();
    }

    /** Of an axis: as many decimals as its steps need. */
    static String ofTick(double value, double step) {
        if (Math.abs(value) < step / 1e6) {
            return "0";
        }
        if (step < 1e-3) {
            return step < 1e-6 ? trimmed(value * 1e9) + THIN + "n" : trimmed(value * 1e6) + THIN + "µ";
        }
        if (Math.abs(value) >= 1e6 || step >= 1e6) {
            return trimmed(value / 1e6) + THIN + "M";
        }
        if (Math.abs(value) >= 1e5) {
            return trimmed(value / 1e3) + THIN + "k";
        }
        int decimals = BigDecimal.valueOf(step)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .scale();
        return decimals <= 0 ? grouped(Math.round(value)) : decimals(value, decimals);
    }

    /** Of a number that somebody typed: as short as it is. */
    static String asGiven(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String significant(double value) {
        return BigDecimal.valueOf(value).round(new MathContext(3)).toPlainString();
    }

    private static String trimmed(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String decimals(double value, int decimals) {
        return BigDecimal.valueOf(value)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString()
                .replace('-', '−');
    }

    private static String grouped(long value) {
        return Math.abs(value) < 10_000
                ? Long.toString(value).replace('-', '−')
                : String.format(Locale.ROOT, "%,d", value).replace(',', THIN).replace('-', '−');
    }
}
