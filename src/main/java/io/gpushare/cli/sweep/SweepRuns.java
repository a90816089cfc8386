package io.gpushare.cli.sweep;

import io.gpushare.cli.bench.PlanMeasurement;
import io.gpushare.cli.option.NoGpuException;
import io.gpushare.experiment.sweep.CellRunner;
import io.gpushare.experiment.sweep.HopelessException;
import io.gpushare.experiment.sweep.SweepCell;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.transaction.GpuInUseException;
import io.gpushare.plan.RunPlan;
import io.gpushare.results.ResultDirectory;
import io.gpushare.run.RunOutcome;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Carries out the runs of a sweep as {@code bench} would, each after what is to come before it.
 *
 * @param times the time in which a plan is carried out
 * @param simulatedBy what is added to the command so that it runs without a GPU
 */
record SweepRuns(
        PlanMeasurement measurement, BeforeEachRun before, Function<RunPlan, Time> times, List<String> simulatedBy)
        implements CellRunner {

    @Override
    public Measured measure(SweepCell cell, RunPlan plan, Path folder, Position position) throws InterruptedException {
        before.run(cell.name());
        RunOutcome outcome;
        try {
            outcome = measurement
                    .measure(
                            position.words() + " " + cell.name() + " · ",
                            plan,
                            times.apply(plan),
                            ResultDirectory.open(folder),
                            simulatedBy,
                            place -> before.cool(place.gpu()))
                    .outcomes()
                    .stream()
                    .findFirst()
                    .orElseThrow(SweepRuns::nothing);
        } catch (GpushareException failure) {
            boolean hopeless = failure instanceof GpuInUseException || failure.getCause() instanceof NoGpuException;
            throw hopeless ? new HopelessException(failure) : failure;
        }
        return new Measured(outcome.result(), outcome.file(), outcome.notRestored());
    }

    private static GpushareException nothing() {
        return new GpushareException(ExitStatus.FAILED, "nothing was measured", null);
    }

    @Override
    public boolean ends() {
        return measurement.ends();
    }
}
