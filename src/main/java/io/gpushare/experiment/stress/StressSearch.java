package io.gpushare.experiment.stress;

import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which number of tenants to try next. It doubles until something breaks, or the total no longer rises and every bound
 * on latency is missed; then it halves what is between the last number that did and the first that did not: for what
 * breaks, for the bounds, and for the knee. So each answer takes a logarithmic number of steps. It takes for granted
 * that what is too much for some tenants is too much for more.
 */
public final class StressSearch {
    /** The knee has at least this share of the highest total. */
    public static final double KNEE = 0.95;

    /** Repeats of one run differ by as much. */
    private static final double LEAST_RISE_PERCENT = 2;

    private final StressGoal goal;
    private final NavigableMap<Integer, StressStep> steps = new TreeMap<>();

    public StressSearch(StressGoal goal) {
        this.goal = goal;
    }

    public void add(StressStep step) {
        steps.put(step.tenants(), step);
    }

    /** Those that were tried, by their number of tenants. */
    public List<StressStep> steps() {
        return List.copyOf(steps.values());
    }

    /** Empty where all is known that was asked. */
    public OptionalInt next() {
        if (steps.isEmpty()) {
            return OptionalInt.of(1);
        }
        if (works().isEmpty()) {
            return OptionalInt.empty();
        }
        return Stream.<Supplier<OptionalInt>>of(this::more, this::towardsBreak, this::towardsBound, this::towardsKnee)
                .map(Supplier::get)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    private OptionalInt more() {
        int top = steps.lastKey();
        boolean broken = steps.values().stream().anyMatch(StressStep::broke);
        boolean boundsDone = !goal.bounded() || !keepsBounds(top);
        boolean done = top >= goal.most() || broken || (plateau() && boundsDone && !goal.pastPlateau());
        return done ? OptionalInt.empty() : OptionalInt.of(Math.min(2 * top, goal.most()));
    }

    /** Whether the last doubling brought no more. */
    private boolean plateau() {
        StressStep top = steps().getLast();
        return top.work().isPresent()
                && works().stream()
                        .filter(before -> before.tenants() <= top.tenants() / 2)
                        .reduce((_, last) -> last)
                        .filter(before -> !rises(before, top))
                        .isPresent();
    }

    /** By more than their errors explain. */
    private static boolean rises(StressStep before, StressStep after) {
        StepWork less = before.work().orElseThrow();
        StepWork more = after.work().orElseThrow();
        double ratio = more.total() / less.total();
        double errorPercent = ratio * Math.hypot(less.error(), more.error());
        return 100 * (ratio - 1) > Math.max(LEAST_RISE_PERCENT, errorPercent);
    }

    private OptionalInt towardsBreak() {
        return middleBelow(first(StressStep::broke));
    }

    private OptionalInt towardsBound() {
        return goal.bounded() ? middleBelow(first(step -> !keepsBounds(step.tenants()))) : OptionalInt.empty();
    }

    private OptionalInt towardsKnee() {
        return middleBelow(knee());
    }

    /** The fewest that were tried and have nearly the highest total. */
    private OptionalInt knee() {
        double enough = KNEE * highestTotal();
        return first(step -> step.work().filter(work -> work.total() >= enough).isPresent());
    }

    private double highestTotal() {
        return works().stream()
                .flatMap(step -> step.work().stream())
                .mapToDouble(StepWork::total)
                .max()
                .orElse(0);
    }

    /** Too few latencies speak against no bound. */
    private boolean keepsBounds(int tenants) {
        StressStep step = steps.get(tenants);
        return step != null
                && step.work()
                        .flatMap(StepWork::bound)
                        .filter(kept -> kept != StepWork.Kept.MISSED)
                        .isPresent();
    }

    private OptionalInt first(Predicate<StressStep> which) {
        return steps.values().stream()
                .filter(which)
                .mapToInt(StressStep::tenants)
                .findFirst();
    }

    /** Between it and the next that was tried with fewer; empty where there is none between. */
    private OptionalInt middleBelow(OptionalInt tooMany) {
        if (tooMany.isEmpty()) {
            return OptionalInt.empty();
        }
        Integer fewer = steps.lowerKey(tooMany.getAsInt());
        int apart = fewer == null ? 0 : tooMany.getAsInt() - fewer;
        return apart > 1 ? OptionalInt.of(tooMany.getAsInt() - apart / 2) : OptionalInt.empty();
    }

    private List<StressStep> works() {
        return steps.values().stream().filter(step -> step.work().isPresent()).toList();
    }
}
