package io.gpushare.compare;

import io.gpushare.compare.Group.Measure;
import io.gpushare.study.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which values of two groups are of the same metric: those of the same name and variant. Where a side's tenants all run
 * one variant, or it is another program's benchmark, the name alone says it.
 */
final class MetricPairing {
    private final List<MetricChange> changes = new ArrayList<>();
    private final List<Metric> onlyBaseline = new ArrayList<>();
    private final List<Metric> onlyContender = new ArrayList<>();
    private final List<String> cautions = new ArrayList<>();

    MetricPairing(Group baseline, Group contender, long seed) {
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

    List<MetricChange> changes() {
        return changes;
    }

    List<Metric> onlyBaseline() {
        return onlyBaseline;
    }

    List<Metric> onlyContender() {
        return onlyContender;
    }

    List<String> cautions() {
        return cautions;
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
                                .noneMatch(own ->
                                        own.metric().id().equals(other.metric().id())))
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
