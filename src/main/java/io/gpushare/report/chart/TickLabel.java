package io.gpushare.report.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers along an axis. */
final class TickLabel {
    private static final char THIN = '\u202f';

    private TickLabel() {}

    /** With as many decimals as the steps of the axis need. */
    static String of(double value, double step) {
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
