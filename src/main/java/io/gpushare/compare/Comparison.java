package io.gpushare.compare;

import io.gpushare.failure.ExitStatus;
import io.gpushare.failure.GpushareException;
import java.util.ArrayList;
import java.util.List;

/**
 * A contender against a baseline.
 *
 * @param onlyBaseline and {@code onlyContender}: groups without a partner
 * @param thresholds what came of each, for each metric that it is about
 */
public record Comparison(
        Side baseline,
        Side contender,
        List<Pair> pairs,
        List<Group> onlyBaseline,
        List<Group> onlyContender,
        List<ThresholdOutcome> thresholds) {
    public Comparison {
        pairs = List.copyOf(pairs);
        onlyBaseline = List.copyOf(onlyBaseline);
        onlyContender = List.copyOf(onlyContender);
        thresholds = List.copyOf(thresholds);
    }

    /**
     * @param acrossSimulation compare simulated runs with measured ones, too
     * @param seed of the intervals
     * @throws GpushareException a usage error: simulated runs stand against measured ones, or a threshold names no
     *     metric
     */
    public static Comparison of(
            Side baseline, Side contender, List<Threshold> thresholds, boolean acrossSimulation, long seed) {
        if (!acrossSimulation) {
            requireSameKind(baseline, contender);
        }
        Pairing pairing = new Pairing(baseline.groups(), contender.groups(), acrossSimulation);
        List<Pair> pairs = pairing.matches().stream()
                .map(match -> pair(match.baseline(), match.contender(), seed))
                .toList();
        return new Comparison(
                baseline,
                contender,
                pairs,
                pairing.leftBaseline(),
                pairing.leftContender(),
                ThresholdCheck.all(thresholds, pairs));
    }

    private static void requireSameKind(Side baseline, Side contender) {
        boolean apart = (baseline.isSimulated() && contender.isMeasured())
                || (baseline.isMeasured() && contender.isSimulated());
        if (apart) {
            throw new GpushareException(
                    ExitStatus.USAGE,
                    ("%s is simulated and %s is measured: their difference says how good the model is,"
                                    + " not how they share")
                            .formatted(
                                    baseline.isSimulated() ? baseline.name() : contender.name(),
                                    baseline.isSimulated() ? contender.name() : baseline.name()),
                    "Where that is what you want to know, add --allow-simulated.");
        }
    }

    private static Pair pair(Group baseline, Group contender, long seed) {
        MetricPairing metrics = new MetricPairing(baseline, contender, seed);
        List<String> cautions = new ArrayList<>(ComparisonCautions.of(baseline, contender));
        cautions.addAll(metrics.cautions());
        return new Pair(
                baseline,
                contender,
                metrics.changes(),
                metrics.onlyBaseline(),
                metrics.onlyContender(),
                cautions,
                EnvironmentDifference.between(baseline.circumstances(), contender.circumstances()));
    }

    /** Whether there is any number to look at. */
    public boolean isEmpty() {
        return pairs.stream().allMatch(pair -> pair.changes().isEmpty());
    }

    public boolean isBroken() {
        return thresholds.stream().anyMatch(ThresholdOutcome::fails);
    }

    /** How many metrics were compared, and so could differ by chance. */
    public int metrics() {
        return pairs.stream().mapToInt(pair -> pair.changes().size()).sum();
    }
}
