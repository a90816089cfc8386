package io.gpushare.report.text;

import io.gpushare.report.text.Block.Column;
import io.gpushare.report.text.Block.Grid;
import io.gpushare.study.Arm;
import io.gpushare.study.Estimate;
import io.gpushare.study.Family;
import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.Metric;
import io.gpushare.study.MixStudy;
import io.gpushare.study.ScalingCurve;
import io.gpushare.study.ScalingCurve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Tables of a study. */
final class Grids {
    /** By their keys; the first that an arm has stands first, with its interval. */
    private static final List<String> MAIN = List.of("throughput_units_per_sec", "stp");

    private static final List<String> FURTHER = List.of(
            "slo_attainment",
            "stp",
            "worst_p99_slowdown",
            "fairness",
            "joules_per_unit",
            "energy_against_alone",
            "cost_per_million_units",
            "worst_slowdown",
            "sm_active_percent",
            "mean_power_w");

    private static final String RATE_OF_A_TENANT = "tenant_units_per_sec";

    private Grids() {}

    /** A row for each way of sharing. */
    static Grid comparison(MixStudy mix) {
        List<Metric> metrics = compared(mix);
        List<Column> columns = new ArrayList<>(List.of(Column.text("Sharing"), Column.number("Runs")));
        metrics.forEach(metric -> columns.add(Column.number(header(metric))));
        List<List<String>> rows = new ArrayList<>();
        for (Arm arm : mix.arms()) {
            List<String> row = new ArrayList<>(
                    List.of(arm.name(), Integer.toString(arm.runs().size())));
            for (int i = 0; i < metrics.size(); i++) {
                Optional<Estimate> estimate = arm.estimate(metrics.get(i).id());
                boolean main = i == 0;
                row.add(estimate.map(known -> main ? Figures.withInterval(known) : Figures.of(known.mean()))
                        .orElse(Figures.UNKNOWN));
            }
            rows.add(row);
        }
        return new Grid(columns, rows);
    }

    private static List<Metric> compared(MixStudy mix) {
        List<Metric> metrics = new ArrayList<>();
        MAIN.stream().flatMap(key -> metric(mix, key).stream()).findFirst().ifPresent(metrics::add);
        if (mix.counts().size() > 1) {
            mix.counts()
                    .forEach(count -> metric(mix, RATE_OF_A_TENANT + "/" + count.variant())
                            .ifPresent(metrics::add));
        }
        FURTHER.stream()
                .flatMap(key -> metric(mix, key).stream())
                .filter(metric -> !metrics.contains(metric))
                .forEach(metrics::add);
        return metrics;
    }

    private static Optional<Metric> metric(MixStudy mix, String id) {
        return mix.arms().stream()
                .flatMap(arm -> arm.estimate(id).stream())
                .map(Estimate::metric)
                .findFirst();
    }

    private static String header(Metric metric) {
        String what = metric.variant().orElse(capital(metric.label()));
        return metric.unit().isEmpty() ? what : what + " " + metric.unit();
    }

    static String capital(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** A row for each number of tenants, a column for each way of sharing. */
    static Grid scaling(Family family) {
        List<Column> columns = new ArrayList<>(List.of(Column.number("Tenants")));
        family.scaling().keySet().forEach(name -> columns.add(Column.number(name)));
        TreeSet<Integer> tenants = new TreeSet<>();
        family.scaling().values().forEach(curve -> curve.points().forEach(point -> tenants.add(point.tenants())));
        List<List<String>> rows = new ArrayList<>();
        for (int count : tenants) {
            List<String> row = new ArrayList<>(List.of(Integer.toString(count)));
            for (ScalingCurve curve : family.scaling().values()) {
                row.add(curve.points().stream()
                        .filter(point -> point.tenants() == count)
                        .map(Point::throughput)
                        .map(Figures::withInterval)
                        .findFirst()
                        .orElse(Figures.UNKNOWN));
            }
            rows.add(row);
        }
        return new Grid(columns, rows);
    }

    /** Columns have numbers: names would be too wide. */
    static Grid interference(InterferenceMatrix matrix) {
        List<Column> columns = new ArrayList<>(List.of(Column.text("Slowdown of … beside …")));
        int size = matrix.variants().size();
        IntStream.rangeClosed(1, size).forEach(number -> columns.add(Column.number(Integer.toString(number))));
        List<List<String>> rows = new ArrayList<>();
        for (int victim = 0; victim < size; victim++) {
            List<String> row = new ArrayList<>(
                    List.of((victim + 1) + " " + matrix.variants().get(victim)));
            matrix.cells()
                    .get(victim)
                    .forEach(cell -> row.add(
                            cell.map(known -> Figures.times(known.slowdown())).orElse(Figures.UNKNOWN)));
            rows.add(row);
        }
        return new Grid(columns, rows);
    }

    /** Every metric of an arm, a row each. */
    static Grid metrics(Arm arm) {
        List<Column> columns = List.of(
                Column.text("Metric"),
                Column.text("Tenants"),
                Column.text("Unit"),
                Column.number("n"),
                Column.number("Mean"),
                Column.number("95 % interval"),
                Column.number("Median"),
                Column.number("Deviation"),
                Column.number("Least"),
                Column.number("Most"));
        return new Grid(
                columns,
                arm.estimates().entrySet().stream()
                        .map(Map.Entry::getValue)
                        .map(Grids::row)
                        .toList());
    }

    private static List<String> row(Estimate estimate) {
        Metric metric = estimate.metric();
        return List.of(
                metric.label(),
                metric.variant().orElse("all"),
                metric.unit(),
                Integer.toString(estimate.n()),
                Figures.of(estimate.mean()),
                Figures.interval(estimate),
                Figures.of(estimate.median()),
                estimate.deviation().map(Figures::of).orElse(Figures.UNKNOWN),
                Figures.of(estimate.min()),
                Figures.of(estimate.max()));
    }
}
