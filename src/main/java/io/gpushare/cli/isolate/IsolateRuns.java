package io.gpushare.cli.isolate;

import io.gpushare.cli.bench.PlanMeasurement;
import io.gpushare.cli.bench.PlanMeasurement.Measured;
import io.gpushare.cli.option.NoGpuException;
import io.gpushare.experiment.isolate.Containment;
import io.gpushare.experiment.isolate.IsolationWords;
import io.gpushare.experiment.isolate.Judge;
import io.gpushare.experiment.isolate.Misbehaviour;
import io.gpushare.experiment.isolate.ModeTrials;
import io.gpushare.experiment.isolate.Outcome;
import io.gpushare.experiment.isolate.Recovery;
import io.gpushare.experiment.isolate.Thresholds;
import io.gpushare.experiment.isolate.Trial;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.RunPlan;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.run.RunOutcome;
import io.gpushare.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs one misbehaviour after another, and judges each. For one thread. */
final class IsolateRuns {
    private static final int MOST_ATTEMPTS = 3;

    private final PlanMeasurement measurement;
    private final IsolatePlans plans;
    private final Function<RunPlan, Time> times;
    private final ResultDirectory directory;
    private final Thresholds thresholds;
    private final Consumer<String> told;
    private final int all;
    private int begun;
    private String where = "";
    private Optional<GpushareException> refused = Optional.empty();
    private Optional<GpushareException> notRestored = Optional.empty();

    /** A mode as it was chosen. */
    record Chosen(String name, SharingMode mode) {}

    /**
     * @param times in which a plan is carried out
     * @param told how it goes on, in lines
     * @param all how many there will be
     */
    IsolateRuns(
            PlanMeasurement measurement,
            IsolatePlans plans,
            Function<RunPlan, Time> times,
            ResultDirectory directory,
            Thresholds thresholds,
            Consumer<String> told,
            int all) {
        this.measurement = measurement;
        this.plans = plans;
        this.times = times;
        this.directory = directory;
        this.thresholds = thresholds;
        this.told = told;
        this.all = all;
    }

    /** All of a mode; what could not be run is among them, unless the user ended it. */
    ModeTrials in(Chosen chosen, List<Misbehaviour> misbehaviours) throws InterruptedException {
        List<Trial> trials = new ArrayList<>();
        Optional<String> impossible = Optional.empty();
        for (Misbehaviour what : misbehaviours) {
            begun++;
            Trial trial = impossible.isPresent() ? notRun(what, impossible.get()) : tried(what, chosen.mode());
            if (over()) {
                break;
            }
            if (trials.isEmpty() && trial.outcome() instanceof Outcome.Unjudged(String reason, boolean _)) {
                // What cannot even begin in this mode is not tried ten times more.
                impossible = trial.runId().isEmpty() ? Optional.of(reason) : Optional.empty();
            }
            trials.add(trial);
            told.accept("%d of %d  %s, %s: %s"
                    .formatted(begun, all, chosen.name(), what, IsolationWords.told(trial.outcome())));
        }
        return new ModeTrials(chosen.name(), chosen.mode().kind(), trials);
    }

    /** Whether nothing more is to be run: the user wants to end, or the GPU is not what it was. */
    boolean over() {
        return measurement.ends() || notRestored.isPresent();
    }

    private static Trial notRun(Misbehaviour what, String reason) {
        return new Trial(what, new Outcome.Unjudged(reason, false), Optional.empty());
    }

    private Trial tried(Misbehaviour what, SharingMode mode) throws InterruptedException {
        try {
            return trial(what, plans.beside(what, mode));
        } catch (GpushareException failure) {
            if (failure.status() == ExitStatus.USAGE || failure.getCause() instanceof NoGpuException) {
                throw failure;
            }
            refused = refused.or(() -> Optional.of(failure));
            return notRun(what, failure.sentence());
        }
    }

    /** What chance made unclear is tried again. */
    private Trial trial(Misbehaviour what, RunPlan plan) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            RunResult result = run("%d of %d · %s · ".formatted(begun, all, what), plan.repetition(attempt));
            Outcome outcome = Judge.of(result, what, IsolatePlans.timing(plan), thresholds);
            if (outcome instanceof Outcome.Judged judged && judged.containment() == Containment.FATAL && !over()) {
                outcome = judged.with(recovery(result, plan));
            }
            boolean unclear = outcome instanceof Outcome.Unjudged(String _, boolean byChance) && byChance;
            if (!unclear || attempt == MOST_ATTEMPTS || over()) {
                return new Trial(what, outcome, Optional.of(result.runId()));
            }
            told.accept("%d of %d  %s again: %s".formatted(begun, all, what, IsolationWords.told(outcome)));
        }
    }

    private Recovery recovery(RunResult died, RunPlan plan) throws InterruptedException {
        try {
            return Judge.recovery(died, run("a new victim · ", IsolatePlans.anew(plan)));
        } catch (GpushareException failure) {
            return new Recovery.NotAnew(failure.sentence());
        }
    }

    private RunResult run(String part, RunPlan plan) throws InterruptedException {
        Measured measured = measurement.measure(part, plan, times.apply(plan), directory, List.of("--simulate"));
        where = measured.where();
        RunOutcome outcome = measured.outcomes().getFirst();
        notRestored = notRestored.or(outcome::notRestored);
        return outcome.result();
    }

    /** GPU, runtime and duration of the last run; empty before. */
    String where() {
        return where;
    }

    /** The first reason why something could not be run. */
    Optional<GpushareException> refused() {
        return refused;
    }

    /** Why the GPU is not what it was before. */
    Optional<GpushareException> notRestored() {
        return notRestored;
    }
}
