package io.gpushare.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * From values to places along a line.
 *
 * @param scaled from a value to what the line is even in
 * @param from and {@code until}: values at its ends
 */
record Axis(DoubleUnaryOperator scaled, double from, double until, List<Tick> ticks) {
    private static final double[] STEPS = {1, 2, 2.5, 5, 10};

    record Tick(double value, String label) {}

    /** From zero, because bars lie by their length. */
    static Axis fromZero(double highest, int ticks) {
        return between(0, highest > 0 && Double.isFinite(highest) ? highest : 1, ticks);
    }

    static Axis between(double from, double until, int wanted) {
        double step = step((until - from) / wanted);
        List<Tick> ticks = new ArrayList<>();
        long first = (long) Math.ceil(from / step - 1e-9);
        for (long i = first; i * step <= until + step * 1e-9; i++) {
            ticks.add(new Tick(i * step, Digits.ofTick(i * step, step)));
        }
        return new Axis(DoubleUnaryOperator.identity(), from, until, ticks);
    }

    /** @param lowest and {@code highest}: above 0 */
    static Axis logarithmic(double lowest, double highest) {
        double from = lowest;
        double until = highest > lowest * 1.2 ? highest : lowest * 1.2;
        double decades = Math.log10(until / from);
        int[] digits = decades < 1.3 ? new int[] {1, 2, 3, 4, 5, 6, 8} : decades < 3.2 ? new int[] {1, 2, 5} : new int[] {1};
        List<Tick> ticks = new ArrayList<>();
        for (int decade = (int) Math.floor(Math.log10(from)); decade <= Math.log10(until); decade++) {
            for (int digit : digits) {
                double value = digit * Math.pow(10, decade);
                if (value >= from * 0.9999 && value <= until * 1.0001) {
                    ticks.add(new Tick(value, plain(value)));
                }
            }
        }
        return ticks.size() < 2 ? linearTicks(from, until) : new Axis(Math::log10, from, until, ticks);
    }

    /** So narrow that no round power of ten lies in it. */
    private static Axis linearTicks(double from, double until) {
        return new Axis(Math::log10, from, until, between(from, until, 4).ticks());
    }

    /** Even in how few latencies are longer: from all of them to one in a thousand. */
    static Axis percentiles(double highest) {
        List<Tick> ticks = new ArrayList<>(List.of(new Tick(0, "0"), new Tick(0.5, "50"), new Tick(0.9, "90")));
        if (highest > 0.98) {
            ticks.add(new Tick(0.99, "99"));
        }
        if (highest > 0.998) {
            ticks.add(new Tick(0.999, "99.9"));
        }
        return new Axis(share -> -Math.log10(1 - share), 0, highest, ticks);
    }

    /** 0 at the one end, 1 at the other. */
    double place(double value) {
        double start = scaled.applyAsDouble(from);
        return (scaled.applyAsDouble(value) - start) / (scaled.applyAsDouble(until) - start);
    }

    private static double step(double rough) {
        double magnitude = Math.pow(10, Math.floor(Math.log10(rough)));
        for (double step : STEPS) {
            if (step * magnitude >= rough * 0.999) {
                return step * magnitude;
            }
        }
        return 10 * magnitude;
    }

    private static String plain(double value) {
        return value >= 1 ? Digits.ofTick(value, 1) : Digits.ofTick(value, Math.pow(10, Math.floor(Math.log10(value))));
    }
}
