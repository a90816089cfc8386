package io.gpushare.report.chart;

import io.gpushare.report.Report.ShownRun;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.reading.timeline.RunTimeline;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the tenants of one run got, window by window.
 *
 * @param alone units per second of each variant with the GPU to itself, where that was measured
 */
record TenantRates(List<Line> lines, Map<String, Double> alone) {
    /**
     * A second may be a little better than all of them; a baseline that is beaten by more was measured in a bad
     * moment.
     */
    private static final double BEYOND_DOUBT = 1.25;

    private static final double LEAST_OF_THE_LONGEST = 0.25;
    private static final float[][] DASHES = {{}, {14, 10}, {5, 9}, {20, 7, 5, 7}};

    record Line(String variant, String unit, List<RunTimeline.Window> windows) {}

    /**
     * One measure for all runs beside each other.
     *
     * @param alone what to divide by; empty when rates are shown as they are
     * @param variants by their place among the colours
     */
    record Scale(String title, Axis axis, Map<String, Double> alone, Map<String, Integer> variants) {

        /** A level for each window, with steps between them and holes where there was none. */
        List<Panel.Point> points(Line line) {
            List<Panel.Point> points = new ArrayList<>();
            double end = Double.NaN;
            for (RunTimeline.Window window : line.windows()) {
                double value = value(line.variant(), window.unitsPerSec());
                if (Double.isFinite(end) && window.fromS() - end > 0.5) {
                    points.add(new Panel.Point(end, Double.NaN));
                }
                points.add(new Panel.Point(window.fromS(), value));
                points.add(new Panel.Point(window.untilS(), value));
                end = window.untilS();
            }
            return points;
        }

        private double value(String variant, double rate) {
            return alone.isEmpty() ? rate : 100 * rate / alone.getOrDefault(variant, Double.NaN);
        }
    }

    static TenantRates of(ShownRun run) {
        Map<String, Double> alone = new HashMap<>();
        for (BaselineResult baseline : run.run().result().baselines()) {
            baseline.alone()
                    .unitsPerSec()
                    .asOptional()
                    .filter(rate -> rate > 0)
                    .ifPresent(rate -> alone.put(baseline.variant(), rate));
        }
        return new TenantRates(
                run.timeline().tenants().stream()
                        .map(tenant -> new Line(tenant.variant(), tenant.unit(), wholeWindows(tenant.windows())))
                        .toList(),
                alone);
    }

    /**
     * Without what is left of a step or two at the end, when the others have stopped: its rate says nothing of
     * sharing.
     */
    static List<RunTimeline.Window> wholeWindows(List<RunTimeline.Window> windows) {
        double longestS =
                windows.stream().mapToDouble(TenantRates::lengthS).max().orElse(0);
        return windows.stream()
                .filter(window -> window.counted() || lengthS(window) >= LEAST_OF_THE_LONGEST * longestS)
                .toList();
    }

    private static double lengthS(RunTimeline.Window window) {
        return window.untilS() - window.fromS();
    }

    static Map<String, Integer> variants(List<TenantRates> runs) {
        Map<String, Integer> places = new LinkedHashMap<>();
        runs.stream()
                .flatMap(run -> run.lines().stream())
                .forEach(line -> places.putIfAbsent(line.variant(), places.size()));
        return places;
    }

    static Color colour(int place) {
        return Ink.WORKLOADS.get(place % Ink.WORKLOADS.size());
    }

    /** Each with gaps of its own, so that two that lie over each other are seen both. */
    static BasicStroke stroke(int place, float width) {
        return Strokes.dashed(width, DASHES[place % DASHES.length]);
    }

    /**
     * Against alone where that was measured and fits: rates of different workloads cannot be laid on one axis. Where it
     * does not, against the highest that was seen.
     */
    static Scale scale(List<TenantRates> runs) {
        Map<String, Integer> variants = variants(runs);
        Map<String, Double> alone = new HashMap<>();
        runs.forEach(run -> run.alone().forEach(alone::putIfAbsent));
        Map<String, Double> highest = highest(runs);
        boolean fits = highest.entrySet().stream()
                .allMatch(entry -> entry.getValue() <= BEYOND_DOUBT * alone.getOrDefault(entry.getKey(), 0.0));
        if (!highest.isEmpty() && fits) {
            return relative("tenants' progress, % of alone", alone, variants, runs);
        }
        if (variants.size() > 1) {
            return relative("tenants' throughput, % of the highest seen", highest, variants, runs);
        }
        String unit = runs.stream()
                .flatMap(run -> run.lines().stream())
                .map(Line::unit)
                .findFirst()
                .orElse("unit");
        Scale raw = new Scale("", Axis.fromZero(1, 1), Map.of(), variants);
        return new Scale("tenants' throughput, " + unit + "s/s", up(raw, runs), Map.of(), variants);
    }

    private static Scale relative(
            String title, Map<String, Double> whole, Map<String, Integer> variants, List<TenantRates> runs) {
        Scale raw = new Scale("", Axis.fromZero(1, 1), whole, variants);
        return new Scale(title, up(raw, runs), whole, variants);
    }

    private static Map<String, Double> highest(List<TenantRates> runs) {
        Map<String, Double> highest = new HashMap<>();
        runs.stream()
                .flatMap(run -> run.lines().stream())
                .forEach(line -> line.windows().stream()
                        .map(RunTimeline.Window::unitsPerSec)
                        .filter(rate -> rate > 0 && Double.isFinite(rate))
                        .forEach(rate -> highest.merge(line.variant(), rate, Math::max)));
        return highest;
    }

    private static Axis up(Scale raw, List<TenantRates> runs) {
        double highest = runs.stream()
                .flatMap(run -> run.lines().stream())
                .flatMap(line -> raw.points(line).stream())
                .mapToDouble(Panel.Point::y)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        return Axis.fromZero(highest * 1.1, 3);
    }
}
