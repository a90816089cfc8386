package io.gpushare.study.answer;

import io.gpushare.analysis.Median;
import io.gpushare.mode.Quantum;
import io.gpushare.mode.SharingMode;
import io.gpushare.results.benchmark.TenantResult.Latency;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Contrast;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.EstimateWords;
import io.gpushare.study.metric.Metrics;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What tenants tell that fill the GPU alone: what they lose by taking turns is the price of a switch, and no mix takes
 * more power.
 */
public final class BurnerAnswers {
    private static final String BURNER = "stress";
    private static final int PAIR = 2;

    /** Losses that are no further apart are the same. */
    private static final double LEVEL = 1.1;

    private static final String SWEEP = "gpushare sweep time-slices";

    private final String family;
    private final List<MixStudy> mixes;
    private final StudyOptions options;

    private BurnerAnswers(String family, List<MixStudy> mixes, StudyOptions options) {
        this.family = family;
        this.mixes = mixes;
        this.options = options;
    }

    /** None of a family whose tenants leave gaps. */
    public static List<Answer> of(String family, List<MixStudy> mixes, StudyOptions options) {
        boolean burns = mixes.stream()
                .flatMap(mix -> mix.counts().stream())
                .allMatch(count -> count.kind().equals(BURNER));
        if (!burns || mixes.getFirst().counts().size() > 1) {
            return List.of();
        }
        BurnerAnswers answers = new BurnerAnswers(family, mixes, options);
        List<Answer> all = new ArrayList<>(answers.switching());
        answers.power().ifPresent(all::add);
        return all;
    }

    private Stream<Arm> arms(int tenants) {
        return mixes.stream()
                .filter(mix -> mix.tenants() == tenants)
                .flatMap(mix -> mix.arms().stream())
                .filter(arm -> arm.key().layer().isEmpty());
    }

    /** @param stepMs of a tenant alone; {@code progress} of two together, 1 where nothing is lost */
    private record Turns(Estimate progress, Optional<Double> stepMs) {
        /** In each step of a tenant. */
        Optional<Double> lostMs() {
            return stepMs.filter(_ -> progress.mean() < 1).map(step -> step * (1 - progress.mean()) / progress.mean());
        }
    }

    private List<Answer> switching() {
        Map<Quantum, Turns> byLength = new EnumMap<>(Quantum.class);
        arms(PAIR).forEach(arm -> {
            if (arm.typical().result().mode() instanceof SharingMode.TimeSlicing(var quantum)) {
                arm.estimate(Metrics.STP)
                        .ifPresent(stp ->
                                byLength.putIfAbsent(quantum.orElse(Quantum.DEFAULT), new Turns(stp, stepMs(arm))));
            }
        });
        List<Answer> answers = new ArrayList<>();
        byLength.forEach((quantum, turns) -> answers.add(lost(quantum, turns.progress())));
        length(byLength).ifPresent(answers::add);
        return answers;
    }

    /** The middle one of its baselines'. */
    private static Optional<Double> stepMs(Arm arm) {
        List<Double> steps = arm.runs().stream()
                .flatMap(run -> run.result().baselines().stream())
                .flatMap(baseline -> baseline.alone().latency().asOptional().stream())
                .map(Latency::p50Ms)
                .toList();
        return steps.isEmpty() ? Optional.empty() : Optional.of(Median.of(steps));
    }

    private Answer lost(Quantum quantum, Estimate stp) {
        double share = 1 - stp.mean();
        String basis = stp.range()
                .map(range -> " (" + Figure.percent(Math.max(0, 1 - range.upper())) + " to "
                        + Figure.percent(1 - range.lower()) + ", n = " + stp.n() + ")")
                .orElse(" (one run)");
        String text = "2 × " + family + " by time-slicing, " + quantum.text() + " turns: ";
        return share > 0
                ? new Answer(
                        Topic.SWITCHING,
                        Contrast.againstOne(stp),
                        text + Figure.percent(share) + " of the time is lost to switching" + basis + ".")
                : new Answer(
                        Topic.SWITCHING,
                        Confidence.OPEN,
                        text + "no loss is seen; together they do " + EstimateWords.of(stp)
                                + " of what one does alone, so one alone leaves gaps.");
    }

    /**
     * A step that fits into a turn ends it, and one switch follows; a longer one is interrupted by several. So the
     * least that a step loses by any length of turns is one switch, where two lengths lose the same: turns as long as
     * that interrupt nothing.
     */
    private Optional<Answer> length(Map<Quantum, Turns> byLength) {
        Map<Quantum, Double> lost = new EnumMap<>(Quantum.class);
        byLength.forEach((quantum, turns) -> turns.lostMs().ifPresent(ms -> lost.put(quantum, ms)));
        if (lost.isEmpty()) {
            return Optional.empty();
        }
        double least = Collections.min(lost.values());
        boolean level = lost.values().stream().filter(ms -> ms < LEVEL * least).count() > 1;
        double step = byLength.values().iterator().next().stepMs().orElseThrow();
        List<String> each = new ArrayList<>();
        lost.forEach((quantum, ms) -> each.add(Figure.of(ms, "ms") + " by " + quantum.text() + " turns"));
        String text = "A step of " + family + ", " + Figure.of(step, "ms") + " alone, loses " + String.join(", ", each)
                + ". ";
        return Optional.of(
                level
                        ? new Answer(
                                Topic.SWITCHING,
                                Confidence.FACT,
                                text + "A switch takes " + Figure.of(least, "ms")
                                        + ": what is lost where longer turns change nothing, since a step fits into"
                                        + " one.")
                        : new Answer(
                                Topic.SWITCHING,
                                Confidence.OPEN,
                                text + "A switch takes " + Figure.of(least, "ms")
                                        + " at most: two lengths of turns that lose the same would tell how many"
                                        + " there are in a step.",
                                Optional.of(SWEEP)));
    }

    private record Drawn(int tenants, Arm arm, Estimate watts) {
        String words() {
            return EstimateWords.of(watts) + " with "
                    + (tenants == 1 ? "one" : Amount.of(tenants, "tenant") + " under " + arm.name());
        }

        Optional<String> joules() {
            return arm.estimate(Metrics.JOULES_PER_UNIT).map(EstimateWords::of);
        }
    }

    private Optional<Answer> power() {
        Optional<Drawn> alone = highest(drawn(1));
        Optional<Drawn> shared = highest(mixes.stream()
                .map(MixStudy::tenants)
                .filter(tenants -> tenants > 1)
                .flatMap(this::drawn));
        if (alone.isEmpty() || shared.isEmpty()) {
            return Optional.empty();
        }
        Contrast contrast = Contrast.of(alone.get().watts(), shared.get().watts(), options.seed());
        boolean told = contrast.confidence() != Confidence.OPEN;
        double more = contrast.ratio() - 1;
        String verdict = !told
                ? "Whether sharing raises the power is open"
                : more > 0 ? "Sharing raises the power by " + Figure.percent(more) : "Sharing does not raise the power";
        String joules = alone.get()
                .joules()
                .flatMap(one -> shared.get()
                        .joules()
                        .map(several -> " A unit takes " + one + " alone, and " + several + " then."))
                .orElse("");
        return Optional.of(new Answer(
                Topic.POWER,
                contrast.confidence(),
                verdict + ": at most " + shared.get().words() + ", "
                        + alone.get().words() + "." + joules));
    }

    private Stream<Drawn> drawn(int tenants) {
        return arms(tenants)
                .flatMap(arm -> arm.estimate(Metrics.MEAN_POWER).stream().map(watts -> new Drawn(tenants, arm, watts)));
    }

    private static Optional<Drawn> highest(Stream<Drawn> all) {
        return all.max(Comparator.comparingDouble(drawn -> drawn.watts().mean()));
    }
}
