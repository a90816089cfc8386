package io.gpushare.compare;

import io.gpushare.analysis.EarlyStopping;
import io.gpushare.compare.Threshold.Direction;
import io.gpushare.compare.Threshold.Limit;
import io.gpushare.compare.ThresholdOutcome.Result;
import io.gpushare.failure.GpushareException;
import io.gpushare.failure.Spelling;
import io.gpushare.study.metric.Metric;
import io.gpushare.text.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Holds thresholds against what was compared.
 *
 * <p>A limit on a worsening or an improvement ({@code p99>+10%}, {@code stp<-5%}) is broken when the change of the mean
 * is beyond it and the 95 % interval of the change does not hold 0. With one run on a side there is no interval, and
 * the change decides. A limit that demands an improvement ({@code stp<+5%}) and a bound on the contender ({@code
 * p99>12ms}) are decided by the mean alone: what was not shown to be kept is not kept.
 */
final class ThresholdCheck {
    private static final Pattern PERCENTILE = Pattern.compile("(?:^|_)p(\\d{2})(?:_|$)");
    private static final double MOST_S = 1e6;
    /** Not all of a measurement counts: its begin is left out. */
    private static final int SETTLING_S = 2;

    /** What each unit of time is in seconds. */
    private static final Map<String, Double> TIMES = Map.of("s", 1.0, "ms", 1e-3, "us", 1e-6, "µs", 1e-6, "ns", 1e-9);

    private ThresholdCheck() {}

    static List<ThresholdOutcome> all(List<Threshold> thresholds, List<Pair> pairs) {
        thresholds.forEach(threshold -> requireKnown(threshold, pairs));
        return thresholds.stream()
                .flatMap(threshold -> one(threshold, pairs).stream())
                .toList();
    }

    /** A mistyped name would otherwise look like a metric that happens to be absent. */
    private static void requireKnown(Threshold threshold, List<Pair> pairs) {
        Set<String> names = new TreeSet<>(MetricNames.words());
        metrics(pairs).map(Metric::key).forEach(names::add);
        boolean known = MetricNames.isWord(threshold.metric())
                || metrics(pairs).anyMatch(metric -> MetricNames.means(threshold.metric(), metric));
        if (!known) {
            throw GpushareException.usage(
                    "--fail-if '" + threshold.text() + "': there is no metric '" + threshold.metric() + "'",
                    Spelling.suggestion(threshold.metric(), names) + "There are " + String.join(", ", names) + ".");
        }
        Set<String> variants = new TreeSet<>();
        metrics(pairs).flatMap(metric -> metric.variant().stream()).forEach(variants::add);
        threshold.variant().filter(variant -> !variants.contains(variant)).ifPresent(variant -> {
            throw GpushareException.usage(
                    "--fail-if '" + threshold.text() + "': no tenants run '" + variant + "'",
                    Spelling.suggestion(variant, variants)
                            + (variants.isEmpty()
                                    ? "No metric that was compared is of single variants."
                                    : "There are " + String.join(", ", variants) + "."));
        });
    }

    private static Stream<Metric> metrics(List<Pair> pairs) {
        return pairs.stream().flatMap(ThresholdCheck::metrics);
    }

    private static Stream<Metric> metrics(Pair pair) {
        return Stream.of(
                        pair.changes().stream().map(MetricChange::metric),
                        pair.onlyBaseline().stream(),
                        pair.onlyContender().stream())
                .flatMap(metrics -> metrics);
    }

    private static List<ThresholdOutcome> one(Threshold threshold, List<Pair> pairs) {
        List<ThresholdOutcome> outcomes = new ArrayList<>();
        for (Pair pair : pairs) {
            List<Metric> meant = meant(threshold, pair);
            // A variant that takes no part in this mix is no gap; a metric that nobody has is one.
            boolean concerned = threshold.variant().isEmpty()
                    || metrics(pair).anyMatch(metric -> metric.variant().equals(threshold.variant()));
            if (meant.isEmpty() && concerned) {
                outcomes.add(missing(
                        threshold,
                        pair,
                        Optional.empty(),
                        "neither side has " + threshold.metric() + remedy(threshold, pair)));
            }
            meant.forEach(metric -> outcomes.add(check(threshold, pair, metric)));
        }
        if (outcomes.isEmpty()) {
            outcomes.add(new ThresholdOutcome(
                    threshold,
                    Optional.empty(),
                    Optional.empty(),
                    Result.MISSING,
                    "nothing was compared that it could be held against"));
        }
        return outcomes;
    }

    private static String remedy(Threshold threshold, Pair pair) {
        return remedy(threshold.metric(), threshold.variant(), Stream.of(pair.baseline(), pair.contender()))
                .map(remedy -> ". " + remedy)
                .orElse("");
    }

    /** Returns the metrics that are meant: that of the whole run where there is one, or else that of each variant. */
    private static List<Metric> meant(Threshold threshold, Pair pair) {
        List<Metric> named = metrics(pair)
                .filter(metric -> MetricNames.means(threshold.metric(), metric))
                .distinct()
                .toList();
        if (threshold.variant().isPresent()) {
            return named.stream()
                    .filter(metric -> metric.variant().equals(threshold.variant()))
                    .toList();
        }
        List<Metric> ofRun =
                named.stream().filter(metric -> metric.variant().isEmpty()).toList();
        return ofRun.isEmpty() ? named : ofRun;
    }

    private static ThresholdOutcome check(Threshold threshold, Pair pair, Metric metric) {
        Optional<MetricChange> change = pair.changes().stream()
                .filter(candidate -> candidate.metric().equals(metric))
                .findFirst();
        if (change.isEmpty()) {
            String side = pair.onlyBaseline().contains(metric) ? "the contender" : "the baseline";
            Group without = pair.onlyBaseline().contains(metric) ? pair.contender() : pair.baseline();
            String why = remedy(metric.key(), metric.variant(), Stream.of(without))
                    .map(remedy -> remedy + ".")
                    .orElse(metric.definition());
            return missing(threshold, pair, Optional.of(metric), side + " has none. " + why);
        }
        return switch (threshold.limit()) {
            case Limit.Relative(double percent) -> relative(threshold, pair, change.get(), percent);
            case Limit.Absolute(double value, String unit) -> absolute(threshold, pair, change.get(), value, unit);
        };
    }

    private static ThresholdOutcome found(Threshold threshold, Pair pair, Metric metric, Result result, String why) {
        return new ThresholdOutcome(threshold, Optional.of(pair), Optional.of(metric), result, why);
    }

    private static ThresholdOutcome missing(Threshold threshold, Pair pair, Optional<Metric> metric, String why) {
        return new ThresholdOutcome(threshold, Optional.of(pair), metric, Result.MISSING, why);
    }

    private static ThresholdOutcome relative(Threshold threshold, Pair pair, MetricChange change, double percent) {
        Metric metric = change.metric();
        if (change.percent().isEmpty()) {
            return missing(threshold, pair, Optional.of(metric), "the baseline is 0, and has no percentage");
        }
        double changed = change.percent().get();
        String numbers = ChangeWords.of(change);
        if (!threshold.direction().passes(changed, percent)) {
            return found(threshold, pair, metric, Result.KEPT, numbers);
        }
        boolean demand = threshold.direction() == Direction.ABOVE ? percent < 0 : percent > 0;
        if (demand) {
            return found(threshold, pair, metric, Result.BROKEN, numbers + ", less than was asked for");
        }
        if (!change.isRepeated()) {
            return found(
                    threshold, pair, metric, Result.BROKEN, numbers + "; one run on a side: noise is not ruled out");
        }
        return change.beyondNoise()
                ? found(threshold, pair, metric, Result.BROKEN, numbers)
                : found(
                        threshold,
                        pair,
                        metric,
                        Result.NOISE,
                        numbers + ": beyond the threshold, and noise could put it there; more runs would tell");
    }

    private static ThresholdOutcome absolute(
            Threshold threshold, Pair pair, MetricChange change, double value, String unit) {
        Metric metric = change.metric();
        if (unit.isEmpty() && isTime(metric.unit()) && !MetricNames.saysUnit(threshold.metric(), metric)) {
            throw GpushareException.usage(
                    "--fail-if '" + threshold.text() + "' lacks its unit",
                    "A bound is in s, ms or us, as in " + threshold.text() + metric.unit()
                            + ", a change in percent, as in " + threshold.text() + "%" + ".");
        }
        Optional<Double> limit = in(metric.unit(), value, unit);
        if (limit.isEmpty()) {
            throw GpushareException.usage(
                    "--fail-if '" + threshold.text() + "': " + metric.label() + " is "
                            + (metric.unit().isEmpty() ? "a plain number" : "in " + metric.unit()) + ", not in " + unit,
                    null);
        }
        double mean = change.contenderMean();
        boolean broken = threshold.direction().passes(mean, limit.get());
        String numbers = "the contender's mean is " + Figure.precise(mean, metric.unit()) + " (n = "
                + change.contender().size() + ")";
        return found(threshold, pair, metric, broken ? Result.BROKEN : Result.KEPT, numbers);
    }

    private static boolean isTime(String unit) {
        return TIMES.containsKey(unit);
    }

    /** @return empty when the one cannot be said in the other */
    private static Optional<Double> in(String unitOfMetric, double value, String unit) {
        if (unit.isEmpty() || unit.equals(unitOfMetric)) {
            return Optional.of(value);
        }
        Double from = TIMES.get(unit);
        Double to = TIMES.get(unitOfMetric);
        return from == null || to == null ? Optional.empty() : Optional.of(value * from / to);
    }

    /**
     * How long runs would have to be for a percentile that they have too few latencies for.
     *
     * @param metric as it was named: {@code p99}, {@code p99_ms}, {@code worst_p99_slowdown}
     * @param variant whose; empty for whichever has the fewest
     * @return a sentence without its full stop
     */
    private static Optional<String> remedy(String metric, Optional<String> variant, Stream<Group> groups) {
        Matcher percentile = PERCENTILE.matcher(metric.replace('-', '_'));
        OptionalDouble least = groups.flatMap(group -> group.latenciesPerSec().entrySet().stream())
                .filter(entry ->
                        variant.filter(wanted -> !wanted.equals(entry.getKey())).isEmpty())
                .mapToDouble(entry -> entry.getValue())
                .min();
        if (!percentile.find() || least.isEmpty()) {
            return Optional.empty();
        }
        long needed = EarlyStopping.minimumCount(Double.parseDouble("0." + percentile.group(1)));
        if (!(least.getAsDouble() > needed / MOST_S)) {
            return Optional.of("It takes " + needed + " latencies a run, and there are next to none");
        }
        long seconds = (long) Math.ceil(needed / least.getAsDouble());
        return Optional.of("It takes " + needed + " latencies a run: --duration " + (seconds + SETTLING_S)
                + "s gives as many, at the pace of these runs");
    }
}
