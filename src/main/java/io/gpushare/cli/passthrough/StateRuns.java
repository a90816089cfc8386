package io.gpushare.cli.passthrough;

import io.gpushare.cli.bench.BenchParts;
import io.gpushare.cli.bench.BenchPlace;
import io.gpushare.cli.bench.CardRun;
import io.gpushare.cli.bench.CardRuns;
import io.gpushare.cli.bench.CardRuns.Card;
import io.gpushare.cli.bench.PlanMeasurement;
import io.gpushare.cli.terminal.Interruption;
import io.gpushare.experiment.passthrough.Load;
import io.gpushare.experiment.passthrough.MachineRecord;
import io.gpushare.experiment.passthrough.PassthroughPlan;
import io.gpushare.experiment.passthrough.State;
import io.gpushare.experiment.passthrough.StateReading;
import io.gpushare.experiment.passthrough.StateRunner;
import io.gpushare.failure.GpushareException;
import io.gpushare.gpu.Gpu;
import io.gpushare.gpu.GpuIdentity;
import io.gpushare.plan.RunPlan;
import io.gpushare.platform.Platform;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.run.account.RunSetting;
import io.gpushare.run.company.Company;
import io.gpushare.run.company.Company.Worked;
import io.gpushare.run.company.Member;
import io.gpushare.sampling.MonitorFiles;
import io.gpushare.sampling.Sampler;
import io.gpushare.sampling.SamplingOptions;
import io.gpushare.time.Time;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Brings about one state after another: gives each GPU that is to work a tenant of its own, and samples all of them and
 * the machine meanwhile. For one thread.
 */
final class StateRuns implements StateRunner {
    /** Of a GPU that is to rest: what somebody else does on it, the sensors would show. */
    private static final double MOST_BUSY_PERCENT = 5;

    /** A GPU with one of these did not do what it is said to have done. */
    private static final Set<Reason> SPOILING =
            EnumSet.of(Reason.TENANT_FAILED, Reason.FOREIGN_PROCESS, Reason.TIMED_OUT);

    private final PassthroughPlan plan;
    private final BenchParts parts;
    private final PlanMeasurement measurement;
    private final Supplier<CardRuns> runs;
    private final Function<RunPlan, Time> times;
    private final Interruption interruption;
    private String where = "";

    /** Whether GPUs worked here. */
    private boolean measured;

    private boolean notRestored;

    /** @param times in which a plan is carried out */
    StateRuns(
            PassthroughPlan plan,
            BenchParts parts,
            PlanMeasurement measurement,
            Supplier<CardRuns> runs,
            Function<RunPlan, Time> times,
            Interruption interruption) {
        this.plan = plan;
        this.parts = parts;
        this.measurement = measurement;
        this.runs = runs;
        this.times = times;
        this.interruption = interruption;
    }

    /** GPUs of the last state, in words; empty before. */
    String where() {
        return where;
    }

    @Override
    public Result run(State state, Path folder) throws InterruptedException {
        try {
            return attempt(state, folder);
        } catch (GpushareException failure) {
            if (!measured || notRestored) {
                throw failure; // Nothing can be had here, or nothing more.
            }
            return measurement.ends() ? new Result.Interrupted() : new Result.Failed(failure.sentence());
        }
    }

    private Result attempt(State state, Path folder) throws InterruptedException {
        RunPlan common = plan.plan(Load.FULL, state);
        Time time = times.apply(common);
        List<BenchPlace> places = measurement.openAll(common, time, PassthroughCommand.SIMULATED);
        try (Time.Presence _ = time.enter()) {
            List<Gpu> gpus =
                    places.stream().map(place -> place.gpu().orElseThrow()).toList();
            requireMode(places, common);
            where = gpus.size() + " × " + gpus.getFirst().identity().name().replace(" (simulated)", "");
            return sampled(state, places, parts.machine(common, gpus, time), ResultDirectory.open(folder), time);
        } finally {
            places.forEach(BenchPlace::close);
        }
    }

    /** A GPU that cannot be had as a whole is told before anybody has waited for an idle reference. */
    private static void requireMode(List<BenchPlace> places, RunPlan plan) throws InterruptedException {
        for (BenchPlace place : places) {
            try {
                place.modes().require(RunSetting.request(plan, place.runtime()));
            } catch (GpushareException unable) {
                throw Member.naming(place.gpu().orElseThrow().identity().index(), unable);
            }
        }
    }

    private Result sampled(State state, List<BenchPlace> places, Platform machine, ResultDirectory directory, Time time)
            throws InterruptedException {
        List<Gpu> gpus = places.stream().map(place -> place.gpu().orElseThrow()).toList();
        List<GpuIdentity> identities = gpus.stream().map(Gpu::identity).toList();
        MachineRecord seen = new MachineRecord();
        try (Sampler sampler = Sampler.start(
                SamplingOptions.DEFAULT.ofSimulatedGpus(plan.full().simulated()).on(machine),
                places.getFirst().versions(),
                gpus,
                MonitorFiles.in(directory, ResultName.monitor(time.instant(), ResultName.randomId())),
                List.of(seen),
                time)) {
            long began = time.nanos() - sampler.elapsed().toNanos();
            List<Card> cards = cards(state, places);
            Optional<Worked> worked;
            Optional<String> spoilt = Optional.empty();
            if (cards.isEmpty()) {
                worked = rest(time);
            } else {
                Company company = CardRuns.company(cards, time);
                company.observed(sampler::suspend);
                List<CardRun> ended = runs.get().on(cards, company, time, directory);
                requireRestored(ended);
                spoilt = spoilt(ended);
                worked = company.workedTogether();
            }
            sampler.finish();
            if (measurement.ends()) {
                return new Result.Interrupted();
            }
            if (spoilt.isPresent() || worked.isEmpty()) {
                return new Result.Failed(spoilt.orElse("the GPUs did not work at the same time"));
            }
            StateReading reading = seen.reading(
                    state,
                    identities,
                    worked.get().fromNanos() - began + plan.ramp().length().toNanos(),
                    worked.get().toNanos() - began);
            return judged(reading);
        }
    }

    private Result judged(StateReading reading) {
        for (int gpu = 0; gpu < reading.gpus().size(); gpu++) {
            boolean works = reading.state().combination().loads().get(gpu).works();
            double busy = reading.gpus().get(gpu).busyPercent().asOptional().orElse(0.0);
            if (!works && busy > MOST_BUSY_PERCENT) {
                return new Result.Failed("GPU %d was to rest, and was busy for %d %% of the time"
                        .formatted(reading.gpus().get(gpu).index(), Math.round(busy)));
            }
        }
        measured |= !reading.state().combination().rests();
        return new Result.Measured(reading);
    }

    private List<Card> cards(State state, List<BenchPlace> places) {
        List<Card> cards = new ArrayList<>();
        for (int gpu = 0; gpu < places.size(); gpu++) {
            Load load = state.combination().loads().get(gpu);
            if (load.works()) {
                cards.add(new Card(places.get(gpu), plan.plan(load, state)));
            }
        }
        return cards;
    }

    private Optional<Worked> rest(Time time) throws InterruptedException {
        long begin = time.nanos();
        if (time.isReal()) {
            interruption.requestedWithin(plan.full().duration().toNanos());
        } else {
            time.sleep(plan.full().duration());
        }
        return Optional.of(new Worked(begin, time.nanos()));
    }

    /** A GPU that is not what it was before must not be worked on. */
    private void requireRestored(List<CardRun> ended) {
        for (CardRun run : ended) {
            if (run.notRestored().isPresent()) {
                notRestored = true;
                throw run.notRestored().get();
            }
        }
    }

    private static Optional<String> spoilt(List<CardRun> ended) {
        for (CardRun run : ended) {
            Optional<String> why = switch (run) {
                case CardRun.Failed(GpuIdentity _, GpushareException failure) -> Optional.of(failure.sentence());
                case CardRun.Measured(GpuIdentity _, var outcomes) ->
                    outcomes.stream()
                            .flatMap(outcome -> finding(outcome.result()).stream())
                            .findFirst();
            };
            if (why.isPresent()) {
                return why.map(sentence -> "GPU " + run.gpu().index() + ": " + sentence);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> finding(RunResult result) {
        return result.verdict().findings().stream()
                .filter(finding -> SPOILING.contains(finding.reason()))
                .map(Verdict.Finding::message)
                .findFirst();
    }
}
