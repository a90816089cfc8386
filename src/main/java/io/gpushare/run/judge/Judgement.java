package io.gpushare.run.judge;

import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.mode.ModeKind;
import io.gpushare.mode.ModeProof;
import io.gpushare.plan.PrecisionGoal;
import io.gpushare.reading.Absence;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.BaselineFit;
import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.results.benchmark.HostLoad;
import io.gpushare.results.benchmark.TenantCertainty;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.results.benchmark.TenantResult.Problem;
import io.gpushare.results.benchmark.Verdict;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.run.stage.Mailbox;
import io.gpushare.run.stage.StageTenant;
import io.gpushare.sampling.InstrumentReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Collects what speaks against a run. Each finding is a sentence that says what to do about it. */
public final class Judgement {
    /** Within one window of 1 s this is 1 %: more would show in the throughput. */
    private static final long MOST_SKEW_NANOS = 10_000_000;

    private static final double MOST_MISSED_SHARE = 0.05;

    private final PrecisionGoal precision;
    private final Path resultFolder;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param precision how sure figures have to be
     * @param resultFolder in which the paths of logs begin
     */
    public Judgement(PrecisionGoal precision, Path resultFolder) {
        this.precision = precision;
        this.resultFolder = resultFolder.toAbsolutePath().normalize();
    }

    public void ending(Optional<Mailbox.Ending> ending) {
        ending.ifPresent(early -> {
            switch (early) {
                case INTERRUPTED -> add(Reason.INTERRUPTED, "The run was interrupted before its plan was done.");
                case TIMED_OUT ->
                    add(Reason.TIMED_OUT, "The run was out of time before its plan was done: raise --timeout.");
            }
        });
    }

    public void tenants(List<TenantResult> tenants) {
        for (TenantResult tenant : tenants) {
            tenant.problem()
                    .filter(problem -> !problem.cancelled())
                    .ifPresent(problem -> add(
                            Reason.TENANT_FAILED,
                            "Tenant " + tenant.number() + " (" + tenant.workload() + ") failed"
                                    + words(problem, tenant)));
        }
    }

    /** @param label where they ran, as a begin of sentences: empty where they shared the GPU */
    public void loads(String label, List<TenantResult> tenants) {
        tenants.stream()
                .filter(tenant -> !tenant.failed())
                .forEach(tenant -> tenant.load()
                        .ifPresent(load -> findings.addAll(LoadFindings.of(
                                label + "Tenant " + tenant.number() + " (" + tenant.workload() + ")", load))));
    }

    public void mpsFault(Optional<String> whoDiedWithWhom) {
        whoDiedWithWhom.ifPresent(sentence -> add(Reason.MPS_FAULT, sentence));
    }

    /** @param clockErrorNanos by how much more it may be, for tenants on several machines */
    public void startSkew(Reading<Long> skewNanos, Reading<Long> clockErrorNanos) {
        if (skewNanos.asOptional().isEmpty()) {
            return;
        }
        long skew = skewNanos.asOptional().get();
        if (skew > MOST_SKEW_NANOS) {
            add(
                    Reason.START_SKEW,
                    String.format(
                            Locale.ROOT,
                            "The tenants started %.1f ms apart: the host was too busy to wake them.",
                            skew / 1e6));
            return;
        }
        switch (clockErrorNanos) {
            case Reading.Absent<Long>(Absence absence) ->
                add(
                        Reason.START_SKEW,
                        "It is not known whether the tenants started at one instant: " + absence.detail() + ".");
            case Reading.Value<Long>(Long error) -> {
                if (skew + error > MOST_SKEW_NANOS) {
                    add(
                            Reason.START_SKEW,
                            String.format(
                                    Locale.ROOT,
                                    "The tenants may have started %.1f ms apart: the clocks of their machines are known"
                                            + " to %.1f ms only. A network that is less busy tells them better.",
                                    (skew + error) / 1e6,
                                    error / 1e6));
                }
            }
        }
    }

    /**
     * @param rates what the tenants' throughputs were made from, in their order
     * @param host meanwhile
     */
    public void windows(
            String label, List<TenantResult> tenants, List<Optional<FullSpeedRate>> rates, Reading<HostLoad> host) {
        if (tenants.stream().anyMatch(TenantResult::failed)) {
            return; // It cut the time short in which all were active: that is no fault of the others.
        }
        for (int place = 0; place < tenants.size(); place++) {
            findings.addAll(
                    new TenantCertainty(label, tenants.get(place), rates.get(place), precision, host).findings());
        }
    }

    public void heldBack(String label, String events) {
        if (!events.isEmpty()) {
            add(
                    Reason.THROTTLED,
                    label + "The GPU was held back: " + events
                            + ". Look at cooling and power: nvidia-smi -q -d PERFORMANCE,POWER,TEMPERATURE.");
        }
    }

    public void foreign(String label, List<String> foreign) {
        if (!foreign.isEmpty()) {
            add(
                    Reason.FOREIGN_PROCESS,
                    label + "The GPU was also used by " + String.join("; ", foreign) + ". Stop it and measure again.");
        }
    }

    /** @param gone sentences on tenants that were only watched, and were not there until the end */
    public void watched(List<String> gone) {
        gone.forEach(sentence -> add(Reason.WATCHED_ENDED, sentence));
    }

    public void proof(ModeProof proof, ModeKind mode) {
        if (!proof.proven()) {
            add(
                    Reason.MODE_UNPROVEN,
                    "It is not proven that the tenants ran in mode " + mode + ": " + String.join("; ", proof.evidence())
                            + ".");
        }
    }

    /** @param tenants their doubts, each a part of a sentence */
    public void layer(String name, List<StageTenant> tenants) {
        List<String> doubts = tenants.stream()
                .flatMap(tenant -> tenant.layerDoubts.stream()
                        .map(doubt -> "of tenant " + tenant.plan.number() + " ("
                                + tenant.plan.workload().name() + "), " + doubt))
                .toList();
        if (!doubts.isEmpty()) {
            add(
                    Reason.LAYER_UNPROVEN,
                    "It is not proven that the layer " + name + " was in force: " + String.join("; ", doubts) + ".");
        }
    }

    public void sampler(InstrumentReport instrument) {
        long due = instrument.loops().stream()
                .mapToLong(InstrumentReport.LoopReport::due)
                .sum();
        long missed = instrument.missedTicks();
        if (due > 0 && missed > MOST_MISSED_SHARE * due) {
            add(
                    Reason.SAMPLER_MISSED_TICKS,
                    "The sampler missed " + missed + " of " + due
                            + " readings of the GPU: the host was too busy. Leave a core free, or raise --interval.");
        }
    }

    public void baselines(List<BaselineResult> baselines) {
        for (BaselineResult baseline : baselines) {
            baseline.alone()
                    .problem()
                    .filter(problem -> !problem.cancelled())
                    .ifPresent(problem -> add(
                            Reason.BASELINE_FAILED,
                            "The baseline of " + baseline.variant() + " failed" + words(problem, baseline.alone())));
        }
    }

    /** @param refuted how many times a baseline's work a tenant did that shared the GPU, by variant */
    public void refuted(Map<String, Double> refuted, List<BaselineResult> baselines) {
        refuted.forEach((variant, times) -> add(
                Reason.BASELINE_REFUTED,
                String.format(
                        Locale.ROOT,
                        "The baseline of %s does not fit: a tenant that shared the GPU did %.2f times as much as that"
                                + " workload alone, which cannot be. Something held it back while it"
                                + " was alone, as a slow"
                                + " first launch does, or a host that is slower at times. Slowdown and"
                                + " STP are left out."
                                + " %s",
                        variant,
                        times,
                        BaselineFit.of(variant, baselines)
                                        .flatMap(BaselineResult::source)
                                        .isPresent()
                                ? "Measure it anew with --baseline run."
                                : "Measure again, with a longer --duration if it happens twice.")));
    }

    /** A tenant's own sentence may end with a full stop. */
    private String words(Problem problem, TenantResult tenant) {
        String message = problem.message();
        return " (" + problem.kind() + "): " + message + (message.endsWith(".") ? "" : ".")
                + tenant.log()
                        .asOptional()
                        .map(log -> " Its output is in " + resultFolder.resolve(log) + ".")
                        .orElse("");
    }

    private void add(Reason reason, String message) {
        findings.add(new Finding(reason, message));
    }

    public Verdict verdict() {
        return new Verdict(findings);
    }
}
