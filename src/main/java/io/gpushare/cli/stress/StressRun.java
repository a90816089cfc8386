package io.gpushare.cli.stress;

import io.gpushare.cli.bench.PlanMeasurement;
import io.gpushare.cli.bench.PlanMeasurement.Measured;
import io.gpushare.experiment.stress.BreakCause;
import io.gpushare.experiment.stress.ModeStress;
import io.gpushare.experiment.stress.ModeStress.End;
import io.gpushare.experiment.stress.StepReader;
import io.gpushare.experiment.stress.StressSearch;
import io.gpushare.experiment.stress.StressStep;
import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import io.gpushare.mode.ModeKind;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.results.ResultDirectory;
import io.gpushare.run.RunOutcome;
import io.gpushare.time.Time;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** Carries out the search in one mode, step by step. */
final class StressRun {
    private final StressPlans plans;
    private final StepReader reader;
    private final PlanMeasurement measurement;
    private final Function<RunPlan, Time> times;
    private final ResultDirectory directory;
    private final StressListener listener;
    private final StressSearch search;

    /** Units per second of one tenant of each variant. */
    private final Map<String, Double> alone = new HashMap<>();

    private Optional<End> end = Optional.empty();
    private Optional<GpushareException> notRestored = Optional.empty();

    /** Told of each step as it ends. */
    interface StressListener {
        void stepped(StressPlans plans, StressStep step);

        /** @param where GPU, runtime and duration */
        void ranOn(String where);
    }

    StressRun(
            StressPlans plans,
            StepReader reader,
            PlanMeasurement measurement,
            Function<RunPlan, Time> times,
            ResultDirectory directory,
            StressListener listener) {
        this.plans = plans;
        this.reader = reader;
        this.measurement = measurement;
        this.times = times;
        this.directory = directory;
        this.listener = listener;
        this.search = new StressSearch(plans.goal());
    }

    /** @throws GpushareException where not even the first step could be carried out */
    ModeStress search() throws InterruptedException {
        measureAlone();
        for (OptionalInt next = next(); next.isPresent(); next = next()) {
            step(next.getAsInt());
        }
        return new ModeStress(
                plans.words(),
                plans.kind(),
                plans.unit(),
                reader.tail(),
                plans.goal(),
                search.steps(),
                end.orElseGet(() -> measurement.ends() ? new End.Interrupted() : new End.Answered()));
    }

    /** Why the GPU is not what it was before, if so. */
    Optional<GpushareException> notRestored() {
        return notRestored;
    }

    private OptionalInt next() {
        return end.isPresent() || measurement.ends() ? OptionalInt.empty() : search.next();
    }

    /** Of different workloads each has to be known alone, before they can be added up. */
    private void measureAlone() throws InterruptedException {
        if (plans.alike()) {
            return;
        }
        for (TenantPlan variant : plans.variants()) {
            if (end.isPresent() || measurement.ends()) {
                return;
            }
            measured(plans.alone(variant)).ifPresent(outcome -> {
                StressStep step = reader.read(1, outcome.result(), outcome.file(), alone);
                StepReader.rate(outcome.result()).ifPresent(rate -> alone.put(variant.variant(), rate));
                if (search.steps().isEmpty() || step.work().isEmpty()) {
                    told(step);
                }
            });
        }
    }

    private void step(int tenants) throws InterruptedException {
        RunPlan plan;
        try {
            plan = plans.of(tenants);
        } catch (GpushareException refused) {
            refused(tenants, refused);
            return;
        }
        try {
            Optional<RunOutcome> outcome = measured(plan);
            outcome.map(done -> reader.read(tenants, done.result(), done.file(), alone))
                    .ifPresent(this::told);
            if (tenants == 1) {
                outcome.map(RunOutcome::result)
                        .ifPresent(run -> StepReader.rate(run)
                                .ifPresent(rate ->
                                        alone.put(plan.tenants().getFirst().variant(), rate)));
            }
        } catch (GpushareException failure) {
            if (tenants == 1) {
                throw failure;
            }
            // A card is divided into so many parts and no more; whatever else is wrong has nothing to do with how many.
            if (plans.kind() == ModeKind.MIG && failure.status() == ExitStatus.UNABLE) {
                refused(tenants, failure);
            } else {
                end = Optional.of(new End.Stopped(failure.sentence()));
            }
        }
    }

    private void refused(int tenants, GpushareException why) {
        if (tenants == 1) {
            throw why;
        }
        told(new StressStep(tenants, new StressStep.Broke(BreakCause.REFUSED, why.sentence()), Optional.empty()));
    }

    private void told(StressStep step) {
        search.add(step);
        listener.stepped(plans, step);
    }

    /** Empty where it was interrupted. */
    private Optional<RunOutcome> measured(RunPlan plan) throws InterruptedException {
        Measured measured = measurement.measure("", plan, times.apply(plan), directory, List.of("--simulate"));
        listener.ranOn(measured.where());
        Optional<RunOutcome> outcome = measured.outcomes().stream().findFirst();
        notRestored = outcome.flatMap(RunOutcome::notRestored);
        notRestored.ifPresent(why -> end = Optional.of(new End.Stopped(why.sentence())));
        if (outcome.map(RunOutcome::result).filter(StepReader::interrupted).isPresent()) {
            end = Optional.of(new End.Interrupted());
            return Optional.empty();
        }
        return outcome;
    }
}
