package io.gpushare.experiment.stress;

import io.gpushare.experiment.stress.StepWork.Kept;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the steps of a search tell; of one that was interrupted, as far as it got.
 *
 * @param breaks empty where nothing broke
 * @param most tenants that worked
 * @param within empty where no bound was given, or nothing tells
 */
public record StressAnswers(
        Optional<BreakingPoint> breaks,
        int most,
        Optional<Knee> knee,
        Optional<WithinBounds> within,
        Optional<Power> power,
        Optional<Energy> energy) {

    /** Of less nobody can say that it is not in the readings. */
    private static final double SAME_POWER = 0.03;

    /**
     * @param tenants the fewest that were seen to break; {@code works} the most below that were seen not to
     */
    public record BreakingPoint(int tenants, int works, BreakCause cause, String words) {
        /** Whether there is none between. */
        public boolean exact() {
            return tenants - works == 1;
        }
    }

    /**
     * @param step the fewest tenants with nearly the highest total
     * @param fewer tried last below it
     */
    public record Knee(StressStep step, StressStep best, int fewer) {
        public double share() {
            return total(step) / total(best);
        }

        public boolean exact() {
            return step.tenants() - fewer == 1;
        }
    }

    /**
     * @param tenants the most that kept all bounds, with none fewer that did not; 0 where not even one did
     * @param missedAt the fewest that did not, or broke, or could not be judged
     * @param tooFew whether some of those that count had too few latencies to tell
     */
    public record WithinBounds(int tenants, OptionalInt missedAt, boolean tooFew) {}

    /** @param highest the number of tenants with the highest mean power; {@code peakW} the most of any step */
    public record Power(double aloneW, double highestW, double peakW, int highest) {
        public boolean raised() {
            return highestW > (1 + SAME_POWER) * aloneW;
        }
    }

    /** @param least energy of a unit of work, by how many tenants */
    public record Energy(double aloneJ, double leastJ, int least) {}

    /** @param steps in the order of their tenants */
    public static StressAnswers of(StressGoal goal, List<StressStep> steps) {
        List<StressStep> works =
                steps.stream().filter(step -> step.work().isPresent()).toList();
        return new StressAnswers(
                breaks(steps),
                works.isEmpty() ? 0 : works.getLast().tenants(),
                knee(steps, works),
                goal.bounded() ? within(steps) : Optional.empty(),
                power(works),
                energy(works));
    }

    private static Optional<BreakingPoint> breaks(List<StressStep> steps) {
        int works = 0;
        for (StressStep step : steps) {
            if (step.outcome() instanceof StressStep.Broke(BreakCause cause, String words)) {
                return Optional.of(new BreakingPoint(step.tenants(), works, cause, words));
            }
            works = step.tenants();
        }
        return Optional.empty();
    }

    private static Optional<Knee> knee(List<StressStep> steps, List<StressStep> works) {
        return works.stream()
                .max(Comparator.comparingDouble(StressAnswers::total))
                .flatMap(best -> works.stream()
                        .filter(step -> total(step) >= StressSearch.KNEE * total(best))
                        .findFirst()
                        .map(knee -> new Knee(knee, best, below(steps, knee))));
    }

    private static int below(List<StressStep> steps, StressStep step) {
        return steps.stream()
                .mapToInt(StressStep::tenants)
                .filter(tenants -> tenants < step.tenants())
                .max()
                .orElse(0);
    }

    private static double total(StressStep step) {
        return step.work().map(StepWork::total).orElse(0.0);
    }

    private static Optional<WithinBounds> within(List<StressStep> steps) {
        if (steps.stream().allMatch(step -> bound(step).isEmpty())) {
            return Optional.empty();
        }
        Predicate<StressStep> keeps =
                step -> bound(step).filter(kept -> kept != Kept.MISSED).isPresent();
        List<StressStep> kept = steps.stream().takeWhile(keeps).toList();
        OptionalInt missedAt = steps.stream()
                .filter(keeps.negate())
                .mapToInt(StressStep::tenants)
                .findFirst();
        boolean tooFew = kept.stream()
                .anyMatch(step -> bound(step).filter(Kept.TOO_FEW::equals).isPresent());
        return Optional.of(new WithinBounds(kept.isEmpty() ? 0 : kept.getLast().tenants(), missedAt, tooFew));
    }

    private static Optional<Kept> bound(StressStep step) {
        return step.work().flatMap(StepWork::bound);
    }

    private static Optional<Power> power(List<StressStep> works) {
        return known(works, work -> work.meanW().isPresent())
                .max(Comparator.comparingDouble(
                        step -> of(step, work -> work.meanW().orElse(0))))
                .flatMap(highest -> alone(works)
                        .filter(work -> work.meanW().isPresent())
                        .map(one -> new Power(
                                one.meanW().orElseThrow(),
                                of(highest, work -> work.meanW().orElseThrow()),
                                works.stream()
                                        .flatMap(step -> step.work().stream())
                                        .mapToDouble(work -> work.peakW().orElse(0))
                                        .max()
                                        .orElse(0),
                                highest.tenants())));
    }

    private static Optional<Energy> energy(List<StressStep> works) {
        return known(works, work -> work.joulesPerUnit().isPresent())
                .min(Comparator.comparingDouble(
                        step -> of(step, work -> work.joulesPerUnit().orElseThrow())))
                .flatMap(least -> alone(works)
                        .filter(work -> work.joulesPerUnit().isPresent())
                        .map(one -> new Energy(
                                one.joulesPerUnit().orElseThrow(),
                                of(least, work -> work.joulesPerUnit().orElseThrow()),
                                least.tenants())));
    }

    private static Stream<StressStep> known(List<StressStep> works, Predicate<StepWork> what) {
        return works.stream().filter(step -> step.work().filter(what).isPresent());
    }

    private static double of(StressStep step, Function<StepWork, Double> what) {
        return step.work().map(what).orElseThrow();
    }

    private static Optional<StepWork> alone(List<StressStep> works) {
        return works.stream().filter(step -> step.tenants() == 1).findFirst().flatMap(StressStep::work);
    }
}
