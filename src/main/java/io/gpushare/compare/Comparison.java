package io.gpushare.compare;

import io.gpushare.compare.Group.Measure;
import io.gpushare.failure.GpushareException;
import io.gpushare.study.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
            throw GpushareException.usage(
                    ("%s is simulated and %s is measured: their difference says how good the model is,"
                                    + " not how they share")
                            .formatted(
                                    baseline.isSimulated() ? baseline.name() : contender.name(),
                                    baseline.isSimulated() ? contender.name() : baseline.name()),
                    "Where that is what you want to know, add --allow-simulated.");
        }
    }

    private static Pair pair(Group baseline, Group contender, long seed) {
        MetricPairing metrics = MetricPairing.of(baseline, contender, seed);
        List<String> cautions = new ArrayList<>(cautions(baseline, contender));
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

    /** What to know before believing a comparison of two groups, beside their environments. */
    private static List<String> cautions(Group baseline, Group contender) {
        List<String> cautions = new ArrayList<>();
        if (baseline.simulated() != contender.simulated()) {
            cautions.add("One side is simulated and one is measured: the difference is the model's error.");
        }
        if (baseline.simulated() && contender.simulated()) {
            cautions.add("A model made these numbers: its repetitions differ far less than those of a GPU, so that any"
                    + " difference is soon shown.");
        }
        Stream.of(baseline, contender)
                .filter(Group::foreign)
                .map(group -> "Nothing proves how %s measured %s: which GPU, how long, what else ran."
                        .formatted(group.source(), group.title()))
                .distinct()
                .forEach(cautions::add);
        Stream.of(baseline, contender)
                .filter(group -> group.failedRuns() > 0)
                .map(group -> "%d of the %d runs of %s ended with an error, and their times count."
                        .formatted(group.failedRuns(), group.runs(), group.title()))
                .forEach(cautions::add);
        if (!baseline.foreign() && !contender.foreign() && !baseline.mix().equals(contender.mix())) {
            cautions.add("The mixes differ: %s against %s.".formatted(baseline.mix(), contender.mix()));
        }
        return cautions;
    }

    /**
     * Which values of two groups are of the same metric: those of the same name and variant. Where a side's tenants all
     * run one variant, or it is another program's benchmark, the name alone says it.
     */
    private record MetricPairing(
            List<MetricChange> changes, List<Metric> onlyBaseline, List<Metric> onlyContender, List<String> cautions) {
        static MetricPairing of(Group baseline, Group contender, long seed) {
            MetricPairing pairing =
                    new MetricPairing(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            pairing.pair(baseline, contender, seed);
            return pairing;
        }

        private void pair(Group baseline, Group contender, long seed) {
            List<Measure> others = new ArrayList<>(contender.measures());
            boolean nameSuffices = uniform(baseline) && uniform(contender);
            for (Measure measure : baseline.measures()) {
                Optional<Measure> partner = same(measure, others)
                        .or(() -> nameSuffices ? alike(measure, baseline, contender, others) : Optional.empty());
                if (partner.isEmpty()) {
                    onlyBaseline.add(measure.metric());
                    continue;
                }
                others.remove(partner.get());
                changes.add(MetricChange.of(
                        partner.get().metric(), measure.values(), partner.get().values(), seed));
            }
            others.forEach(measure -> onlyContender.add(measure.metric()));
        }

        private static boolean uniform(Group group) {
            return group.foreign()
                    || group.measures().stream()
                                    .flatMap(measure -> measure.metric().variant().stream())
                                    .distinct()
                                    .count()
                            <= 1;
        }

        private static Optional<Measure> same(Measure measure, List<Measure> others) {
            return others.stream()
                    .filter(other -> other.metric().id().equals(measure.metric().id())
                            && other.metric().unit().equals(measure.metric().unit()))
                    .findFirst();
        }

        private Optional<Measure> alike(Measure measure, Group baseline, Group contender, List<Measure> others) {
            Metric metric = measure.metric();
            // What has a partner of its own is not free for another.
            List<Measure> partners = others.stream()
                    .filter(other -> other.metric().key().equals(metric.key())
                            && other.metric().unit().equals(metric.unit())
                            && baseline.measures().stream()
                                    .noneMatch(own -> own.metric()
                                            .id()
                                            .equals(other.metric().id())))
                    .toList();
            boolean contested = contender.measures().stream()
                    .anyMatch(other -> other.metric().id().equals(metric.id()));
            if (contested || partners.size() != 1) {
                return Optional.empty();
            }
            Optional<String> ours = metric.variant();
            Optional<String> theirs = partners.getFirst().metric().variant();
            if (ours.isPresent() && theirs.isPresent() && !ours.equals(theirs)) {
                String caution = "What " + ours.get() + " did is compared with what " + theirs.get() + " did.";
                if (!cautions.contains(caution)) {
                    cautions.add(caution);
                }
            }
            return Optional.of(partners.getFirst());
        }
    }
}
