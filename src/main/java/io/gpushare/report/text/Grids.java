package io.gpushare.report.text;

import io.gpushare.plan.TenantPlan;
import io.gpushare.report.text.Block.Grid;
import io.gpushare.study.Family;
import io.gpushare.study.InterferenceMatrix;
import io.gpushare.study.SliceStudy;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.Choice;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.ScalingCurve;
import io.gpushare.study.arm.ScalingCurve.Point;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.EstimateWords;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import io.gpushare.text.Figure;
import io.gpushare.text.TableColumns;
import io.gpushare.text.TextTable;
import io.gpushare.text.TextTable.Column;
import io.gpushare.text.TextTable.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Tables of a study. */
final class Grids {
    /** The keys of the metrics that may stand first, with an interval: the first that an arm has does. */
    private static final List<String> MAIN = List.of(Metrics.THROUGHPUT.key(), Metrics.STP.key());

    private static final List<String> NEXT = Stream.of(
                    Metrics.STP,
                    Metrics.SLO_ATTAINMENT,
                    Metrics.FAIRNESS,
                    Metrics.WORST_P99_SLOWDOWN,
                    Metrics.WORST_P90_SLOWDOWN,
                    Metrics.JOULES_PER_UNIT,
                    Metrics.ENERGY_AGAINST_ALONE,
                    Metrics.COST)
            .map(Metric::key)
            .toList();

    private static final List<String> LAST =
            List.of(Metrics.WORST_SLOWDOWN.key(), Metrics.SM_ACTIVE.key(), Metrics.MEAN_POWER.key());

    private static final Pattern SETTINGS = Pattern.compile("\\[[^\\]]*\\]");

    private static final String TIMES = "×";
    private static final String RATE_OF_A_TENANT = Metrics.RATE.key();

    private Grids() {}

    /** A row for each mix: what to use for it, what that gains, and how sure it is. */
    static Grid choices(List<MixStudy> mixes) {
        return new Grid(new TextTable(
                List.of(
                        Column.text("Mix"),
                        Column.text("Best way"),
                        Column.number("Gain").withRank(2),
                        Column.toned("How sure").withRank(1)),
                mixes.stream().map(mix -> row(mix, mixes)).toList()));
    }

    private static Row row(MixStudy mix, List<MixStudy> mixes) {
        Choice choice = mix.choice();
        boolean compared = choice.confidence() != Confidence.FACT;
        return new Row(
                Points.tone(choice.confidence()),
                List.of(
                        shortened(mix, mixes),
                        choice.way(),
                        choice.work().map(Estimate::mean).map(Grids::gain).orElse(Figure.UNKNOWN),
                        compared ? Points.marked(choice.confidence()) : Figure.UNKNOWN));
    }

    private static String gain(double stp) {
        return (stp < 1 ? "-" : "+") + Figure.percent(stp - 1);
    }

    /**
     * Returns the mix without the settings of its workloads, where no other mix has the same name then. A number is
     * never parted from what it counts.
     */
    private static String shortened(MixStudy mix, List<MixStudy> mixes) {
        String name = withoutSettings(mix.mix());
        long alike = mixes.stream()
                .filter(other -> withoutSettings(other.mix()).equals(name))
                .count();
        return (alike == 1 ? name : mix.mix()).replace(" × ", "\u00a0×\u00a0");
    }

    private static String withoutSettings(String mix) {
        return SETTINGS.matcher(mix).replaceAll("");
    }

    /** A row for each way of sharing. */
    static Grid comparison(MixStudy mix) {
        List<Metric> metrics = compared(mix);
        List<Column> columns = new ArrayList<>(List.of(Column.text("Sharing"), Column.number("Runs")));
        metrics.forEach(metric -> columns.add(Column.number(header(metric, mix))));
        List<List<String>> rows = new ArrayList<>();
        for (Arm arm : mix.arms()) {
            List<String> row = new ArrayList<>(
                    List.of(arm.name(), Integer.toString(arm.runs().size())));
            for (int i = 0; i < metrics.size(); i++) {
                Optional<Estimate> estimate = arm.estimate(metrics.get(i).id());
                boolean main = i == 0;
                row.add(estimate.map(
                                known -> (main ? withInterval(known) : Figure.of(known.mean())) + restingOn(known, arm))
                        .orElse(Figure.UNKNOWN));
            }
            rows.add(row);
        }
        return Grid.of(columns, rows);
    }

    /** As in {@code 1.69 [1.66, 1.72]}, and {@code 1.69 ± 1.4 %} of one run. */
    private static String withInterval(Estimate estimate) {
        return Figure.of(estimate.mean())
                + interval(estimate, Figure::of).map(error -> " " + error).orElse("");
    }

    private static Optional<String> interval(Estimate estimate, DoubleFunction<String> words) {
        return estimate.interval()
                .map(interval -> "[" + words.apply(interval.lower()) + ", " + words.apply(interval.upper()) + "]")
                .or(() -> EstimateWords.percent(estimate));
    }

    /** Returns how many runs have the number, where not all have it. */
    private static String restingOn(Estimate estimate, Arm arm) {
        return estimate.n() == arm.runs().size() ? "" : " (" + estimate.n() + ")";
    }

    private static List<Metric> compared(MixStudy mix) {
        List<Metric> metrics = new ArrayList<>();
        MAIN.stream().flatMap(key -> metric(mix, key).stream()).findFirst().ifPresent(metrics::add);
        addNew(metrics, mix, NEXT);
        if (mix.counts().size() > 1) {
            addNew(
                    metrics,
                    mix,
                    mix.counts().stream()
                            .map(count -> RATE_OF_A_TENANT + "/" + count.variant())
                            .toList());
        }
        addNew(metrics, mix, LAST);
        return metrics;
    }

    private static void addNew(List<Metric> metrics, MixStudy mix, List<String> ids) {
        ids.stream()
                .flatMap(id -> metric(mix, id).stream())
                .filter(metric -> !metrics.contains(metric))
                .forEach(metrics::add);
    }

    private static Optional<Metric> metric(MixStudy mix, String id) {
        return mix.arms().stream()
                .flatMap(arm -> arm.estimate(id).stream())
                .map(Estimate::metric)
                .findFirst();
    }

    private static String header(Metric metric, MixStudy mix) {
        String what = metric.variant().map(variant -> shortened(variant, mix)).orElse(capital(metric.label()));
        return metric.unit().isEmpty() || metric.unit().equals(TIMES) ? what : what + " " + metric.unit();
    }

    /** Returns the variant without its settings, where no other variant has the same name then. */
    private static String shortened(String variant, MixStudy mix) {
        String workload = TenantPlan.workloadOf(variant);
        long alike = mix.counts().stream()
                .filter(count -> TenantPlan.workloadOf(count.variant()).equals(workload))
                .count();
        return alike == 1 ? workload : variant;
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
                        .map(Grids::withInterval)
                        .findFirst()
                        .orElse(Figure.UNKNOWN));
            }
            rows.add(row);
        }
        return Grid.of(columns, rows);
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
                    .forEach(cell -> row.add(cell.map(known -> Figure.of(known.slowdown(), TIMES))
                            .orElse(Figure.UNKNOWN)));
            rows.add(row);
        }
        return Grid.of(columns, rows);
    }

    static Grid slices(SliceStudy study) {
        String unit = study.points().getFirst().rate().metric().unit();
        return Grid.of(
                new TableColumns<SliceStudy.Point>()
                        .text("Slice", SliceStudy.Point::slice)
                        .number("Slices", point -> Integer.toString(point.computeSlices()))
                        .number("Neighbours", point -> Integer.toString(point.neighbours()))
                        .number("n", point -> Integer.toString(point.rate().n()))
                        .number(unit, point -> Figure.of(point.rate().mean()))
                        .number("Of whole GPU", point -> share(point.rate(), study.whole()))
                        .number(
                                "Of alone here",
                                point ->
                                        share(point.rate(), study.aloneOn(point).map(SliceStudy.Point::rate)))
                        .number("Power W", point -> Figure.known(point.watts(), watts -> Figure.of(watts.mean()))),
                study.points());
    }

    private static String share(Estimate of, Optional<Estimate> whole) {
        return Figure.known(whole, all -> Figure.percent(of.mean() / all.mean()));
    }

    /** Every metric of an arm, a row each. */
    static Grid metrics(Arm arm) {
        return Grid.of(
                new TableColumns<Estimate>()
                        .text("Metric", estimate -> estimate.metric().label())
                        .text("Tenants", estimate -> estimate.metric().variant().orElse("all"))
                        .text("Unit", estimate -> estimate.metric().unit())
                        .number("n", estimate -> Integer.toString(estimate.n()))
                        .number("Mean", estimate -> Figure.precise(estimate.mean()))
                        .number(
                                "95 % interval",
                                estimate -> interval(estimate, Figure::precise).orElse(Figure.UNKNOWN))
                        .number("Median", estimate -> Figure.precise(estimate.median()))
                        .number("Deviation", estimate -> Figure.known(estimate.deviation(), Figure::precise))
                        .number("Least", estimate -> Figure.precise(estimate.min()))
                        .number("Most", estimate -> Figure.precise(estimate.max())),
                List.copyOf(arm.estimates().values()));
    }
}
