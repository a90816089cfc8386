package io.gpushare.study.answer;

import io.gpushare.mode.ModeKind;
import io.gpushare.mode.MpsPriority;
import io.gpushare.mode.MpsSettings;
import io.gpushare.mode.SharingMode;
import io.gpushare.plan.TenantPlan;
import io.gpushare.results.benchmark.RunResult;
import io.gpushare.results.benchmark.TenantResult;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.CommonCards;
import io.gpushare.study.arm.MixKey;
import io.gpushare.study.arm.MixStudy.VariantCount;
import io.gpushare.study.arm.Starvation;
import io.gpushare.study.arm.Starvation.Cure;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.EstimateWords;
import io.gpushare.study.metric.Metric;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Finds tenants that starve: slowed at least three times as much as the neighbour that loses least of those that work
 * without a pause (one that waits for a person loses little wherever it is), and to less than the 1/n of its speed that
 * taking turns would leave it. Under MPS a neighbour whose kernels fill the GPU does that to a tenant of small kernels,
 * each of which waits for a large one.
 */
final class StarvationSearch {
    static final double LEAST_FACTOR = 3;
    private static final int HALF = 50;

    private final MixKey mix;
    private final List<Arm> arms;
    private final StudyOptions options;

    private record Slowed(String variant, boolean waits, double times, int runs) {}

    /** A tenant that starves, and the neighbour that loses least. */
    private record Search(Arm starving, String victim, String neighbour) {}

    StarvationSearch(MixKey mix, List<Arm> arms, StudyOptions options) {
        this.mix = mix;
        this.arms = List.copyOf(arms);
        this.options = options;
    }

    List<Starvation> found() {
        return arms.stream()
                .filter(arm -> arm.key().mode().concurrent())
                .flatMap(arm -> of(arm).stream())
                .toList();
    }

    private List<Starvation> of(Arm arm) {
        List<Slowed> slowed = new ArrayList<>();
        for (VariantCount count : mix.counts()) {
            Optional<Estimate> estimate = arm.estimate(Metrics.SLOWDOWN.of(count.variant()));
            if (estimate.isEmpty()) {
                return List.of();
            }
            slowed.add(new Slowed(
                    count.variant(),
                    count.waits(),
                    estimate.get().mean(),
                    estimate.get().n()));
        }
        return slowed.stream()
                .filter(tenant -> !tenant.waits())
                .min(Comparator.comparingDouble(Slowed::times))
                .map(least -> starving(arm, slowed, least))
                .orElse(List.of());
    }

    private List<Starvation> starving(Arm arm, List<Slowed> slowed, Slowed least) {
        return slowed.stream()
                .filter(victim -> victim.times() >= LEAST_FACTOR * least.times() && victim.times() > mix.tenants())
                .map(victim -> new Starvation(
                        arm.key(),
                        victim.variant(),
                        least.variant(),
                        victim.times(),
                        least.times(),
                        victim.times() / least.times(),
                        victim.runs(),
                        cures(arm, victim.variant(), least.variant())))
                .toList();
    }

    private List<Cure> cures(Arm arm, String victim, String neighbour) {
        RunResult run = arm.typical().result();
        Optional<BenchLine> line = BenchLine.of(run).map(known -> known.repeated(BenchLine.REPEATS));
        if (line.isEmpty()) {
            return List.of();
        }
        Search search = new Search(arm, victim, neighbour);
        List<Cure> cures = new ArrayList<>(
                switch (arm.key().mode()) {
                    case EXCLUSIVE, TIME_SLICING, MIG ->
                        List.of(tried(
                                "Let kernels run side by side, through MPS.",
                                line.get().inMode(ModeKind.MPS).text(),
                                other -> other.key().mode() == ModeKind.MPS
                                        && !other.key().tenantsDiffer(),
                                search));
                    case MPS ->
                        List.of(
                                tried(
                                        "Give " + neighbour + " low priority: its kernels let the others' pass.",
                                        line.get()
                                                .withMps(option("--priority", neighbour, MpsPriority.LOW.text(), run))
                                                .text(),
                                        other -> isOnly(
                                                other,
                                                neighbour,
                                                own -> own.priority().isPresent()),
                                        search),
                                tried(
                                        "Give " + neighbour
                                                + " half of the threads: the rest stays free for the others.",
                                        line.get()
                                                .withMps(option(
                                                        "--thread-percentage", neighbour, Integer.toString(HALF), run))
                                                .text(),
                                        other -> isOnly(
                                                other,
                                                neighbour,
                                                own -> own.threadPercentage().isPresent()),
                                        search),
                                tried(
                                        "Take turns: in time-slicing a long kernel cannot hold up more than its own"
                                                + " turn.",
                                        line.get().inMode(ModeKind.TIME_SLICING).text(),
                                        other -> other.key().mode() == ModeKind.TIME_SLICING,
                                        search));
                });
        // What was seen to help comes first.
        cures.sort(Comparator.comparing((Cure cure) -> cure.measured().isEmpty()));
        return cures;
    }

    /** Names a neighbour by its workload, or by the tenants' numbers where the victim runs the same workload. */
    private String option(String option, String neighbour, String value, RunResult run) {
        String workload = TenantPlan.workloadOf(neighbour);
        boolean alone = mix.counts().stream()
                        .filter(count -> TenantPlan.workloadOf(count.variant()).equals(workload))
                        .count()
                == 1;
        if (alone) {
            return option + " " + workload + "=" + value;
        }
        return run.tenants().stream()
                .filter(tenant -> tenant.variant().equals(neighbour))
                .map(TenantResult::number)
                .map(number -> option + " " + number + "=" + value)
                .collect(Collectors.joining(" "));
    }

    /** Whether one setting of the neighbour is all that sets an arm's runs apart from plain MPS. */
    private static boolean isOnly(Arm other, String neighbour, Predicate<MpsSettings> wanted) {
        RunResult run = other.typical().result();
        return run.mode().equals(SharingMode.mps())
                && run.planned().stream().allMatch(planned -> {
                    MpsSettings own = planned.alike().mps();
                    return planned.workload().equals(TenantPlan.workloadOf(neighbour))
                            ? own.words().size() == 1 && wanted.test(own)
                            : own.equals(MpsSettings.NONE);
                });
    }

    private Cure tried(String text, String command, Predicate<Arm> way, Search search) {
        Optional<String> measured = arms.stream()
                .filter(other -> !other.key().equals(search.starving().key()))
                .filter(way)
                .flatMap(other -> outcome(search.starving(), other, search.victim(), search.neighbour()).stream())
                .findFirst();
        return new Cure(text, measured, command);
    }

    /**
     * The runs on the cards on which both ran, if there are any: rates on other cards are no comparison, and the
     * sentence says so.
     */
    private Optional<String> outcome(Arm starving, Arm cured, String victim, String neighbour) {
        Set<String> common = new HashSet<>(starving.cards());
        common.retainAll(cured.cards());
        boolean elsewhere = common.isEmpty();
        Set<String> before = elsewhere ? starving.cards() : common;
        Set<String> after = elsewhere ? cured.cards() : common;
        Metric rate = Metrics.RATE.of(victim);
        Metric neighbourRate = Metrics.RATE.of(neighbour);
        return rate(rate, starving, before)
                .flatMap(was -> rate(rate, cured, after)
                        .flatMap(is -> rate(neighbourRate, starving, before)
                                .flatMap(neighbourWas -> rate(neighbourRate, cured, after)
                                        .map(neighbourIs -> "Measured (" + cured.name()
                                                + (elsewhere ? ", on another card" : "") + ", n = " + is.n() + "): "
                                                + victim + " " + EstimateWords.withUnit(is.mean(), is.metric())
                                                + " instead of " + Figure.of(was.mean()) + ", " + neighbour + " "
                                                + change(neighbourIs.mean() / neighbourWas.mean() - 1) + "."))));
    }

    private Optional<Estimate> rate(Metric metric, Arm arm, Set<String> cards) {
        return CommonCards.estimate(metric, arm, cards, options);
    }

    private static String change(double share) {
        return (share < 0 ? "loses " : "gains ") + Figure.percent(share);
    }
}
