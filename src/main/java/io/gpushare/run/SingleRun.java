package io.gpushare.run;

import io.gpushare.mode.ActiveMode;
import io.gpushare.mode.GpuReaders;
import io.gpushare.mode.ModeProof;
import io.gpushare.mode.Placement;
import io.gpushare.outcome.ExitStatus;
import io.gpushare.outcome.GpushareException;
import io.gpushare.plan.RunPlan;
import io.gpushare.plan.TenantPlan;
import io.gpushare.results.ResultName;
import io.gpushare.sampling.journal.MonitorResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Measures one repetition: baselines where they are still to be had, then the tenants in their mode; writes the result. */
final class SingleRun {
    private final RunSetting setting;
    private final int repetition;
    private final RunPlan plan;
    private final Bench bench;
    private final Instant startedAt = Instant.now();
    private final long begin = System.nanoTime();
    private final ResultName name;
    private final RunFiles files;
    private final Farewell farewell = new Farewell();
    private final List<StageResult> baselines = new ArrayList<>();
    private final List<StageResult> shared = new ArrayList<>();
    private ModeProof proof = new ModeProof(false, List.of("the tenants were never launched"));

    SingleRun(RunSetting setting, int repetition) {
        this.setting = setting;
        this.repetition = repetition;
        this.plan = setting.plan();
        this.bench = setting.bench();
        String id = plan.repeat() == 1 ? setting.group() : ResultName.idOfRepetition(setting.group(), repetition);
        this.name = ResultName.benchmark(plan.mode().kind(), plan.tenants().size(), plan.simulated(), startedAt, id);
        this.files = RunFiles.of(bench.directory(), name);
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
                bench.listener().noted("the empty journal " + journal + " could not be deleted: " + stays.getMessage());
            }
        }
    }

    private RunOutcome measured() throws InterruptedException {
        try (RunJournal journal = journal();
                RunSampling sampling = new RunSampling(plan, bench, files.monitor())) {
            measure(journal, sampling);
            Optional<MonitorResult> samples = sampling.finish();
            RunAccount account = new RunAccount(
                    setting, repetition, name, startedAt, begin, baselines, shared, proof, sampling, samples);
            RunOutcome outcome = ResultWriter.write(account.result(), files.result());
            journal.delete();
            journal.failure().ifPresent(bench.listener()::noted);
            bench.listener().written(outcome.result(), outcome.file());
            return outcome;
        }
    }

    private RunJournal journal() {
        try {
            RunJournal journal = RunJournal.create(files.journal());
            journal.begins(RunAccount.header(setting, repetition, name, startedAt));
            return journal;
        } catch (IOException unwritable) {
            throw new GpushareException(
                    ExitStatus.UNABLE,
                    "results cannot be written to " + bench.directory().path() + ": " + unwritable.getMessage(),
                    "Choose another folder with --out.",
                    unwritable);
        }
    }

    private void measure(RunJournal journal, RunSampling sampling) throws InterruptedException {
        if (setting.measuresBaselines()) {
            for (TenantPlan variant : plan.variants()) {
                Stage stage = stage(
                        "baseline of " + variant.variant(),
                        "baseline-",
                        List.of(variant),
                        List.of(bench.modes().alone()),
                        journal,
                        sampling);
                baselines.add(run(stage, why()));
            }
        }
        try (ActiveMode active = bench.modes().activate(setting.request(), GpuReaders.NONE)) {
            if (plan.mode().concurrent()) {
                shared.add(run(
                        stage("tenants", "tenant-", plan.tenants(), active.placements(), journal, sampling), why()));
            } else {
                oneAfterAnother(active, journal, sampling);
            }
            if (shared.stream().anyMatch(StageResult::measured)) {
                proof = active.prove(Evidence.of(shared));
            }
        }
    }

    private void oneAfterAnother(ActiveMode active, RunJournal journal, RunSampling sampling)
            throws InterruptedException {
        for (int place = 0; place < plan.tenants().size(); place++) {
            TenantPlan tenant = plan.tenants().get(place);
            Placement placement = active.placements().get(place);
            shared.add(run(
                    stage(
                            "tenant " + tenant.number() + " alone",
                            "tenant-",
                            List.of(tenant),
                            List.of(placement),
                            journal,
                            sampling),
                    why()));
        }
    }

    /** Why nothing more is to be measured, if so. A workload that fails alone would fail among others too. */
    private Optional<String> why() {
        Optional<Mailbox.Ending> ending = setting.mailbox().ending();
        if (ending.isPresent()) {
            return Optional.of(
                    switch (ending.get()) {
                        case INTERRUPTED -> "the run was interrupted before it was launched";
                        case TIMED_OUT -> "the run was out of time before it was launched";
                    });
        }
        return baselines.stream().flatMap(stage -> stage.tenants().stream()).anyMatch(StageTenant::failed)
                ? Optional.of("it was not launched because a baseline failed")
                : Optional.empty();
    }

    private StageResult run(Stage stage, Optional<String> whyNot) throws InterruptedException {
        farewell.await();
        return whyNot.isPresent() ? stage.skipped(whyNot.get()) : stage.run(setting.stages());
    }

    private Stage stage(
            String stageName,
            String logPrefix,
            List<TenantPlan> tenants,
            List<Placement> placements,
            RunJournal journal,
            RunSampling sampling) {
        StagePlan stagePlan =
                new StagePlan(stageName, logPrefix, tenants, placements, plan.duration(), setting.group(), plan.seed());
        return new Stage(
                stagePlan, files.logs(), bench, setting.mailbox(), journal, sampling, setting.patience(), farewell);
    }
}
