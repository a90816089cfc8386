package io.gpushare.study;

import io.gpushare.amount.Amount;
import io.gpushare.analysis.MannWhitney;
import io.gpushare.study.Answer.Topic;
import io.gpushare.study.ScalingCurve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where more tenants stop paying. */
final class ScalingAnswers {
    /** What a step to more tenants has to add to the work of all, to pay. */
    private static final double PAYS = 0.05;

    private static final int REPEATS = 5;

    private ScalingAnswers() {}

    static List<Answer> of(String family, List<MixStudy> mixes, Map<String, ScalingCurve> curves, List<Slo> slos) {
        List<Answer> answers = new ArrayList<>();
        curves.forEach((arm, curve) -> answers.add(of(family, arm, curve, mixes)));
        if (mixes.size() > 1) {
            SloCapacity.of(mixes, slos).forEach(capacity -> answers.add(of(family, capacity)));
        }
        return answers;
    }

    private static Answer of(String family, SloCapacity capacity) {
        String bound = SloAnswers.words(capacity.slo());
        String limit = capacity.brokenAt()
                .map(broken -> "; " + broken + " break it")
                .orElse(", and the limit lies beyond what was run");
        String text = family + " under " + capacity.arm() + ": "
                + (capacity.tenants() == 0
                        ? "no number of tenants that was run keeps " + bound
                        : "up to " + Amount.of(capacity.tenants(), "tenant") + " a GPU keep " + bound + limit)
                + ".";
        return new Answer(Topic.SLO, Confidence.FACT, text, Optional.empty());
    }

    private static Answer of(String family, String arm, ScalingCurve curve, List<MixStudy> mixes) {
        List<Point> points = curve.points();
        for (int i = 0; i + 1 < points.size(); i++) {
            double gain = gain(points.get(i), points.get(i + 1));
            if (gain < PAYS) {
                return new Answer(
                        Topic.SCALING,
                        known(points) ? Confidence.SHOWN : Confidence.INDICATED,
                        family + " under " + arm + ": beyond "
                                + Amount.of(points.get(i).tenants(), "tenant")
                                + " more do not pay; " + points.get(i + 1).tenants() + " do "
                                + Figures.percent(gain) + (gain < 0 ? " less" : " more") + " ("
                                + course(points) + ").",
                        Optional.empty());
            }
        }
        Point last = points.getLast();
        double gain = gain(points.get(points.size() - 2), last);
        return new Answer(
                Topic.SCALING,
                known(points) ? Confidence.SHOWN : Confidence.INDICATED,
                family + " under " + arm + ": still pays at " + last.tenants() + " tenants, " + Figures.percent(gain)
                        + " more than at " + points.get(points.size() - 2).tenants() + " (" + course(points)
                        + "); the limit lies beyond what was run.",
                more(curve, mixes));
    }

    private static double gain(Point from, Point to) {
        return to.throughput().mean() / from.throughput().mean() - 1;
    }

    private static boolean known(List<Point> points) {
        return points.stream().allMatch(point -> point.throughput().n() >= MannWhitney.leastRuns());
    }

    /** {@code 1: 2642, 2: 4734, 4: 6884 samples/s}. */
    private static String course(List<Point> points) {
        List<String> parts = points.stream()
                .map(point ->
                        point.tenants() + ": " + Figures.of(point.throughput().mean()))
                .toList();
        String unit = points.getFirst().throughput().metric().unit();
        return String.join(", ", parts) + (unit.isEmpty() ? "" : " " + unit);
    }

    /** The largest mix that was run, with twice the tenants. */
    private static Optional<String> more(ScalingCurve curve, List<MixStudy> mixes) {
        return mixes.getLast().arms().stream()
                .filter(arm -> arm.key().equals(curve.arm()))
                .findFirst()
                .flatMap(arm -> BenchLine.of(arm.typical().result()))
                .map(line -> line.twice().repeated(REPEATS).text());
    }
}
