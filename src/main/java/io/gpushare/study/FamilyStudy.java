package io.gpushare.study;

import io.gpushare.results.benchmark.BaselineResult;
import io.gpushare.study.ScalingCurve.Point;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the mixes of a family say over the number of tenants. */
final class FamilyStudy {
    private FamilyStudy() {}

    static Family of(String name, List<MixStudy> mixes, Baselines baselines, StudyOptions options) {
        Map<String, ScalingCurve> curves = curves(mixes, baselines, options);
        return new Family(name, mixes, curves, ScalingAnswers.of(name, mixes, curves, options));
    }

    /** Of arms that share: one after another, more tenants change nothing. */
    private static Map<String, ScalingCurve> curves(List<MixStudy> mixes, Baselines baselines, StudyOptions options) {
        Map<ArmKey, List<Point>> points = new TreeMap<>();
        Map<ArmKey, String> names = new TreeMap<>();
        boolean alike = mixes.getFirst().counts().size() == 1;
        Optional<Point> alone = alike ? alone(mixes, baselines, options) : Optional.empty();
        for (MixStudy mix : mixes) {
            for (Arm arm : mix.arms()) {
                Optional<Estimate> throughput = arm.estimate(alike ? Metrics.THROUGHPUT.id() : Metrics.STP.id());
                if (!arm.key().mode().equals("exclusive") && throughput.isPresent() && mix.tenants() > 1) {
                    names.put(arm.key(), arm.name());
                    points.computeIfAbsent(
                                    arm.key(),
                                    _ -> new ArrayList<>(alone.stream().toList()))
                            .add(new Point(mix.tenants(), throughput.get()));
                }
            }
        }
        Map<String, ScalingCurve> curves = new LinkedHashMap<>();
        points.forEach((key, ofArm) -> {
            if (ofArm.size() > 1) {
                curves.put(names.getOrDefault(key, key.label()), new ScalingCurve(key, ofArm));
            }
        });
        return curves;
    }

    /** One tenant alone: the baselines that were measured, each once. */
    private static Optional<Point> alone(List<MixStudy> mixes, Baselines baselines, StudyOptions options) {
        List<Double> rates = mixes.stream()
                .flatMap(mix -> mix.arms().stream())
                .flatMap(arm -> arm.runs().stream())
                .flatMap(run ->
                        run.result().baselines().stream().filter(baseline -> baselines.fit(run, baseline.variant())))
                .map(BaselineResult::alone)
                .flatMap(tenant -> tenant.unitsPerSec().asOptional().stream())
                .distinct()
                .toList();
        return mixes.getFirst()
                .arms()
                .getFirst()
                .estimate(Metrics.THROUGHPUT.id())
                .filter(_ -> !rates.isEmpty())
                .map(like -> new Point(1, Arms.estimate(like.metric(), rates, options.seed())));
    }
}
