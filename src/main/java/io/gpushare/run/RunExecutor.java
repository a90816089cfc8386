package io.gpushare.run;

import io.gpushare.cores.CoreHistory;
import io.gpushare.cores.OwnCores;
import io.gpushare.plan.BaselineTurn;
import io.gpushare.plan.RunPlan;
import io.gpushare.results.ResultName;
import io.gpushare.run.account.RunSetting;
import io.gpushare.run.stage.Bench;
import io.gpushare.run.stage.Mailbox;
import io.gpushare.run.stage.RunListener;
import io.gpushare.run.stage.StageCount;
import io.gpushare.run.stage.StageTimeouts;
import io.gpushare.run.stage.WatchedTenants;
import io.gpushare.time.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out a plan. */
public final class RunExecutor {
    private final RunPlan plan;
    private final Bench bench;
    private final CoreHistory history;
    private final StageTimeouts patience;

    private RunExecutor(RunPlan plan, Bench bench, CoreHistory history, StageTimeouts patience) {
        this.plan = plan;
        this.bench = bench;
        this.history = history;
        this.patience = patience;
    }

    /**
     * One outcome a repetition, fewer when the run was ended or a baseline failed. Whatever happens to tenants ends in
     * an outcome whose verdict says so; nothing of the run is left running.
     *
     * @param history of the speed of this host's cores
     * @throws io.gpushare.failure.GpushareException when nothing could be started
     */
    public static List<RunOutcome> execute(RunPlan plan, Bench bench, CoreHistory history) throws InterruptedException {
        return execute(plan, bench, history, StageTimeouts.DEFAULT);
    }

    static List<RunOutcome> execute(RunPlan plan, Bench bench, CoreHistory history, StageTimeouts patience)
            throws InterruptedException {
        try (Time.Presence _ = bench.time().enter()) {
            return new RunExecutor(plan, bench, history, patience).execute();
        } finally {
            bench.member().leave();
        }
    }

    private List<RunOutcome> execute() throws InterruptedException {
        Mailbox mailbox = new Mailbox(bench.time(), plan.timeout());
        bench.stopRequest().onRequest(mailbox::wishStop);
        bench.listener().phaseBegan(RunListener.Phase.PREFLIGHT, Optional.empty());
        try (WatchedTenants watched = WatchedTenants.attach(plan, bench.attaching(), bench.time())) {
            return execute(mailbox, watched);
        }
    }

    private List<RunOutcome> execute(Mailbox mailbox, WatchedTenants watched) throws InterruptedException {
        RunSetting setting = bench.member().agreeing(mailbox.forOthers(), () -> prepared(mailbox, watched));
        List<RunOutcome> outcomes = new ArrayList<>();
        for (int repetition = 1; repetition <= plan.repeat(); repetition++) {
            RunOutcome outcome = new SingleRun(setting.forRepetition(repetition), repetition).execute();
            outcomes.add(outcome);
            boolean baselineFailed = outcome.result().baselines().stream()
                    .anyMatch(baseline -> baseline.alone().failed());
            if (mailbox.ending().isPresent()
                    || baselineFailed
                    || !watched.gone().isEmpty()
                    || outcome.notRestored().isPresent()) {
                break;
            }
        }
        return List.copyOf(outcomes);
    }

    /** All that can say no before anything starts. */
    private RunSetting prepared(Mailbox mailbox, WatchedTenants watched) throws InterruptedException {
        List<String> warnings = new ArrayList<>(plan.warnings());
        warnings.addAll(new Preflight(plan, bench, watched).check());
        OwnCores cores = CoreSharing.of(plan, bench);
        warnings.addAll(cores.doubts());
        KnownBaselines known = KnownBaselines.of(plan, bench.gpu(), cores);
        warnings.addAll(known.warnings());
        warnings.addAll(watched.sentences(known.baselines().isEmpty() && StageCount.wantsBaselines(plan)));
        warnings.forEach(bench.listener()::noted);
        return new RunSetting(
                plan,
                bench,
                mailbox,
                patience,
                new StageCount(plan, BaselineTurn.of(plan, 1).stages()),
                bench.member()
                        .id()
                        .map(id -> id + "-gpu"
                                + bench.gpu().orElseThrow().identity().index())
                        .orElseGet(ResultName::randomId),
                known.baselines(),
                watched,
                cores,
                history,
                warnings);
    }
}
