package io.gpushare.results.benchmark;

import io.gpushare.analysis.Drift;
import io.gpushare.analysis.EnoughTime;
import io.gpushare.analysis.Estimate;
import io.gpushare.analysis.FullSpeedRate;
import io.gpushare.plan.PrecisionGoal;
import io.gpushare.reading.Reading;
import io.gpushare.results.benchmark.TenantResult.HostUse;
import io.gpushare.results.benchmark.Verdict.Finding;
import io.gpushare.results.benchmark.Verdict.Reason;
import io.gpushare.text.Amount;
import io.gpushare.text.Durations;
import io.gpushare.text.ScaledNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether the figures of a tenant are sure enough, and if not, whose fault that is and what would do. */
public final class TenantCertainty {
    /** Of the measured time. */
    private static final double MUCH_WAITING = 0.1;

    /** Of the time that programs wanted. */
    private static final double MUCH_STOLEN = 0.05;

    /** Of all processors. */
    private static final double MUCH_OF_OTHERS = 0.1;

    /** Fewer steps than these say nothing about a distribution. */
    private static final long LEAST_STEPS = 10;

    private static final String ADVICE_ON_CORES = " A quieter host or other cores (--pin) would help, too. How steady"
            + " this host is, tells: gpushare doctor --host 20s.";

    private final String who;
    private final TenantResult tenant;
    private final Optional<FullSpeedRate> rate;
    private final PrecisionGoal precision;
    private final Reading<HostLoad> host;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param label where it ran, as a begin of sentences: empty where it shared the GPU
     * @param rate what its throughput was made from; empty where nothing was counted
     * @param host what the machine did meanwhile
     */
    public TenantCertainty(
            String label,
            TenantResult tenant,
            Optional<FullSpeedRate> rate,
            PrecisionGoal precision,
            Reading<HostLoad> host) {
        this.who = label + "Tenant " + tenant.number() + " (" + tenant.workload() + ") ";
        this.tenant = tenant;
        this.rate = rate;
        this.precision = precision;
        this.host = host;
    }

    /** What speaks against the run, each a sentence that says what to do about it. */
    public List<Finding> findings() {
        if (tenant.completed()) {
            return findings; // One number says nothing of its own error: only repeats do.
        }
        if (tenant.work().steps() < LEAST_STEPS) {
            tooFewSteps();
            return findings;
        }
        Optional<CoreSpeed> core = tenant.work().core().asOptional();
        if (tenant.waits() || rate.isEmpty()) {
            return findings; // Bursts and idle time are its nature.
        }
        Optional<Estimate> estimate = rate.get().estimate();
        if (core.filter(CoreSpeed::slowedAllTheTime).isPresent()) {
            add(
                    Reason.HOST_SLOWED,
                    who + "cannot be judged: " + core.get().words() + ", as if somebody else worked on the same"
                            + " physical core." + ADVICE_ON_CORES);
        } else if (estimate.isEmpty()) {
            add(
                    Reason.TOO_FEW_SAMPLES,
                    who + "has " + Amount.of(rate.get().windows().size(), "window")
                            + " of a second, and three are needed to tell how sure a figure is: raise --duration.");
        } else {
            judge(estimate.get(), core, rate.get().drift(precision.percent()));
        }
        return findings;
    }

    /** What still moves has no error yet that a longer time would make smaller: that it moves is said alone. */
    private void judge(Estimate estimate, Optional<CoreSpeed> core, Drift drift) {
        switch (drift) {
            case Drift.Drifting(double percent, double errorPercent) -> drifting(percent, errorPercent);
            case Drift.NotShown _, Drift.TooFewWindows _ -> imprecise(estimate, core);
        }
    }

    private void tooFewSteps() {
        long reported =
                tenant.work().windows().stream().mapToLong(WindowResult::steps).sum();
        long done = tenant.work().steps();
        add(
                Reason.TOO_FEW_SAMPLES,
                reported >= LEAST_STEPS
                        ? who + "finished " + reported + " steps, but " + (done == 0 ? "none" : done)
                                + " of them in a window that lies in the time in which every tenant was active: raise"
                                + " --duration."
                        : who + "finished only " + Amount.of(done, "step")
                                + " in the measured time: raise --duration.");
    }

    private void imprecise(Estimate estimate, Optional<CoreSpeed> core) {
        double percent = estimate.percent();
        if (percent <= precision.percent()) {
            return;
        }
        String enough = Durations.text(EnoughTime.of(percent, precision.percent(), seconds()));
        String figure = String.format(
                Locale.ROOT,
                "its throughput is %s ± %.0f %%, and %s are asked for.",
                ScaledNumber.perSecond(estimate.value(), tenant.unit()),
                percent,
                precision.words());
        String remedy = " --duration " + enough + " would be enough, or --until-precise " + precision.text() + ".";
        if (core.filter(CoreSpeed::explainsAnError).isPresent()) {
            add(
                    Reason.HOST_SLOWED,
                    who + "is not sure enough: " + figure + " The host is to blame: "
                            + core.get().words() + ", as if somebody else worked on the same physical core."
                            + ofTheHost()
                            + remedy
                            + ADVICE_ON_CORES);
        } else {
            add(Reason.IMPRECISE, who + "is not sure enough: " + figure + ofTheHost() + remedy);
        }
    }

    private String ofTheHost() {
        return hostsPart(tenant, seconds(), host).stream().map(" "::concat).collect(Collectors.joining());
    }

    private void drifting(double percent, double errorPercent) {
        add(
                Reason.DRIFTING,
                String.format(
                        Locale.ROOT,
                        "%swas still moving: its throughput %s by %.0f ± %.0f %% from the begin of the measured"
                                + " time to its end. It was not warm yet, the GPU got hot, or the load of the host"
                                + " changed.%s Measure for longer: raise --duration.",
                        who,
                        percent > 0 ? "rose" : "fell",
                        Math.abs(percent),
                        errorPercent,
                        ofTheHost()));
    }

    private double seconds() {
        return rate.stream()
                .flatMap(known -> known.windows().stream())
                .mapToDouble(window -> window.untilS() - window.fromS())
                .sum();
    }

    private void add(Reason reason, String message) {
        findings.add(new Finding(reason, message));
    }

    /** What of the host may have made a tenant's figures unsure, besides the speed of its core. */
    private static List<String> hostsPart(TenantResult tenant, double seconds, Reading<HostLoad> host) {
        List<String> sentences = new ArrayList<>();
        tenant.host()
                .asOptional()
                .map(HostUse::waitedS)
                .flatMap(Reading::asOptional)
                .filter(waited -> waited >= MUCH_WAITING * seconds)
                .ifPresent(waited -> sentences.add(String.format(
                        Locale.ROOT,
                        "Its threads waited for a core for %.1f s of %.1f s, though they could have run: there are too"
                                + " few cores, or others work on them.",
                        waited,
                        seconds)));
        Optional<HostLoad> load = host.asOptional();
        load.filter(known -> known.stolen() >= MUCH_STOLEN * (known.used() + known.stolen()) && known.stolen() > 0)
                .ifPresent(known -> sentences.add(String.format(
                        Locale.ROOT,
                        "The hypervisor took %.0f %% of the processor time that programs wanted (steal): the host is"
                                + " shared with other guests.",
                        100 * known.stolen() / (known.used() + known.stolen()))));
        load.flatMap(known -> known.others()
                        .asOptional()
                        .filter(others -> others >= MUCH_OF_OTHERS * known.cpus())
                        .map(others -> String.format(
                                Locale.ROOT,
                                "Other programs kept %.1f of the %d processors busy.",
                                others,
                                known.cpus())))
                .ifPresent(sentences::add);
        return sentences;
    }
}
