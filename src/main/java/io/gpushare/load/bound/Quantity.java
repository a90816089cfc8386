package io.gpushare.load.bound;

import io.gpushare.load.account.Distribution;
import io.gpushare.load.account.LoadMetric;
import io.gpushare.load.account.LoadSummary;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** One number of a summary, by the name that people give it. */
public sealed interface Quantity {

    /** In nanoseconds. */
    record Latency(LoadMetric metric, Statistic statistic) implements Quantity {}

    /** A share from 0 to 1. */
    record ErrorRate() implements Quantity {}

    /** The share of requests that keep the goal, from 0 to 1. */
    record GoodShare() implements Quantity {}

    /** A second. */
    record Rate(RateOf of) implements Quantity {}

    /** What is counted by the second. */
    enum RateOf {
        REQUEST_THROUGHPUT,
        OUTPUT_TOKEN_THROUGHPUT,
        GOODPUT
    }

    /** Of a distribution. */
    enum Statistic {
        AVG("avg", Distribution::avgNanos),
        MIN("min", Distribution::minNanos),
        MAX("max", Distribution::maxNanos),
        STD("std", Distribution::stdNanos),
        P50("p50", Distribution::p50Nanos, 0.5),
        P90("p90", Distribution::p90Nanos, 0.9),
        P95("p95", Distribution::p95Nanos, 0.95),
        P99("p99", Distribution::p99Nanos, 0.99),
        P999("p99.9", Distribution::p999Nanos, 0.999);

        private final String text;

        @SuppressWarnings("ImmutableEnumChecker") // a method, without a state
        private final ToDoubleFunction<Distribution> nanos;

        private final OptionalDouble percentile;

        Statistic(String text, ToDoubleFunction<Distribution> nanos) {
            this.text = text;
            this.nanos = nanos;
            this.percentile = OptionalDouble.empty();
        }

        Statistic(String text, ToDoubleFunction<Distribution> nanos, double percentile) {
            this.text = text;
            this.nanos = nanos;
            this.percentile = OptionalDouble.of(percentile);
        }

        public String text() {
            return text;
        }

        /** In nanoseconds. */
        public double of(Distribution distribution) {
            return nanos.applyAsDouble(distribution);
        }

        /** As a share, of a percentile. */
        OptionalDouble percentile() {
            return percentile;
        }
    }

    /** Empty where nothing of the kind was seen. */
    default OptionalDouble in(LoadSummary summary) {
        boolean seen = summary.ended() + summary.dropped() > 0;
        return switch (this) {
            case Latency(LoadMetric metric, Statistic statistic) ->
                summary.distribution(metric)
                        .map(distribution -> OptionalDouble.of(statistic.of(distribution)))
                        .orElse(OptionalDouble.empty());
            case ErrorRate() -> seen ? OptionalDouble.of(summary.errorRate()) : OptionalDouble.empty();
            case GoodShare() ->
                seen && summary.hasGoal() ? OptionalDouble.of(summary.goodShare()) : OptionalDouble.empty();
            case Rate(RateOf of) -> rate(of, summary);
        };
    }

    private static OptionalDouble rate(RateOf of, LoadSummary summary) {
        return switch (of) {
            case REQUEST_THROUGHPUT -> OptionalDouble.of(summary.requestThroughput());
            case OUTPUT_TOKEN_THROUGHPUT -> OptionalDouble.of(summary.outputTokenThroughput());
            case GOODPUT -> summary.hasGoal() ? OptionalDouble.of(summary.goodput()) : OptionalDouble.empty();
        };
    }

    /**
     * By its name.
     *
     * @param share whether its limit is in percent
     * @throws IllegalArgumentException with a sentence
     */
    static Quantity named(String text, boolean share) {
        String name = text.toLowerCase(Locale.ROOT).replace("p999", "p99.9");
        return switch (name) {
            case "error_rate", "errors" -> new ErrorRate();
            case "throughput", "request_throughput" -> new Rate(RateOf.REQUEST_THROUGHPUT);
            case "output_token_throughput" -> new Rate(RateOf.OUTPUT_TOKEN_THROUGHPUT);
            case "goodput" -> share ? new GoodShare() : new Rate(RateOf.GOODPUT);
            default -> latency(text, name);
        };
    }

    private static Quantity latency(String text, String name) {
        int last = name.lastIndexOf('_');
        Optional<Statistic> statistic = Arrays.stream(Statistic.values())
                .filter(one -> one.text().equals(name.substring(last + 1)))
                .findFirst();
        Optional<LoadMetric> metric =
                last < 0 ? Optional.of(LoadMetric.REQUEST_LATENCY) : metric(name.substring(0, last));
        if (statistic.isPresent() && metric.isPresent()) {
            return new Latency(metric.get(), statistic.get());
        }
        throw new IllegalArgumentException("there is no metric '" + text
                + "'; there are p50 to p99.9, avg, max, ttft_p99, tpot_p99, itl_p99, lateness_p99, error_rate,"
                + " throughput, output_token_throughput, goodput");
    }

    /** By its long name or its short one. */
    static Optional<LoadMetric> metric(String name) {
        return Arrays.stream(LoadMetric.values())
                .filter(metric ->
                        metric.key().equals(name) || metric.shortName().equals(name))
                .findFirst();
    }
}
