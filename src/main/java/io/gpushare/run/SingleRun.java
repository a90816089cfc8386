package io.gpushare.run;

import io.gpushare.failure.GpushareException;
import io.gpushare.file.WriteFailure;
import io.gpushare.mode.ActiveMode;
import io.gpushare.mode.ModeProof;
import io.gpushare.mode.Placement;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.BaselineTurn;
import io.gpushare.plan.Layer;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.results.ResultDirectory;
import io.gpushare.results.ResultName;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.RunResultFile;
import io.gpushare.run.account.PrecisionWatch;
import io.gpushare.run.account.RunAccount;
import io.gpushare.run.account.RunSampling;
import io.gpushare.run.account.RunSetting;
import io.gpushare.run.company.Member;
import io.gpushare.run.judge.Evidence;
import io.gpushare.run.judge.ModeWatch;
import io.gpushare.run.stage.Bench;
import io.gpushare.run.stage.LogFolder;
import io.gpushare.run.stage.Mailbox;
import io.gpushare.run.stage.RunJournal;
import io.gpushare.run.stage.RunListener;
import io.gpushare.run.stage.Stage;
import io.gpushare.run.stage.StagePlan;
import io.gpushare.run.stage.StageResult;
import io.gpushare.run.stage.StageTenant;
import io.gpushare.run.stage.TenantRemoval;
import io.gpushare.sampling.MonitorFiles;
import io.gpushare.sampling.journal.MonitorResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Measures one repetition: baselines where they are still to be had, then the tenants in their mode; writes the
 * result.
 */
final class SingleRun {
    /** The first ones tell what began; those that follow are its consequences. */
    private static final int MOST_COMPLAINTS = 4;

    private final RunSetting setting;
    private final RunPlan plan;
    private final Bench bench;
    private final RunAccount.Occasion occasion;
    private final BaselineTurn turn;
    private final RunFiles files;
    private final LogFolder logs;
    private final TenantRemoval farewell;
    private final Member member;
    private final Member.Waiting others;
    private final List<StageResult> baselines = new ArrayList<>();
    private final List<StageResult> shared = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private ModeProof proof = new ModeProof(false, List.of("the tenants were never launched"));

    SingleRun(RunSetting setting, int repetition) {
        this.setting = setting;
        this.plan = setting.plan();
        this.bench = setting.bench();
        this.farewell = new TenantRemoval(bench.time());
        this.member = bench.member();
        this.others = setting.mailbox().forOthers();
        String id = plan.repeat() == 1 ? setting.group() : ResultName.idOfRepetition(setting.group(), repetition);
        Instant startedAt = bench.time().instant();
        long begin = bench.time().nanos();
        ResultName name = ResultName.benchmark(
                plan.mode().kind().toString(), plan.tenants().size(), plan.simulated(), startedAt, id);
        this.turn = BaselineTurn.of(plan, repetition);
        this.occasion = new RunAccount.Occasion(repetition, name, startedAt, begin);
        this.files = RunFiles.of(bench.directory(), name);
        this.logs = new LogFolder(files.logs());
    }

    RunOutcome execute() throws InterruptedException {
        try {
            return measured();
        } catch (GpushareException unable) {
            if (baselines.isEmpty() && shared.isEmpty()) {
                deleteJournals();
            }
            throw unable;
        } finally {
            farewell.await();
        }
    }

    /** They hold nothing: nobody is to be told of a killed run that could be saved. */
    private void deleteJournals() {
        for (Path journal : List.of(files.journal(), files.monitor().journal())) {
            try {
                Files.deleteIfExists(journal);
            } catch (IOException stays) {
                bench.listener()
                        .noted("the empty journal " + journal + " could not be deleted: " + WriteFailure.reason(stays));
            }
        }
    }

    private RunOutcome measured() throws InterruptedException {
        try (RunJournal journal = journal();
                RunSampling sampling = new RunSampling(plan, bench, files.monitor())) {
            if (turn.before()) {
                measureBaselines("", journal, sampling);
            }
            Optional<Restoration> restoration = measureShared(journal, sampling);
            if (turn.after()) {
                measureBaselines(turn.before() ? ", again" : "", journal, sampling);
            }
            Optional<MonitorResult> samples = sampling.finish();
            restoration.flatMap(Restoration::warning).ifPresent(warnings::add);
            farewell.await();
            warnings.addAll(bench.runtime().takeWarnings());
            RunAccount account = new RunAccount(
                    setting, occasion, new RunAccount.Seen(baselines, shared, proof, warnings), sampling, samples);
            RunOutcome outcome = write(account.result(), files.result());
            journal.delete();
            journal.failure().ifPresent(bench.listener()::noted);
            bench.listener().written(outcome.result(), outcome.file());
            return restoration.map(ended -> ended.told(outcome)).orElse(outcome);
        }
    }

    /** If its folder takes nothing any more, beside the temporary files: half an hour may be in it. */
    private static RunOutcome write(RunResult result, Path file) {
        try {
            return new RunOutcome(result, file, RunResultFile.write(file, result));
        } catch (GpushareException full) {
            Path elsewhere = Path.of(System.getProperty("java.io.tmpdir")).resolve(String.valueOf(file.getFileName()));
            RunResult warned = result.warned(full.sentence() + ": this file is in another folder than its samples");
            try {
                return new RunOutcome(warned, elsewhere, RunResultFile.write(elsewhere, warned));
            } catch (GpushareException nowhere) {
                full.addSuppressed(nowhere);
                throw full;
            }
        }
    }

    private RunJournal journal() {
        try {
            RunJournal journal = RunJournal.create(files.journal());
            journal.begins(RunAccount.header(setting, occasion));
            return journal;
        } catch (IOException unwritable) {
            throw GpushareException.unable(
                    "results cannot be written to " + bench.directory().path() + ": " + WriteFailure.reason(unwritable),
                    "Choose another folder with --out.",
                    unwritable);
        }
    }

    /** @param again what follows the name of one that was measured before */
    private void measureBaselines(String again, RunJournal journal, RunSampling sampling) throws InterruptedException {
        if (!setting.measuresBaselines()) {
            return;
        }
        // The other GPUs of the host rest meanwhile.
        try (Member.Turn _ = turnAmongGpus()) {
            measureVariants(again, journal, sampling);
        }
    }

    private Member.Turn turnAmongGpus() throws InterruptedException {
        tellOfWaiting();
        return member.turn(others);
    }

    private void tellOfWaiting() {
        if (member.hasCompany()) {
            bench.listener().phaseBegan(RunListener.Phase.WAITING, Optional.empty());
        }
    }

    private void measureVariants(String again, RunJournal journal, RunSampling sampling) throws InterruptedException {
        for (TenantPlan variant : plan.variants()) {
            Stage stage = stage(
                    "baseline of " + variant.variant() + again,
                    again.isEmpty() ? "baseline-" : "baseline-again-",
                    turn.duration(plan.duration()),
                    List.of(variant),
                    List.of(bench.modes().alone()),
                    Optional.empty(),
                    false,
                    journal,
                    StayingServers.beside(bench.gpu(), plan, sampling));
            baselines.add(run(stage, why()));
        }
    }

    /** Where nothing is to be measured any more, the GPU is not changed for it. */
    private Optional<Restoration> measureShared(RunJournal journal, RunSampling sampling) throws InterruptedException {
        List<List<Integer>> turns = turns();
        Optional<Restoration> activated = activated(sampling);
        if (activated.isEmpty()) {
            for (List<Integer> turn : turns) {
                List<Placement> nowhere =
                        Collections.nCopies(turn.size(), bench.modes().alone());
                shared.add(run(shared(turn, nowhere, journal, sampling), why()));
            }
            return Optional.empty();
        }
        Restoration restoration = activated.get();
        try (Member.LaterTurn turn = member.laterTurn();
                restoration) {
            inMode(restoration.mode(), turns, journal, sampling);
            restoration.allWasMeasured();
            tellOfWaiting();
            turn.take(others);
        }
        return activated;
    }

    /** One GPU after another, because for some changes all have to let go of the driver. */
    private Optional<Restoration> activated(RunSampling sampling) throws InterruptedException {
        if (why().isPresent()) {
            member.leave();
        }
        try (Member.Turn _ = turnAmongGpus()) {
            if (why().isPresent()) {
                return Optional.empty();
            }
            farewell.await();
            return Optional.of(
                    new Restoration(bench.modes().activate(setting.request(), sampling), bench.listener()::noted));
        }
    }

    private void inMode(ActiveMode active, List<List<Integer>> turns, RunJournal journal, RunSampling sampling)
            throws InterruptedException {
        try {
            if (plan.mode() instanceof SharingMode.Mig) {
                sampling.lookForMigDevices();
            }
            for (List<Integer> turn : turns) {
                List<Placement> placements =
                        turn.stream().map(active.placements()::get).toList();
                ModeWatch watch = new ModeWatch(
                        active, sampling, bench.time(), setting.patience().cancel());
                try (watch) {
                    shared.add(run(shared(turn, placements, journal, watch), why()));
                }
                warnings.addAll(watch.warnings());
                member.meets(member.nextStep(), others);
            }
            if (shared.stream().anyMatch(StageResult::measured)) {
                proof = proof(active, sampling);
                active.complaints().stream()
                        .limit(MOST_COMPLAINTS)
                        .forEach(words -> warnings.add("the MPS server wrote: " + words));
            }
        } finally {
            // Tenants that still hold the GPU, and readers that do, would keep it from being put back. Where more is
            // to be measured, readers let go for the moment of a change.
            if (!baselinesFollow()) {
                sampling.stop();
            }
            farewell.await();
        }
    }

    /** What was measured is kept, and counts as unproven, where the GPU does not tell any more how it is. */
    private ModeProof proof(ActiveMode active, RunSampling sampling) {
        try {
            return active.prove(Evidence.of(shared, setting.watched().all(), sampling));
        } catch (GpushareException unreadable) {
            return new ModeProof(
                    false, List.of("how the GPU was set up at the end could not be read: " + unreadable.sentence()));
        }
    }

    private boolean baselinesFollow() throws InterruptedException {
        return turn.after() && setting.measuresBaselines() && why().isEmpty();
    }

    /** Places of tenants that run together, one group after another. */
    private List<List<Integer>> turns() {
        List<Integer> all = IntStream.range(0, plan.tenants().size()).boxed().toList();
        return plan.mode().concurrent()
                ? List.of(all)
                : all.stream().map(List::of).toList();
    }

    private Stage shared(
            List<Integer> turn, List<Placement> placements, RunJournal journal, Stage.MeasuredTime measuredTime) {
        List<TenantPlan> tenants = turn.stream().map(plan.tenants()::get).toList();
        String stageName = plan.mode().concurrent()
                ? "tenants"
                : "tenant " + tenants.getFirst().number() + " alone";
        return stage(
                stageName, "tenant-", plan.duration(), tenants, placements, plan.layer(), true, journal, measuredTime);
    }

    /** Why nothing more is to be measured, if so. A workload that fails alone would fail among others too. */
    private Optional<String> why() throws InterruptedException {
        Optional<Mailbox.Ending> ending = setting.mailbox().ending();
        if (ending.isPresent()) {
            return Optional.of(
                    switch (ending.get()) {
                        case INTERRUPTED -> "the run was interrupted before it was launched";
                        case TIMED_OUT -> "the run was out of time before it was launched";
                    });
        }
        if (setting.watched().anyIsGone()) {
            return Optional.of("it was not launched because a tenant that is only watched was gone");
        }
        return baselines.stream().flatMap(stage -> stage.tenants().stream()).anyMatch(StageTenant::failed)
                ? Optional.of("it was not launched because a baseline failed")
                : Optional.empty();
    }

    private StageResult run(Stage stage, Optional<String> whyNot) throws InterruptedException {
        farewell.await();
        if (whyNot.isPresent()) {
            member.leave();
            return stage.skipped(whyNot.get());
        }
        return stage.run(setting.stages());
    }

    private Stage stage(
            String stageName,
            String logPrefix,
            Duration duration,
            List<TenantPlan> tenants,
            List<Placement> placements,
            Optional<Layer> layer,
            boolean together,
            RunJournal journal,
            Stage.MeasuredTime measuredTime) {
        StagePlan stagePlan = new StagePlan(
                stageName,
                logPrefix,
                tenants,
                placements,
                setting.cores(),
                duration,
                member.hasCompany() ? duration : plan.precision().longest(duration),
                setting.group(),
                plan.seed(),
                plan.memoryFraction(),
                layer,
                together);
        return new Stage(
                stagePlan,
                logs,
                bench,
                setting.mailbox(),
                journal,
                setting.watched().during(stageName, measuredTime),
                new PrecisionWatch(plan.mode().kind(), plan.precision()),
                setting.patience(),
                farewell);
    }

    /**
     * Where one run writes.
     *
     * @param logs folder of the tenants' own output
     */
    private record RunFiles(Path result, Path journal, MonitorFiles monitor, Path logs) {
        static RunFiles of(ResultDirectory directory, ResultName benchmark) {
            return new RunFiles(
                    benchmark.resultIn(directory),
                    benchmark.journalIn(directory),
                    MonitorFiles.in(directory, benchmark.monitor()),
                    benchmark.logFolderIn(directory));
        }
    }
}
