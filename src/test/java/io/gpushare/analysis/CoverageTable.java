package io.gpushare.analysis;

import io.gpushare.analysis.CommonWindow.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * How often the nominal 95 % interval of a figure holds the true value, in simulated runs. Prints the tables of {@code
 * docs/metrics.md}; runs only when named: {@code mvn test -Dtest=CoverageTable}, five minutes.
 */
class CoverageTable {
    enum Figure {
        THROUGHPUT,
        TOTAL,
        SLOWDOWN,
        STP,
        P50,
        P90,
        P99
    }

    private static final int ROUNDS = 10_000;
    private static final List<Double> RATES = List.of(100.0, 60.0, 100.0, 60.0);
    private static final List<String> VARIANTS = List.of("big", "small", "big", "small");

    @Test
    void printsTheTable() {
        System.out.printf("%-14s %3s", "series", "n");
        for (Figure figure : Figure.values()) {
            System.out.printf(" %10s", figure.name().toLowerCase(Locale.ROOT));
        }
        System.out.printf(" %10s %10s%n", "p99 open", "half width");
        for (SimulatedSeries series : SimulatedSeries.values()) {
            for (int windows : new int[] {4, 6, 8, 10, 12, 20, 30, 60}) {
                System.out.printf("%-14s %3d", series.name().toLowerCase(Locale.ROOT), windows);
                for (Figure figure : Figure.values()) {
                    System.out.printf(" %10.1f", percent(figure, series, windows, ROUNDS));
                }
                System.out.printf(" %10.1f %10.2f%n", percentOpen(series, windows), widthOverIdeal(series, windows));
            }
        }
    }

    @Test
    void printsHowOftenDriftIsFound() {
        System.out.printf(
                "%-14s %3s %10s %10s %10s %10s%n", "series", "n", "none, 5 %", "20 %, 5 %", "none, 3 %", "20 %, 3 %");
        for (SimulatedSeries series : SimulatedSeries.values()) {
            for (int windows : new int[] {4, 6, 8, 10, 12, 20, 30, 60}) {
                System.out.printf(
                        "%-14s %3d %10.1f %10.1f %10.1f %10.1f%n",
                        series.name().toLowerCase(Locale.ROOT),
                        windows,
                        percentDrifting(series, windows, 1, 0, ROUNDS),
                        percentDrifting(series, windows, 1, 0.2, ROUNDS),
                        percentDrifting(series, windows, 0.6, 0, ROUNDS),
                        percentDrifting(series, windows, 0.6, 0.2, ROUNDS));
            }
        }
    }

    /** @param change of the level from begin to end. The precision is 10 % */
    static double percentDrifting(SimulatedSeries series, int windows, double noise, double change, int rounds) {
        SplittableRandom random = new SplittableRandom(10);
        int drifting = 0;
        for (int round = 0; round < rounds; round++) {
            double[] levels = series.levels(random, windows);
            for (int i = 0; i < windows; i++) {
                levels[i] = series.meanLevel()
                        + noise * (levels[i] - series.meanLevel())
                        + change * ((i + 0.5) / windows - 0.5);
            }
            drifting += Drift.of(levels, 10) instanceof Drift.Drifting ? 1 : 0;
        }
        return 100.0 * drifting / rounds;
    }

    static double percent(Figure figure, SimulatedSeries series, int windows, int rounds) {
        SplittableRandom random = new SplittableRandom(7);
        double truth = truth(figure, series);
        int covered = 0;
        for (int round = 0; round < rounds; round++) {
            covered += covers(figure, series, windows, random, truth) ? 1 : 0;
        }
        return 100.0 * covered / rounds;
    }

    private static double truth(Figure figure, SimulatedSeries series) {
        double level = series.meanLevel();
        return switch (figure) {
            case THROUGHPUT -> 100 * level;
            case TOTAL -> 320 * level;
            case SLOWDOWN -> 2;
            case STP -> 2;
            case P50 -> series.trueNanos(0.5);
            case P90 -> series.trueNanos(0.9);
            case P99 -> series.trueNanos(0.99);
        };
    }

    private static boolean covers(
            Figure figure, SimulatedSeries series, int windows, SplittableRandom random, double truth) {
        return switch (figure) {
            case THROUGHPUT -> throughput(series, windows, random, 100).contains(truth);
            case TOTAL -> {
                List<Part> parts = parts(series, windows, random, rate -> 1.0);
                yield Part.sum(parts, Map.of()).orElseThrow().contains(truth);
            }
            case SLOWDOWN -> {
                Estimate alone = throughput(series, windows, random, 200);
                List<Window> shared = SimulatedSeries.windows(random, series.levels(random, windows), 100);
                Part part = Part.of(alone.value() / unitsPerSec(shared), shared, "big");
                yield Part.sum(List.of(part), Map.of("big", alone))
                        .orElseThrow()
                        .contains(truth);
            }
            case STP -> {
                Estimate big = throughput(series, windows, random, 200);
                Estimate small = throughput(series, windows, random, 120);
                List<Part> parts =
                        parts(series, windows, random, variant -> 1 / (variant.equals("big") ? big : small).value());
                yield Part.sum(parts, Map.of("big", big, "small", small))
                        .orElseThrow()
                        .contains(truth);
            }
            case P50 -> percentile(series, windows, random, 0.5).contains(truth);
            case P90 -> percentile(series, windows, random, 0.9).contains(truth);
            case P99 -> percentile(series, windows, random, 0.99).contains(truth);
        };
    }

    private static PercentileInterval percentile(
            SimulatedSeries series, int windows, SplittableRandom random, double share) {
        return PercentileInterval.of(series.latencies(random, windows), share).orElseThrow();
    }

    private static Estimate throughput(
            SimulatedSeries series, int windows, SplittableRandom random, double unitsPerSec) {
        return throughput(SimulatedSeries.windows(random, series.levels(random, windows), unitsPerSec));
    }

    static Estimate throughput(List<Window> windows) {
        return Estimate.ofRatio(
                        windows.stream().mapToDouble(Window::units).toArray(),
                        windows.stream().mapToDouble(Window::lengthS).toArray())
                .orElseThrow();
    }

    /** Four tenants of two variants. */
    private static List<Part> parts(
            SimulatedSeries series, int windows, SplittableRandom random, ToDoubleFunction<String> weight) {
        List<Part> parts = new ArrayList<>();
        for (int tenant = 0; tenant < RATES.size(); tenant++) {
            List<Window> shared = SimulatedSeries.windows(random, series.levels(random, windows), RATES.get(tenant));
            String variant = VARIANTS.get(tenant);
            parts.add(Part.of(weight.applyAsDouble(variant) * unitsPerSec(shared), shared, variant));
        }
        return parts;
    }

    static double unitsPerSec(List<Window> windows) {
        return windows.stream().mapToDouble(Window::units).sum()
                / windows.stream().mapToDouble(Window::lengthS).sum();
    }

    /** How often p99 has no upper bound. */
    private static double percentOpen(SimulatedSeries series, int windows) {
        SplittableRandom random = new SplittableRandom(9);
        int open = 0;
        for (int round = 0; round < ROUNDS; round++) {
            open += percentile(series, windows, random, 0.99).upperNanos().isEmpty() ? 1 : 0;
        }
        return 100.0 * open / ROUNDS;
    }

    /** The mean half width of a throughput's interval, over what it would be if the true deviation were known. */
    private static double widthOverIdeal(SimulatedSeries series, int windows) {
        SplittableRandom random = new SplittableRandom(8);
        double squares = 0;
        double halfWidths = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Estimate estimate = throughput(series, windows, random, 1);
            squares += Math.pow(estimate.value() - series.meanLevel(), 2);
            halfWidths += estimate.halfWidth();
        }
        return halfWidths / ROUNDS / (1.96 * Math.sqrt(squares / ROUNDS));
    }
}
