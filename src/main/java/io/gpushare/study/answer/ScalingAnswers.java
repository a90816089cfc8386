package io.gpushare.study.answer;

import io.gpushare.analysis.Bootstrap;
import io.gpushare.analysis.LatencyBound;
import io.gpushare.analysis.MannWhitney;
import io.gpushare.cores.OwnCores;
import io.gpushare.study.arm.Answer;
import io.gpushare.study.arm.Answer.Topic;
import io.gpushare.study.arm.Arm;
import io.gpushare.study.arm.ArmKey;
import io.gpushare.study.arm.MixStudy;
import io.gpushare.study.arm.ScalingCurve;
import io.gpushare.study.arm.ScalingCurve.Point;
import io.gpushare.study.metric.Confidence;
import io.gpushare.study.metric.Contrast;
import io.gpushare.study.metric.Estimate;
import io.gpushare.study.metric.Slo;
import io.gpushare.study.metric.SloText;
import io.gpushare.study.metric.StudyOptions;
import io.gpushare.text.Amount;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Finds where more tenants stop paying. */
public final class ScalingAnswers {
    /** What a step to more tenants has to add to the work of all, to pay. */
    private static final double PAYS = 0.05;

    private ScalingAnswers() {}

    public static List<Answer> of(
            String family, List<MixStudy> mixes, Map<String, ScalingCurve> curves, StudyOptions options) {
        List<Answer> answers = new ArrayList<>();
        curves.forEach((arm, curve) -> answers.add(of(family, arm, curve, mixes, options)));
        if (mixes.size() > 1) {
            SloCapacity.of(mixes, options.slos()).forEach(capacity -> answers.add(of(family, capacity)));
        }
        return answers;
    }

    private static Answer of(String family, SloCapacity capacity) {
        String bound = SloText.words(capacity.slo());
        Optional<String> broken = capacity.brokenAt().map(count -> count + (count == 1 ? " breaks it" : " break it"));
        String kept = capacity.tenants() == 0
                ? "no number of tenants that was run is known to keep " + bound
                : "up to " + Amount.of(capacity.tenants(), "tenant")
                        + (capacity.tenants() == 1 ? " a GPU keeps " : " a GPU keep ") + bound;
        String text = family + " under " + capacity.arm() + ": " + kept
                + broken.map(limit -> "; " + limit).orElse(", and the limit lies beyond what was run") + ".";
        return new Answer(Topic.SLO, Confidence.FACT, text);
    }

    private static Answer of(
            String family, String arm, ScalingCurve curve, List<MixStudy> mixes, StudyOptions options) {
        List<Point> points = curve.points();
        if (points.size() < 2) {
            return ofDifferentCards(family, arm, curve);
        }
        for (int i = 0; i + 1 < points.size(); i++) {
            if (paysNoMore(points.subList(i, points.size()))) {
                double gain = gain(points.get(i), points.get(i + 1));
                return new Answer(
                        Topic.SCALING,
                        confidence(points.get(i), points.get(i + 1), options),
                        family + " under " + arm + ": beyond "
                                + Amount.of(points.get(i).tenants(), "tenant")
                                + " more do not pay; " + points.get(i + 1).tenants() + " do "
                                + Figure.percent(gain) + (gain < 0 ? " less" : " more") + " ("
                                + course(curve) + ").");
            }
        }
        Point last = points.getLast();
        Point before = points.get(points.size() - 2);
        return new Answer(
                Topic.SCALING,
                confidence(before, last, options),
                family + " under " + arm + ": still pays at " + last.tenants() + " tenants, "
                        + Figure.percent(gain(before, last)) + " more than at " + before.tenants() + " ("
                        + course(curve) + "); the limit lies beyond what was run.",
                more(curve, mixes));
    }

    /** Whether none of the larger numbers does more than the first: one that does less may only be a bad one. */
    private static boolean paysNoMore(List<Point> points) {
        return points.stream().skip(1).allMatch(point -> gain(points.getFirst(), point) < PAYS);
    }

    private static double gain(Point from, Point to) {
        return to.throughput().mean() / from.throughput().mean() - 1;
    }

    /** How sure it is on which side of the limit the step lies; as sure as {@link Contrast} is of two means. */
    private static Confidence confidence(Point from, Point to, StudyOptions options) {
        Estimate fewer = from.throughput();
        Estimate more = to.throughput();
        double limit = 1 + PAYS;
        boolean apart = more.min() > limit * fewer.max() || more.max() < limit * fewer.min();
        boolean enough = apart && Math.min(fewer.n(), more.n()) >= MannWhitney.leastRuns();
        boolean shown = Bootstrap.ofRatio(more.values(), fewer.values(), options.seed())
                .filter(ratio -> !ratio.contains(limit) && (enough || ratio.reaches()))
                .isPresent();
        if (shown) {
            return Confidence.SHOWN;
        }
        return apart ? Confidence.INDICATED : Confidence.OPEN;
    }

    private static Answer ofDifferentCards(String family, String arm, ScalingCurve curve) {
        List<Integer> all = new ArrayList<>(curve.elsewhere());
        curve.points().forEach(point -> all.add(point.tenants()));
        return new Answer(
                Topic.SCALING,
                Confidence.OPEN,
                family + " under " + arm + ": " + tenants(all.stream().sorted().toList())
                        + " ran on different cards, and their rates cannot be compared.");
    }

    private static String tenants(List<Integer> counts) {
        return counts.size() == 1
                ? Amount.of(counts.getFirst(), "tenant")
                : Amount.list(counts.stream().map(String::valueOf).toList()) + " tenants";
    }

    /** {@code 1: 2642, 2: 4734, 4: 6884 samples/s; 8 tenants ran on other cards}. */
    private static String course(ScalingCurve curve) {
        List<Point> points = curve.points();
        List<String> parts = points.stream()
                .map(point ->
                        point.tenants() + ": " + Figure.of(point.throughput().mean()))
                .toList();
        String unit = points.getFirst().throughput().metric().unit();
        return String.join(", ", parts)
                + (unit.isEmpty() ? "" : " " + unit)
                + coresThatChange(points)
                + (curve.elsewhere().isEmpty() ? "" : "; " + tenants(curve.elsewhere()) + " ran on other cards");
    }

    /** {@code ; from 8 tenants on with 1 core each instead of 2}: the host had no more for so many. */
    private static String coresThatChange(List<Point> points) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < points.size(); i++) {
            int before = points.get(i - 1).coresEach();
            int each = points.get(i).coresEach();
            if (each != before) {
                text.append("; from %d tenants on with %s instead of %d"
                        .formatted(points.get(i).tenants(), OwnCores.words(each), before));
            }
        }
        return text.toString();
    }

    /** The largest mix that was run so, with twice the tenants, where the way of sharing takes so many. */
    private static Optional<String> more(ScalingCurve curve, List<MixStudy> mixes) {
        return mixes.reversed().stream()
                .flatMap(mix -> mix.arms().stream())
                .filter(arm -> curve.holds(arm.key()))
                .findFirst()
                .flatMap(arm -> BenchLine.of(arm.typical().result()))
                .flatMap(BenchLine::twice)
                .map(line -> line.repeated(BenchLine.REPEATS).text());
    }

    /**
     * How many tenants of a family a GPU holds before a bound is broken.
     *
     * @param arm its name
     * @param tenants the most that kept the bound, with none fewer that did not; 0 when none was shown to keep it
     * @param brokenAt the fewest that broke it; empty when the limit lies beyond what was run
     */
    private record SloCapacity(Slo slo, String arm, int tenants, Optional<Integer> brokenAt) {

        /** Finds how many tenants keep each bound in each way of sharing, where something can be said of it. */
        static List<SloCapacity> of(List<MixStudy> mixes, List<Slo> slos) {
            List<SloCapacity> capacities = new ArrayList<>();
            for (Slo slo : slos) {
                TreeMap<ArmKey, SloCapacity> byArm = new TreeMap<>();
                for (MixStudy mix : mixes) {
                    for (Arm arm : mix.arms()) {
                        // One after another nobody shares, however many there are.
                        judged(arm, slo)
                                .ifPresent(bound -> byArm.merge(
                                        arm.key(),
                                        first(slo, arm.name(), mix.tenants(), bound),
                                        (known, next) -> known.then(mix.tenants(), bound)));
                    }
                }
                byArm.values().stream().filter(SloCapacity::saysSomething).forEach(capacities::add);
            }
            return capacities;
        }

        private static Optional<LatencyBound> judged(Arm arm, Slo slo) {
            return arm.key().mode().concurrent() ? SloAnswers.judged(arm, slo) : Optional.empty();
        }

        /** Too few latencies at every number of tenants do not. */
        private boolean saysSomething() {
            return tenants > 0 || brokenAt.isPresent();
        }

        private static SloCapacity first(Slo slo, String arm, int tenants, LatencyBound bound) {
            return new SloCapacity(slo, arm, 0, Optional.empty()).then(tenants, bound);
        }

        /** Adds what the next larger number of tenants says. */
        private SloCapacity then(int more, LatencyBound bound) {
            if (brokenAt.isPresent()) {
                return this;
            }
            return switch (bound) {
                case LatencyBound.Met _ -> new SloCapacity(slo, arm, more, brokenAt);
                case LatencyBound.Broken _ -> new SloCapacity(slo, arm, tenants, Optional.of(more));
                case LatencyBound.TooFew _ -> this;
            };
        }
    }
}
