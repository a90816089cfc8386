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
    private static final double[][] LOGARITHMIC = {
        {1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9}, {1, 1.5, 2, 3, 4, 5, 7}, {1, 2, 3, 5}, {1, 2, 5}, {1, 3}, {1}
    };

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
            ticks.add(new Tick(i * step, TickLabel.of(i * step, step)));
        }
        return new Axis(DoubleUnaryOperator.identity(), from, until, ticks);
    }

    /**
     * With as many round numbers as find room.
     *
     * @param lowest and {@code highest}: above 0
     * @param gap the least room between two ticks, as a share of the axis
     */
    static Axis logarithmic(double lowest, double highest, double gap) {
        double until = Math.max(highest, lowest * 1.2);
        for (double[] digits : LOGARITHMIC) {
            Axis axis = new Axis(Math::log10, lowest, until, roundNumbers(lowest, until, digits));
            if (axis.ticks().size() > 1 && axis.leastGap() >= gap) {
                return axis;
            }
        }
        return new Axis(Math::log10, lowest, until, between(lowest, until, 3).ticks());
    }

    private static List<Tick> roundNumbers(double lowest, double highest, double[] digits) {
        List<Tick> ticks = new ArrayList<>();
        for (int decade = (int) Math.floor(Math.log10(lowest)); decade <= Math.log10(highest); decade++) {
            for (double digit : digits) {
                double value = digit * Math.pow(10, decade);
                if (value >= lowest * 0.9999 && value <= highest * 1.0001) {
                    double step = (digit % 1 == 0 ? 1 : 0.1) * Math.pow(10, decade);
                    ticks.add(new Tick(value, TickLabel.of(value, step)));
                }
            }
        }
        return ticks;
    }

    /** The uppermost tick bears it. */
    Axis withUnit(String unit) {
        if (ticks.isEmpty()) {
            return this;
        }
        List<Tick> labelled = new ArrayList<>(ticks);
        Tick last = labelled.removeLast();
        labelled.add(new Tick(last.value(), last.label() + " " + unit));
        return new Axis(scaled, from, until, labelled);
    }

    private double leastGap() {
        double least = 1;
        for (int i = 1; i < ticks.size(); i++) {
            least = Math.min(
                    least, place(ticks.get(i).value()) - place(ticks.get(i - 1).value()));
        }
        return least;
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
}
