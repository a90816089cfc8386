package io.gpushare.experiment.sweep;

import io.gpushare.cli.SomeResults;
import io.gpushare.failure.GpushareException;
import io.gpushare.plan.BaselineChoice;
import io.gpushare.plan.RunPlan;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Measures nothing: remembers what it was asked to, and gives each cell the results that it was told to. */
final class FakeRunner implements CellRunner {
    /** As {@code round-1/mps_2_spin}. */
    final List<String> measured = new ArrayList<>();

    final List<RunPlan> plans = new ArrayList<>();
    final List<Position> positions = new ArrayList<>();
    private final Map<String, Deque<Supplier<RunResult>>> results = new HashMap<>();
    private int endsAfter = Integer.MAX_VALUE;
    Optional<GpushareException> stop = Optional.empty();

    /** The next result of a cell; those after the last are valid. */
    FakeRunner invalid(String cell, Reason reason) {
        return next(cell, () -> some().finding(reason, "it is so").outcome(1, 1).result());
    }

    FakeRunner ok(String cell) {
        return next(cell, () -> some().outcome(1, 1).result());
    }

    FakeRunner failing(String cell, GpushareException failure) {
        return next(cell, () -> {
            throw failure;
        });
    }

    private FakeRunner next(String cell, Supplier<RunResult> result) {
        results.computeIfAbsent(cell, _ -> new ArrayDeque<>()).add(result);
        return this;
    }

    FakeRunner endsAfter(int runs) {
        endsAfter = runs;
        return this;
    }

    private static SomeResults some() {
        return new SomeResults().tenant("spin", "call", 81.5, true);
    }

    @Override
    public Measured measure(SweepCell cell, RunPlan plan, Path folder, Position position) {
        measured.add(folder.resolveSibling("").getFileName() + "/" + folder.getFileName());
        plans.add(plan);
        positions.add(position);
        Deque<Supplier<RunResult>> told = results.getOrDefault(cell.name(), new ArrayDeque<>());
        RunResult result =
                told.isEmpty() ? some().outcome(1, 1).result() : told.remove().get();
        return new Measured(result, folder.resolve("benchmark_" + measured.size() + ".json"), stop);
    }

    @Override
    public boolean ends() {
        return measured.size() >= endsAfter;
    }

    /** The files of baselines that the last run of a cell was given. */
    List<Path> baselines(String run) {
        return plans.get(measured.lastIndexOf(run)).baseline() instanceof BaselineChoice.FromFile(List<Path> files)
                ? files
                : List.of();
    }
}
