package io.gpushare.report.chart;

import io.gpushare.mode.ModeKind;
import io.gpushare.report.Report.ShownRun;
import io.gpushare.results.reading.timeline.RunTimeline;
import io.gpushare.study.Section;
import io.gpushare.study.arm.ArmKey;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Lines over time: typical runs of one mix beside each other, with the same axes upwards; across, where they are about
 * as long.
 */
final class Timelines {
    private static final int MOST = 4;
    private static final double LEFT = 84;
    private static final double STRIP = 30;
    private static final double HEADING = 29;
    private static final double[] SHARES = {0.28, 0.20, 0.19, 0.33};
    private static final BasicStroke STEP = new BasicStroke(3.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    private static final int CROWDED = 8;
    /** Where the lengths of runs differ by less than this factor, one time axis shows them all well. */
    private static final double ALIKE = 1.5;

    private record Column(ShownRun run, ArmKey arm, TenantRates rates) {
        RunTimeline timeline() {
            return run.timeline();
        }

        /** @param all beside it */
        Axis across(List<Column> all) {
            double length = length(alike(all) ? all : List.of(this));
            return Axis.between(-0.3 * length, length * 1.08, 5);
        }
    }

    /**
     * @param title in words, with its unit; {@code series}: by the metric's name, the first is a line, others are
     * areas
     */
    private record Row(String title, List<String> series) {}

    private static final List<Row> ROWS = List.of(
            new Row("GPU activity, %", List.of(GpuCurves.SM_ACTIVE, GpuCurves.UTILIZATION)),
            new Row("power, W", List.of(GpuCurves.POWER)),
            new Row("temperature, °C", List.of(GpuCurves.TEMPERATURE)));

    private final Section section;
    private final ArmStyles looks;
    private final Picture picture = new Picture();

    private Timelines(Section section, ArmStyles looks) {
        this.section = section;
        this.looks = looks;
    }

    /** @param shown the section's */
    static Optional<Picture> of(Section section, List<ShownRun> shown, ArmStyles looks) {
        if (!section.hasGpu()) {
            return Optional.empty();
        }
        Map<String, List<ShownRun>> byMix = new LinkedHashMap<>();
        shown.stream()
                .filter(Timelines::drawable)
                .forEach(run -> byMix.computeIfAbsent(run.mix(), mix -> new ArrayList<>())
                        .add(run));
        return byMix.entrySet().stream()
                .max(Comparator.comparingDouble(entry -> weight(section, entry.getKey(), entry.getValue())))
                .map(entry -> new Timelines(section, looks).draw(entry.getKey(), entry.getValue()));
    }

    private static boolean drawable(ShownRun run) {
        RunTimeline timeline = run.timeline();
        return timeline.tenants().stream().anyMatch(tenant -> !tenant.windows().isEmpty())
                || ROWS.stream().flatMap(row -> row.series().stream()).anyMatch(timeline.gpu()::containsKey);
    }

    private static double weight(Section section, String mix, List<ShownRun> runs) {
        double telling = DrawnMixes.mixes(section).stream()
                .filter(study -> study.mix().equals(mix))
                .mapToDouble(DrawnMixes::weight)
                .max()
                .orElse(0);
        long withSamples =
                runs.stream().filter(run -> !run.timeline().gpu().isEmpty()).count();
        return telling + 3 * Math.min(3, withSamples);
    }

    private Picture draw(String mix, List<ShownRun> runs) {
        List<Column> columns = columns(runs);
        TenantRates.Scale scale =
                TenantRates.scale(columns.stream().map(Column::rates).toList());
        List<String> footer = new ArrayList<>();
        footer.add(Caption.source(section, IntStream.empty())
                + " · one typical run each: of median throughput, not the best · time since the tenants' common start"
                + (alike(columns) ? "" : ", on an axis of its own for each run")
                + (columns.stream()
                                .anyMatch(column ->
                                        PhaseStrip.inTurn(column.timeline().phases()))
                        ? " · a number as phase: that tenant alone"
                        : ""));
        List<String> left = new ArrayList<>(
                Caption.leftOut(columns.size(), ways(mix), "ways of sharing", "one of each mode first"));
        left.addAll(Caption.leftOut(
                1, DrawnMixes.mixes(section).size(), "mixes", "chosen by how much the ways of sharing differ"));
        if (!left.isEmpty()) {
            footer.add(String.join(" ", left));
        }
        Rectangle2D area = PicturePage.begin(
                picture,
                "Over time · " + section.title(),
                mix + ": what the GPU did meanwhile, and what each tenant got.",
                legend(columns),
                footer);
        List<Rectangle2D> cells = PicturePage.grid(
                new Rectangle2D.Double(area.getX() + LEFT, area.getY(), area.getWidth() - LEFT, area.getHeight()),
                1,
                columns.size(),
                26,
                0);
        for (int i = 0; i < columns.size(); i++) {
            drawColumn(columns.get(i), cells.get(i), i == 0, scale, columns);
        }
        return picture;
    }

    /** Those too of which no run was read in detail. */
    private int ways(String mix) {
        return DrawnMixes.mixes(section).stream()
                .filter(study -> study.mix().equals(mix))
                .mapToInt(study -> study.arms().size())
                .sum();
    }

    /** One of each mode first, then more settings of them, in their usual order. */
    private List<Column> columns(List<ShownRun> runs) {
        List<Column> all = runs.stream()
                .map(run -> new Column(run, run.key(section), TenantRates.of(run)))
                .sorted(Comparator.comparing(Column::arm))
                .toList();
        Set<Column> chosen = new LinkedHashSet<>();
        Set<ModeKind> modes = new LinkedHashSet<>();
        all.stream().filter(column -> modes.add(column.arm().mode())).forEach(chosen::add);
        chosen.addAll(all);
        List<Column> most = chosen.stream().limit(MOST).toList();
        return all.stream().filter(most::contains).toList();
    }

    private Legend legend(List<Column> columns) {
        Legend legend = new Legend();
        if (has(columns, GpuCurves.SM_ACTIVE)) {
            legend.add("SMs active", (paper, from, until, y) -> inAllColours(paper, columns, from, until, y));
        }
        if (has(columns, GpuCurves.UTILIZATION)) {
            legend.add(
                    "time in which a kernel ran",
                    (paper, from, until, y) ->
                            paper.fill(new Rectangle2D.Double(from, y - 9, until - from, 18), Ink.AREA));
        }
        Map<String, Integer> variants =
                TenantRates.variants(columns.stream().map(Column::rates).toList());
        variants.forEach((variant, place) -> legend.line(
                tenants(columns, variant) + variant,
                TenantRates.colour(place),
                TenantRates.stroke(place, STEP.getLineWidth())));
        return legend;
    }

    private static String tenants(List<Column> columns, String variant) {
        long most = columns.stream()
                .mapToLong(column -> column.rates().lines().stream()
                        .filter(line -> line.variant().equals(variant))
                        .count())
                .max()
                .orElse(1);
        return most == 1 ? "tenant: " : most + " tenants: ";
    }

    private void inAllColours(Picture paper, List<Column> columns, double from, double until, double y) {
        double each = (until - from) / columns.size();
        for (int i = 0; i < columns.size(); i++) {
            Color colour = looks.of(columns.get(i).arm()).colour();
            paper.line(from + i * each, y, from + (i + 1) * each - 2, y, colour, STEP.getLineWidth() + 1);
        }
    }

    private static boolean has(List<Column> columns, String series) {
        return columns.stream()
                .anyMatch(column -> GpuCurves.of(column.timeline(), series).isPresent());
    }

    private static boolean alike(List<Column> columns) {
        DoubleSummaryStatistics lengths =
                columns.stream().mapToDouble(column -> length(List.of(column))).summaryStatistics();
        return lengths.getMax() <= ALIKE * lengths.getMin();
    }

    /** From the tenants' start to the end of the last. */
    private static double length(List<Column> columns) {
        double end = columns.stream()
                .flatMap(column -> column.timeline().tenants().stream())
                .flatMap(tenant -> tenant.windows().stream())
                .mapToDouble(RunTimeline.Window::untilS)
                .filter(Double::isFinite)
                .max()
                .orElseGet(() -> columns.stream()
                        .flatMap(column -> column.timeline().gpu().values().stream())
                        .flatMap(series -> series.atS().stream())
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElse(1));
        return Math.max(1, end);
    }

    private void drawColumn(Column column, Rectangle2D cell, boolean first, TenantRates.Scale scale, List<Column> all) {
        Axis across = column.across(all);
        picture.fill(
                new Rectangle2D.Double(cell.getX(), cell.getY() + 4, 16, 22),
                looks.of(column.arm()).colour());
        double top = cell.getY() + 25;
        for (String line : heading(column, cell)) {
            picture.text(line, Type.HEADING, cell.getX() + 28, top, Picture.Side.LEFT);
            top += HEADING;
        }
        top = cell.getY() + HEADING * tallest(all, cell) + 9;
        if (first) {
            picture.text("phase", Type.TICK, cell.getX() - LEFT, top + STRIP - 10, Picture.Side.LEFT);
        }
        PhaseStrip.draw(
                picture,
                column.timeline().phases(),
                new Rectangle2D.Double(cell.getX(), top, cell.getWidth(), STRIP - 4),
                across);
        double height = cell.getMaxY() - top - STRIP - Panel.BELOW - 4;
        double y = top + STRIP;
        for (int row = 0; row < SHARES.length; row++) {
            double full = height * SHARES[row];
            Rectangle2D plot = new Rectangle2D.Double(cell.getX(), y + 33, cell.getWidth(), full - 38);
            if (row < ROWS.size()) {
                drawSeries(column, ROWS.get(row), plot, across, first, all);
            } else {
                drawTenants(column, plot, across, first, scale);
            }
            y += full;
        }
    }

    private static List<String> heading(Column column, Rectangle2D cell) {
        return Type.HEADING.lines(column.run().arm(), cell.getWidth() - 28, 2);
    }

    private static int tallest(List<Column> columns, Rectangle2D cell) {
        return columns.stream()
                .mapToInt(column -> heading(column, cell).size())
                .max()
                .orElse(1);
    }

    private void drawSeries(Column column, Row row, Rectangle2D plot, Axis across, boolean first, List<Column> all) {
        double highest = row.series().stream()
                .flatMap(name -> all.stream().map(each -> GpuCurves.highest(each.timeline(), name, each.across(all))))
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        boolean share = row.series().contains(GpuCurves.SM_ACTIVE);
        Axis up = share ? Axis.between(0, 104, 2) : Axis.fromZero(highest > 0 ? highest * 1.1 : 1, 2);
        Panel panel = begin(column, row.title(), plot, across, up, first);
        boolean drawn = false;
        for (int i = row.series().size() - 1; i >= 0; i--) {
            Optional<RunTimeline.Series> series =
                    GpuCurves.of(column.timeline(), row.series().get(i));
            if (series.isEmpty()) {
                continue;
            }
            List<Panel.Point> points = GpuCurves.points(series.get(), across, plot.getWidth());
            if (i == 0) {
                panel.line(points, looks.of(column.arm()).colour(), STEP);
            } else {
                panel.area(points, Ink.AREA);
            }
            drawn = true;
        }
        if (!drawn) {
            picture.text("no samples", Type.TICK, plot.getCenterX(), plot.getCenterY(), Picture.Side.CENTRE);
        }
        panel.borderBelow();
    }

    private void drawTenants(Column column, Rectangle2D plot, Axis across, boolean first, TenantRates.Scale scale) {
        Panel panel = begin(column, scale.title(), plot, across, scale.axis(), first);
        TenantRates rates = column.rates();
        // Those with gaps come last, so that what they lie over shows between their dashes.
        for (TenantRates.Line line : rates.lines().stream()
                .sorted(Comparator.comparingInt(line -> scale.variants().getOrDefault(line.variant(), 0)))
                .toList()) {
            int place = scale.variants().getOrDefault(line.variant(), 0);
            float width = rates.lines().size() > CROWDED ? 1.4f : STEP.getLineWidth();
            panel.line(scale.points(line), TenantRates.colour(place), TenantRates.stroke(place, width));
        }
        panel.borderBelow();
        panel.labelX();
        if (first) {
            picture.text("time, s", Type.TICK, plot.getMinX() - LEFT, plot.getMaxY() + 27, Picture.Side.LEFT);
        }
    }

    private Panel begin(Column column, String title, Rectangle2D plot, Axis across, Axis up, boolean first) {
        Panel panel = new Panel(picture, plot, across, up);
        PhaseStrip.shade(panel, column.timeline().phases());
        panel.horizontalGrid();
        if (first) {
            panel.labelY();
            picture.text(title, Type.TICK, plot.getX() - LEFT, plot.getY() - 10, Picture.Side.LEFT);
        }
        picture.line(panel.atX(0), plot.getMinY(), panel.atX(0), plot.getMaxY(), Ink.AXIS, 1.5f);
        return panel;
    }
}
