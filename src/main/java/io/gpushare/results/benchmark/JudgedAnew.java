package io.gpushare.results.benchmark;

import io.gpushare.analysis.Estimate;
import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A result of a version that gave figures no errors, with the errors of its throughputs, and judged by them as new
 * results are ({@link TenantCertainty}): what such versions called unstable is no reason any more.
 */
public final class JudgedAnew {
    private static final Set<Reason> BY_WINDOWS = EnumSet.of(Reason.UNSTABLE, Reason.TOO_FEW_SAMPLES);

    /** Of such a run nothing was ever concluded from its windows. */
    private static final Set<Reason> CUT_SHORT = EnumSet.of(Reason.INTERRUPTED, Reason.TIMED_OUT);

    private final RunResult run;
    private final List<Optional<FullSpeedRate>> rates;
    private final List<Optional<FullSpeedRate>> aloneRates;

    private JudgedAnew(RunResult run, List<Optional<FullSpeedRate>> rates, List<Optional<FullSpeedRate>> aloneRates) {
        this.run = run;
        this.rates = rates;
        this.aloneRates = aloneRates;
    }

    /**
     * @param windows that count, of each tenant in the order of the run
     * @param alone likewise of each baseline
     */
    public static RunResult of(
            RunResult run, List<List<FullSpeedRate.Window>> windows, List<List<FullSpeedRate.Window>> alone) {
        return new JudgedAnew(run, rates(windows), rates(alone)).result();
    }

    /** What is no finite number, as of windows that somebody made up, tells nothing. */
    private static List<Optional<FullSpeedRate>> rates(List<List<FullSpeedRate.Window>> all) {
        return all.stream()
                .map(windows -> Optional.of(windows)
                        .filter(known -> !known.isEmpty())
                        .map(FullSpeedRate::asMeasured)
                        .filter(rate -> rate.estimate()
                                .map(Estimate::percent)
                                .map(Double::isFinite)
                                .orElse(Double.isFinite(rate.unitsPerSec()))))
                .toList();
    }

    private RunResult result() {
        List<BaselineResult> baselines = IntStream.range(0, run.baselines().size())
                .mapToObj(place -> rated(run.baselines().get(place), aloneRates.get(place)))
                .toList();
        List<TenantResult> tenants = IntStream.range(0, run.tenants().size())
                .mapToObj(place -> rated(run.tenants().get(place), rates.get(place)))
                .toList();
        Sharing sharing = new Sharing(tenants, run.mode().concurrent()).withErrors(baselines);
        List<FullSpeedRate> known = rates.stream().flatMap(Optional::stream).toList();
        return run.judged(
                baselines,
                sharing.tenants(),
                run.metrics().with(SharingErrors.of(sharing, known, baselines)),
                new Verdict(findings()));
    }

    private static BaselineResult rated(BaselineResult baseline, Optional<FullSpeedRate> rate) {
        return new BaselineResult(baseline.variant(), rated(baseline.alone(), rate), baseline.gpu(), baseline.source());
    }

    private static TenantResult rated(TenantResult tenant, Optional<FullSpeedRate> rate) {
        return tenant.with(
                tenant.work(),
                new Errors(
                        rate.flatMap(FullSpeedRate::estimate),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()));
    }

    private List<Finding> findings() {
        List<Finding> findings = new ArrayList<>(run.verdict().findings());
        findings.removeIf(finding -> BY_WINDOWS.contains(finding.reason()));
        if (findings.stream().anyMatch(finding -> CUT_SHORT.contains(finding.reason()))) {
            return findings;
        }
        for (int place = 0; place < run.baselines().size(); place++) {
            BaselineResult baseline = run.baselines().get(place);
            if (baseline.source().isEmpty() && !baseline.alone().failed()) {
                findings.addAll(found(
                        "In the baseline of " + baseline.variant() + ": ", baseline.alone(), aloneRates.get(place)));
            }
        }
        if (run.tenants().stream().noneMatch(TenantResult::failed)) {
            for (int place = 0; place < run.tenants().size(); place++) {
                findings.addAll(found("", run.tenants().get(place), rates.get(place)));
            }
        }
        return findings;
    }

    private List<Finding> found(String label, TenantResult tenant, Optional<FullSpeedRate> rate) {
        return new TenantCertainty(label, tenant, rate, run.plan().precision(), run.host()).findings();
    }
}
