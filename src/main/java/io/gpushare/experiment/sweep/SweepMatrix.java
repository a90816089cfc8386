package io.gpushare.experiment.sweep;

import io.gpushare.failure.GpushareException;
import io.gpushare.mode.config.ModeSource;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * All that a round of a sweep runs.
 *
 * @param baselines that are no cells themselves
 * @param leftOut combinations that make no sense
 */
public record SweepMatrix(List<SweepCell> cells, List<SweepCell> baselines, List<LeftOut> leftOut) {
    public SweepMatrix {
        cells = List.copyOf(cells);
        baselines = List.copyOf(baselines);
        leftOut = List.copyOf(leftOut);
    }

    /** @throws GpushareException (status USAGE) for what no cell can be made of */
    public static SweepMatrix of(SweepPlan plan, ModeSource modes, MigOffer offer) {
        Map<String, SweepCell> cells = new LinkedHashMap<>();
        Map<String, SweepCell> alone = new LinkedHashMap<>();
        List<LeftOut> leftOut = new ArrayList<>();
        List<GpushareException> refused = new ArrayList<>();
        for (Combination combination : new Combinations(plan, modes, offer).all()) {
            PlanDraft draft = combination.draft(plan.conditions());
            String name = combination.name(draft);
            try {
                RunPlan run = combination.plan(draft);
                List<SweepCell> needed =
                        plan.conduct().baselines() && run.mode().concurrent()
                                ? run.variants().stream()
                                        .map(variant -> alone(variant, plan.conditions()))
                                        .toList()
                                : List.of();
                needed.forEach(baseline -> alone.putIfAbsent(baseline.name(), baseline));
                List<String> names = needed.stream().map(SweepCell::name).toList();
                add(cells, new SweepCell(name, run, names));
            } catch (GpushareException senseless) {
                refused.add(senseless);
                leftOut.add(new LeftOut(name, senseless.sentence()));
            }
        }
        if (cells.isEmpty()) {
            throw refused.getFirst();
        }
        return new SweepMatrix(
                List.copyOf(cells.values()),
                alone.values().stream()
                        .filter(baseline -> !cells.containsKey(baseline.name()))
                        .toList(),
                leftOut);
    }

    private static SweepCell alone(TenantPlan variant, PlanDraft conditions) {
        Combination combination = Combination.alone(variant);
        PlanDraft draft = combination.draft(conditions);
        return new SweepCell(combination.name(draft), combination.plan(draft), List.of());
    }

    /** Two ways to one plan are one cell; two plans that would be called the same are told apart. */
    private static void add(Map<String, SweepCell> cells, SweepCell cell) {
        if (cells.values().stream().anyMatch(known -> known.plan().equals(cell.plan()))) {
            return;
        }
        String name = cells.containsKey(cell.name())
                ? cell.name() + "_"
                        + CellName.mark(cell.plan().mode() + " " + cell.plan().tenants())
                : cell.name();
        cells.put(name, new SweepCell(name, cell.plan(), cell.baselines()));
    }

    /**
     * The same without cells that cannot be run here, and without baselines that only they need.
     *
     * @param impossible why, by plan
     * @throws GpushareException where none is left
     */
    public SweepMatrix without(Map<RunPlan, GpushareException> impossible) {
        List<SweepCell> possible = new ArrayList<>();
        List<LeftOut> more = new ArrayList<>(leftOut);
        for (SweepCell cell : cells) {
            GpushareException why = impossible.get(cell.plan());
            if (why == null) {
                possible.add(cell);
            } else {
                more.add(new LeftOut(cell.name(), why.sentence()));
            }
        }
        if (possible.isEmpty()) {
            throw impossible.values().iterator().next();
        }
        List<SweepCell> needed = baselines.stream()
                .filter(baseline ->
                        possible.stream().anyMatch(cell -> cell.baselines().contains(baseline.name())))
                .toList();
        return new SweepMatrix(possible, needed, more);
    }

    /** Cells first. */
    public List<SweepCell> runs() {
        return Stream.concat(cells.stream(), baselines.stream()).toList();
    }
}
