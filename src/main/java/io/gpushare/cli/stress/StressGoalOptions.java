package io.gpushare.cli.stress;

import io.gpushare.cli.option.OptionSection;
import io.gpushare.experiment.stress.StressGoal;
import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.PlanDraft;
import io.gpushare.plan.TenantPlan;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.SloText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is searched for, and how far. */
final class StressGoalOptions implements OptionSection {
    /** What every MPS server serves, and more than share a GPU in any other way. */
    private static final int USUAL_UNDER_MPS = 48;

    private static final int USUAL = 64;

    private static final Duration USUAL_DURATION = Duration.ofSeconds(10);

    private static final Pattern FOR_ALL = Pattern.compile("\\s*p\\d.*");

    /** No plan has more. */
    private static final int MOST = 256;

    @Option(
            names = "--slo",
            paramLabel = "[WORKLOAD.]p99=10ms",
            description = "A bound on the latency of a step, from p50 to p99.9: how many tenants keep it? Repeatable.")
    private List<String> slos = new ArrayList<>();

    @Option(
            names = "--max",
            paramLabel = "N",
            description = "No more tenants than this. Default: " + USUAL_UNDER_MPS + " under MPS, else " + USUAL + ".")
    private @Nullable Integer most;

    @Option(names = "--past-plateau", description = "Go on where the work no longer rises, until something breaks.")
    private boolean pastPlateau;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            description = "How long each step is measured; 4s at least to be judged. Default: 10s.")
    private @Nullable Duration duration;

    @Override
    public String heading() {
        return "The search";
    }

    void applyTo(PlanDraft draft) {
        draft.duration(duration == null ? USUAL_DURATION : duration);
    }

    StressGoal goal(SharingMode mode) {
        if (most != null && (most < 1 || most > MOST)) {
            throw GpushareException.usage(
                    "--max must be 1 to " + MOST + ", got " + most, "It says how many tenants are tried at most.");
        }
        int usual = mode.mpsSettings().isPresent() ? USUAL_UNDER_MPS : USUAL;
        return new StressGoal(most == null ? usual : most, pastPlateau, !slos.isEmpty());
    }

    /**
     * Bounds on latency: {@code p99=10ms} for all tenants, or with a workload before it.
     *
     * @param turn the tenants that may be bound
     * @throws GpushareException (status USAGE) for one that is not a bound, or binds nobody
     */
    List<Slo> bounds(List<TenantPlan> turn) {
        return slos.stream().flatMap(text -> read(text, turn)).distinct().toList();
    }

    private static Stream<Slo> read(String text, List<TenantPlan> turn) {
        if (FOR_ALL.matcher(text).matches()) {
            return turn.stream().map(tenant -> parse(tenant.workload().name() + "." + text.strip()));
        }
        Slo slo = parse(text);
        if (turn.stream().noneMatch(tenant -> slo.isAbout(tenant.variant()))) {
            TreeSet<String> names = new TreeSet<>();
            turn.forEach(tenant -> names.add(tenant.workload().name()));
            throw GpushareException.usage(
                    "--slo: no tenant runs '" + slo.workload() + "'", Spelling.advice(slo.workload(), names));
        }
        return Stream.of(slo);
    }

    private static Slo parse(String text) {
        try {
            return SloText.parse(text);
        } catch (IllegalArgumentException refused) {
            throw GpushareException.usage(
                    "--slo: " + refused.getMessage(), "`gpushare stress --help` shows what it takes.");
        }
    }
}
